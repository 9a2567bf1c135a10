// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace ui {

/// One act on many that runs in the background, whatever happens to the dialog or page it was asked from. It knows the act only as a
/// function of the backend, so that a cancel, a resubmit and a replay run alike.
class BulkAct final : public QObject {
    Q_OBJECT

public:
    using Run = std::function<core::Pending<core::tasks::BulkAnswer>(const core::tasks::ActControl&)>;
    /// `title`: "Cancel 1,131 jobs".
    BulkAct(QString title, qsizetype total, QObject* parent = nullptr);

    void start(const Run& run);
    /// The step under way is finished, then it ends; finished() tells what is done.
    void abort();
    [[nodiscard]] const QString& title() const { return m_title; }
    [[nodiscard]] bool isAborted() const { return m_abort.token().isCancelled(); }

signals:
    /// At most ten times a second.
    void progressed(qint64 done, qint64 total);
    void finished(const core::tasks::BulkAnswer& answer);
    /// Instead of finished(): nothing at all was done.
    void refused(const core::Error& error);

private:
    void tell();

    QString m_title;
    qsizetype m_total;
    core::CancelSource m_abort;
    std::shared_ptr<std::atomic<qsizetype>> m_done = std::make_shared<std::atomic<qsizetype>>(0);    // written by the lane that acts
    qsizetype m_told = -1;
    QTimer m_tick;
};

}
