// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"
#include "ui/pages/frame/paged_rows.h"

class QComboBox;

namespace ui {

class InkLabel;
class PagedList;
class TextPane;

/// Deliveries across jobs, newest first, and the chosen one as it was received. Enter opens the job it was for.
class WebhooksPage final : public PageFrame {
    Q_OBJECT

public:
    explicit WebhooksPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] PagedList& list() const { return *m_list; }
    [[nodiscard]] TextPane& detail() const { return *m_detail; }

protected:
    void reload() override;

private:
    void buildFilters();
    void applyJob();
    void more();
    void showRows();
    void showDetail();
    [[nodiscard]] core::webhooks::DeliveryRequest request() const;

    QComboBox* m_outcome;
    QComboBox* m_verdict;
    QComboBox* m_source;
    QLineEdit* m_job;
    PagedList* m_list;
    InkLabel* m_detailTitle;
    TextPane* m_detail;
    std::optional<core::JobId> m_jobId;
    PagedRows<core::webhooks::Delivery> m_rows;
    QString m_shown;    // the delivery in the detail
};

}
