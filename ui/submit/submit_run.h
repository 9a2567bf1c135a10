// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/submit/submit_dialog.h"

#include <QObject>

namespace ui {

class StoreSession;

/// Copies files in and makes a job for each, one after the other, beside everything else a person does.
class SubmitRun final : public QObject {
    Q_OBJECT

public:
    SubmitRun(StoreSession& session, SubmitBatch batch, QObject* parent);
    void start() { next(); }
    /// The file in work is finished; no further one is begun.
    void abort() { m_isAborted = true; }
    [[nodiscard]] const QList<core::JobId>& made() const { return m_made; }
    /// "3 jobs made, 1 given back, 1 failed (clip.mp4: ...)".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool hasFailed() const { return m_failed > 0; }

signals:
    void progressed(qint64 done, std::optional<qint64> total);
    void finished();

private:
    void next();
    void submit(const QString& key);
    void fail(const core::Error& error);

    StoreSession& m_session;
    SubmitBatch m_batch;
    qsizetype m_at = -1;
    bool m_isAborted = false;
    QList<core::JobId> m_made;
    qint64 m_reused = 0;
    qint64 m_failed = 0;
    QString m_firstFailure;
};

}
