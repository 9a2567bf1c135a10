// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal/journal_page.h"

#include "ui/base/empty_state.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/frame/text_pane.h"
#include "ui/session/navigator.h"
#include "ui/theme/metrics.h"

#include <QGridLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JournalEntry;

namespace {

bool sameEntry(const JournalEntry& a, const JournalEntry& b)
{
    return a.id == b.id;
}

/// The job that an act was on; empty for other targets.
core::JobId jobOf(const JournalEntry& entry)
{
    const QString prefix = u"job:"_s;
    return entry.target.startsWith(prefix) ? core::JobId{entry.target.mid(prefix.size())} : core::JobId{};
}

QString textOf(const std::optional<QByteArray>& json)
{
    return json ? QString::fromUtf8(*json) : QString();
}

}

JournalPage::JournalPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Journal"), parent),
      m_list(new PagedList({{tr("When"), 72, true},
                            {tr("Who"), 110},
                            {tr("Role"), 90},
                            {tr("Act"), 110},
                            {tr("On"), 320},
                            {tr("Reason"), 160, false, true},
                            {tr("Connection"), 110}},
                           context.preferences, tr("Journal"))),
      m_note(new InkLabel(TextRole::Small, InkLabel::Ink::Text2)),
      m_panes(new QWidget),
      m_before(new TextPane(tr("Before the act"))),
      m_after(new TextPane(tr("After the act")))
{
    auto* grid = new QGridLayout(m_panes);
    grid->setContentsMargins(0, scaled(8), 0, 0);
    int column = 0;
    for (const auto& [title, pane] : {std::pair{tr("Before"), m_before}, std::pair{tr("After"), m_after}}) {
        grid->addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text), 0, column);
        grid->addWidget(pane, 1, column++);
    }
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->addWidget(m_note);
    lowerLayout->addWidget(m_panes, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_list);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({700, 300});
    setFocusProxy(&m_list->table());
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->addWidget(splitter);
    connect(m_list, &PagedList::moreAsked, this, &JournalPage::more);
    connect(&m_list->table(), &RowTable::currentRowChanged, this, &JournalPage::showChange);
    connect(&m_list->table(), &RowTable::rowActivated, this, [this](const PageRow& row) {
        if (!row.job.isEmpty())
            emit this->context().navigator.jobAsked(row.job);
    });
    emptyState().setDrawing(u"view-journal"_s);
    emptyState().setTitle(tr("No act yet"));
    emptyState().setSentence(tr("Every submit, cancel, replay and other act is written down here with who did it and why."));
    showChange();
}

void JournalPage::reload()
{
    ask(backend().journalPage({}, rowsOfAPage), [this](const core::jobs::JournalPage& page) {
        m_rows.takeTop(page, sameEntry);
        showRows();
    });
}

void JournalPage::more()
{
    if (!m_rows.next || isReading())
        return;
    ask(backend().journalPage(m_rows.next, rowsOfAPage), [this](const core::jobs::JournalPage& page) {
        m_rows.takeMore(page);
        showRows();
    });
}

void JournalPage::showRows()
{
    const QList<PageRow>& rows = m_rows.shown([](const JournalEntry& entry) {
        PageRow row{entry.id.text, jobOf(entry), {}};
        row.cells = {RowCell{.text = {}, .time = entry.createdAt},
                     RowCell{.text = plainLine(entry.operatorName), .ink = RowInk::Text},
                     RowCell{plainLine(entry.role)},
                     RowCell{.text = plainLine(entry.action), .ink = RowInk::Text, .isMono = true},
                     RowCell{.text = plainLine(entry.target), .hover = plainLine(entry.target), .isMono = true},
                     RowCell{.text = entry.reason.isEmpty() ? u"\u2013"_s : plainLine(entry.reason), .hover = entry.reason.left(2000)},
                     RowCell{plainLine(entry.connection)}};
        return row;
    });
    m_list->showRows(rows, m_rows.next.has_value(), tr("No older act."), tr("Show older acts"));
    setIsEmpty(rows.isEmpty());
}

void JournalPage::showChange()
{
    const PageRow* row = m_list->table().currentRow();
    const auto entry = std::find_if(m_rows.rows.constBegin(), m_rows.rows.constEnd(),
                                    [&](const JournalEntry& one) { return row && one.id.text == row->key; });
    const bool found = entry != m_rows.rows.constEnd();
    const bool hasChange = found && (entry->before || entry->after);
    m_note->setText(found ? tr("This act kept nothing of what was before or after.") : tr("Choose an act to see what it changed."));
    m_note->setVisible(!hasChange);
    m_panes->setVisible(hasChange);
    m_before->showText(found ? textOf(entry->before) : QString());
    m_after->showText(found ? textOf(entry->after) : QString());
}

}
