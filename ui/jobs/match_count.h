// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"

#include <QObject>
#include <QTimer>

namespace ui {

class StoreSession;

/// How many jobs match a filter: asked after the list's first page, never before it, and again while jobs change.
class MatchCount final : public QObject {
    Q_OBJECT

public:
    static constexpr int ceiling = 10'000;    ///< more is not worth counting, unless the store has a guess of its own

    explicit MatchCount(StoreSession& session, QObject* parent = nullptr);
    ~MatchCount() override;

    /// Of another list; what was asked for the one before is given up.
    void ask(const core::jobs::Filter& filter);
    void forget();
    /// Counts the same again; the number before stands until then.
    void refresh();
    /// "12,431"; "10,000+" for more than was counted; "about 12,400,000" until that many are counted; empty while it is not known.
    [[nodiscard]] const QString& text() const { return m_text; }

signals:
    void counted();

private:
    void noteChange();
    void count(int most);
    void show(const core::jobs::JobCount& count);

    StoreSession& m_session;
    std::optional<core::jobs::Filter> m_filter;
    core::backend::ReadHandle m_read;
    quint64 m_round = 0;
    QString m_text;
    QTimer m_rest;    // between two counts, however much changes
};

}
