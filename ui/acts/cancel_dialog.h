// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/acts/act_dialog.h"

namespace ui {

class ScopeBox;
class StoreSession;

/// Asks before jobs are cancelled: freezes the scope, shows its exact count and a sample, takes the reason. One job it cancels itself and
/// stays open where it was too late; of many it hands the frozen ids on (manyAsked) and closes.
class CancelDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `what`: where the scope comes from, for people: "selected", "that match status:pending".
    CancelDialog(StoreSession& session, const core::tasks::ScopeRequest& scope, const QString& what, QWidget* parent);
    [[nodiscard]] const core::tasks::JobScope& scope() const;

signals:
    /// One was cancelled. `settled`: no worker had it, or it has acknowledged already.
    void oneCancelled(const core::JobId& id, bool settled);
    void manyAsked(const QList<core::JobId>& ids, const QString& reason);

private:
    void takeScope(const core::tasks::JobScope& scope);
    void act();
    void cancelOne();

    StoreSession& m_session;
    QString m_from;
    ScopeBox* m_scope;
};

}
