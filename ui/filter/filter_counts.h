// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace ui {

class StoreSession;

/// Counts the jobs that values of a key take, one question after the other, once the typing rests.
class FilterCounts final : public QObject {
    Q_OBJECT

public:
    explicit FilterCounts(StoreSession& session, QObject* parent = nullptr);
    ~FilterCounts() override;

    /// `base`: the filter that holds beside the value. What was asked before and is not answered is dropped.
    void ask(const QString& base, const QString& key, const QStringList& values);
    /// Asks nothing further and forgets what it knows: the next list counts anew.
    void forget();

signals:
    /// "2,911"; "10,000+" for more than is worth counting.
    void counted(const QString& value, const QString& count);

private:
    void askNext();
    void giveUp();

    StoreSession& m_session;
    core::backend::ReadHandle m_read;
    QTimer m_rest;
    QString m_base;
    QString m_key;
    QStringList m_waiting;
    QHash<QString, QString> m_known;    // by the whole filter
    int m_round = 0;
    bool m_isAsking = false;
};

}
