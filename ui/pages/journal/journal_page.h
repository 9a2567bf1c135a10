// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"
#include "ui/pages/frame/paged_rows.h"

namespace ui {

class InkLabel;
class PagedList;
class TextPane;

/// Who did what to this store, newest first, with what it was before and after. Enter opens the job that an act was on.
class JournalPage final : public PageFrame {
    Q_OBJECT

public:
    explicit JournalPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] PagedList& list() const { return *m_list; }
    [[nodiscard]] TextPane& before() const { return *m_before; }
    [[nodiscard]] TextPane& after() const { return *m_after; }

protected:
    void reload() override;

private:
    void more();
    void showRows();
    void showChange();

    PagedList* m_list;
    InkLabel* m_note;
    QWidget* m_panes;
    TextPane* m_before;
    TextPane* m_after;
    PagedRows<core::jobs::JournalEntry> m_rows;
};

}
