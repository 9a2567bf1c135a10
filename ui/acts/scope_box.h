// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"

#include <QWidget>

namespace ui {

class InkLabel;
class RecordTable;
class StoreSession;

/// The jobs that an act is about: counted and frozen in one moment of the store, shown by a sample and what is not among them.
class ScopeBox final : public QWidget {
    Q_OBJECT

public:
    /// `leftOut`: what those are that stay as they are, "have ended already".
    ScopeBox(StoreSession& session, const core::tasks::ScopeRequest& request, const QString& leftOut, QWidget* parent);
    ~ScopeBox() override;    // a count that nobody waits for any more is given up
    /// Asks the store; counted() or failed() answers.
    void freeze();
    [[nodiscard]] const core::tasks::JobScope& scope() const { return m_scope; }

signals:
    void counted(const core::tasks::JobScope& scope);
    void failed(const core::Error& error);

private:
    void show(const core::tasks::JobScope& scope);

    StoreSession& m_session;
    core::tasks::ScopeRequest m_request;
    QString m_leftOut;
    core::tasks::JobScope m_scope;
    core::backend::ReadHandle m_read;
    RecordTable* m_sample;
    InkLabel* m_more;
};

/// "1 job", "1,131 jobs".
[[nodiscard]] QString jobsText(qint64 count);

}
