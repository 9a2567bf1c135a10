// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"

#include <QTimeZone>
#include <QWidget>

#include <optional>

class QToolButton;

namespace ui {

class InkLabel;

/// Which job this is, in two lines that do not scroll: state, type, pin, maximise, close; id, owner, age, took, attempt.
class InspectorHeader final : public QWidget {
    Q_OBJECT

public:
    explicit InspectorHeader(QWidget* parent = nullptr);
    void showJob(const core::jobs::JobSummary& job, core::Time now, const QTimeZone& zone);
    /// Before the job is read: only its id.
    void showId(const core::JobId& id);
    /// Ages and lengths grow; nothing else changes.
    void tick(core::Time now);
    [[nodiscard]] bool isPinned() const;
    void setPinned(bool pinned);
    void setMaximised(bool maximised);
    /// Cancel is on where `why` is empty; else that is the reason on hover.
    void setCancel(const QString& why);
    /// Resubmit is on where `why` is empty; else that is the reason on hover.
    void setResubmit(const QString& why);
    [[nodiscard]] const core::jobs::JobSummary& job() const { return m_job; }

signals:
    void pinned(bool pinned);
    void maximiseAsked();
    void closeAsked();
    void cancelAsked();
    void resubmitAsked();
    void exportAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitWord();
    void layOutId();
    core::jobs::JobSummary m_job;
    QTimeZone m_zone;
    bool m_isRead = false;
    QWidget* m_word;    // keeps the place of the state's word, which is painted in its ink
    InkLabel* m_title;
    InkLabel* m_id;
    InkLabel* m_facts;
    QToolButton* m_copy;
    QToolButton* m_cancel;
    QToolButton* m_resubmit;
    QToolButton* m_export;
    QToolButton* m_pin;
    QToolButton* m_maximise;
};

}
