// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"
#include "ui/pages/frame/paged_rows.h"

class QComboBox;
class QPushButton;
class QScrollArea;

namespace ui {

class DeliveryView;
class ErrorBar;
class InkLabel;
class PagedList;

/// Deliveries across jobs, newest first, and the chosen one as it was received. Enter opens the job it was for.
class WebhooksPage final : public PageFrame {
    Q_OBJECT

public:
    explicit WebhooksPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] PagedList& list() const { return *m_list; }
    [[nodiscard]] DeliveryView& detail() const { return *m_detail; }
    /// Asks for a replay of the selected deliveries; of none, nothing.
    void replayChosen();
    /// The same of every delivery that fits outcome, signature, source and job, also those that were not read yet; frozen by the core.
    void replayMatching();

signals:
    void replayAsked(const QList<core::webhooks::Delivery>& deliveries, const QString& from);

protected:
    void reload() override;

private:
    void buildFilters();
    void applyJob();
    void more();
    void showRows();
    void showDetail();
    void showChosen();
    [[nodiscard]] bool isNarrow() const;
    [[nodiscard]] QString narrowedBy() const;
    [[nodiscard]] core::webhooks::DeliveryRequest request() const;

    QComboBox* m_outcome;
    QComboBox* m_verdict;
    QComboBox* m_source;
    QLineEdit* m_job;
    PagedList* m_list;
    InkLabel* m_detailTitle;
    QPushButton* m_replayAll;
    QPushButton* m_replay;
    ErrorBar* m_notFrozen;
    bool m_freezing = false;
    DeliveryView* m_detail;
    QScrollArea* m_detailArea;
    std::optional<core::JobId> m_jobId;
    PagedRows<core::webhooks::Delivery> m_rows;
};

}
