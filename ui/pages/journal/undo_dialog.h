// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/acts/act_dialog.h"

namespace ui {

class StoreSession;

/// What taking back an act would do.
struct UndoWords {
    QString button;      ///< "Resume the queue"
    QString sentence;    ///< "The queue gives out jobs again."
};
[[nodiscard]] UndoWords undoWords(const core::jobs::JournalEntry& entry);

/// Asks before a journalled act is taken back, and shows what that changes. Stays open where the store has gone on since.
class UndoDialog final : public ActDialog {
    Q_OBJECT

public:
    UndoDialog(StoreSession& session, const core::jobs::JournalEntry& entry, QWidget* parent);

signals:
    void undone();

private:
    void act();

    StoreSession& m_session;
    core::JournalId m_id;
    UndoWords m_words;
};

}
