// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/act_dialog.h"

#include "core/backend/backend.h"

namespace ui {

class ScopeBox;
class StoreSession;

/// Asks before many ended jobs run again, each with its own input: freezes the scope, shows its exact count and a sample, takes the reason,
/// and hands the frozen ids on.
class ResubmitManyDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `what`: where the scope comes from, for people: "of the 12 selected".
    ResubmitManyDialog(StoreSession& session, const core::tasks::ScopeRequest& scope, const QString& what, QWidget* parent);

signals:
    void resubmitAsked(const QList<core::JobId>& ids, const QString& reason);

private:
    void takeScope(const core::tasks::JobScope& scope);

    StoreSession& m_session;
    QString m_from;
    ScopeBox* m_scope;
};

}
