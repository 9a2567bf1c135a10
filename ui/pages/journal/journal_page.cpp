// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal/journal_page.h"

#include "core/tasks/payload_diff.h"
#include "core/tasks/undo.h"
#include "ui/base/empty_state.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/diff/diff_table.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/journal/undo_dialog.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QAction>
#include <QSplitter>
#include <QToolButton>
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

/// What stands for the side that an act had nothing of: an empty object beside an object, so that every key shows.
QByteArray absentBeside(const std::optional<QByteArray>& other)
{
    return other && other->trimmed().startsWith('{') ? "{}" : "null";
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
      m_title(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text)),
      m_why(new InkLabel(TextRole::Small, InkLabel::Ink::Text2)),
      m_note(new InkLabel(TextRole::Small, InkLabel::Ink::Text2)),
      m_changes(new DiffTable(tr("What the act changed"))),
      m_undo(new QAction(tr("Undo…"), this))
{
    connect(m_undo, &QAction::triggered, this, &JournalPage::undoCurrent);
    m_list->table().addAction(m_undo);
    m_list->table().setSelectionMode(QAbstractItemView::SingleSelection);
    auto* undo = new QToolButton;
    undo->setDefaultAction(m_undo);
    undo->setToolButtonStyle(Qt::ToolButtonTextOnly);
    undo->setFocusPolicy(Qt::StrongFocus);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* titleLine = new QHBoxLayout;
    titleLine->setContentsMargins(0, scaled(8), 0, 0);
    titleLine->setSpacing(scaled(12));
    titleLine->addWidget(m_title, 1);
    titleLine->addWidget(m_why);
    titleLine->addWidget(undo);
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(scaled(8));
    lowerLayout->addLayout(titleLine);
    lowerLayout->addWidget(m_note);
    lowerLayout->addWidget(m_changes, 1);
    lowerLayout->addStretch(0);
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
    showChange();
}

const JournalEntry* JournalPage::current() const
{
    const PageRow* row = m_list->table().currentRow();
    const auto entry = std::find_if(m_rows.rows.constBegin(), m_rows.rows.constEnd(),
                                    [&](const JournalEntry& one) { return row && one.id.text == row->key; });
    return entry == m_rows.rows.constEnd() ? nullptr : &*entry;
}

QString JournalPage::whyNotUndo() const
{
    const JournalEntry* entry = current();
    if (!entry)
        return tr("Choose an act first.");
    if (!core::tasks::canUndo(entry->action))
        return tr("%1 cannot be undone.").arg(plainLine(entry->action));
    const auto capabilities = context().session.capabilities();
    return capabilities.canWrite ? QString() : capabilities.whyReadOnly;
}

void JournalPage::showChange()
{
    const JournalEntry* entry = current();
    const QString why = whyNotUndo();
    m_undo->setEnabled(why.isEmpty());
    m_undo->setToolTip(why.isEmpty() ? tr("Asks first, and says what it will do") : plainToolTip(why));
    m_why->setText(entry ? why : QString());
    const bool hasChange = entry && (entry->before || entry->after);
    m_title->setText(entry ? tr("%1 on %2").arg(plainLine(entry->action), plainLine(entry->target)) : QString());
    m_note->setText(entry ? tr("This act kept nothing of what was before or after.") : tr("Choose an act to see what it changed."));
    m_note->setVisible(!hasChange);
    m_changes->setVisible(hasChange);
    const core::JournalId id = entry ? entry->id : core::JournalId();
    if (id == m_shown)
        return;    // a refresh keeps the selection and the place
    m_shown = id;
    m_changes->setRows(meaningColumns(), {});
    if (hasChange)
        compare(*entry);
}

/// On the lane: what an act keeps may be a payload of megabytes.
void JournalPage::compare(const JournalEntry& entry)
{
    const QByteArray before = entry.before.value_or(absentBeside(entry.after));
    const QByteArray after = entry.after.value_or(absentBeside(entry.before));
    const auto work = [before, after] { return core::tasks::comparePayloads(before, after); };
    core::whenDone(m_lane.run(work), this, [this, before, after, id = entry.id](const core::Result<core::tasks::PayloadDiff>& diff) {
        if (id != m_shown)
            return;
        const QList<DiffRow> texts{{DiffMark::Changed, {tr("the whole text"), QString::fromUtf8(before), QString::fromUtf8(after)}}};
        m_changes->setRows(meaningColumns(), diff ? meaningRows(diff->differences) : texts);
        m_note->setText(tr("What stood before and after is the same."));
        m_note->setVisible(diff && diff->differences.isEmpty());
    });
}

UndoDialog* JournalPage::undoCurrent()
{
    if (!whyNotUndo().isEmpty())
        return nullptr;
    auto* dialog = new UndoDialog(context().session, *current(), this);
    connect(dialog, &UndoDialog::undone, this, [this] {
        emit context().navigator.toastAsked(tr("The act is undone; the journal has a line of it."));
        refresh();
    });
    dialog->open();
    return dialog;
}

}
