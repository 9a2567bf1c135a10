// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/pages/frame/page_frame.h"
#include "ui/pages/frame/paged_rows.h"

class QAction;

namespace ui {

class DiffTable;
class InkLabel;
class PagedList;
class UndoDialog;

/// Who did what to this store, newest first, with what it changed. Enter opens the job that an act was on; Undo takes an act back where
/// that is possible.
class JournalPage final : public PageFrame {
    Q_OBJECT

public:
    explicit JournalPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] PagedList& list() const { return *m_list; }
    [[nodiscard]] DiffTable& changes() const { return *m_changes; }
    /// Why the chosen act cannot be undone; empty if it can.
    [[nodiscard]] QString whyNotUndo() const;
    UndoDialog* undoCurrent();

protected:
    void reload() override;

private:
    void more();
    void showRows();
    void showChange();
    void compare(const core::jobs::JournalEntry& entry);
    [[nodiscard]] const core::jobs::JournalEntry* current() const;

    PagedList* m_list;
    InkLabel* m_title;
    InkLabel* m_why;
    InkLabel* m_note;
    DiffTable* m_changes;
    QAction* m_undo;
    PagedRows<core::jobs::JournalEntry> m_rows;
    core::JournalId m_shown;
    core::Lane m_lane;    // last: its work ends before the rest goes
};

}
