// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QHash>
#include <QObject>

namespace ui {
class StoreSession;
}

namespace signalbox {

/// Submits all seven kinds of job on one media file; those that build on another's result follow when that is done.
class Demo final : public QObject {
    Q_OBJECT

public:
    Demo(ui::StoreSession& session, QString file, QObject* parent = nullptr);
    void start();

signals:
    /// All seven have ended, or could not be submitted; `problems` says which.
    void finished(const QStringList& problems);

private:
    void submit(core::JobType type, const QByteArray& further);
    void look();
    void follow(const core::jobs::JobSummary& job);
    void problem(core::JobType type, const QString& why);
    void endIfAllEnded();

    ui::StoreSession& m_session;
    QString m_file;
    QString m_key;
    QHash<core::JobId, core::JobType> m_open;
    int m_left = 7;
    QStringList m_problems;
};

}
