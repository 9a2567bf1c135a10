// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal/undo_dialog.h"

#include "core/tasks/payload_diff.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/diff/diff_table.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JournalEntry;

namespace {

/// The name in a preset as the journal keeps it.
QString nameIn(const std::optional<QByteArray>& preset)
{
    const auto differences = core::tasks::comparePayloads("{}", preset.value_or("{}"));
    if (!differences)
        return {};
    for (const core::tasks::Difference& one : differences->differences) {
        if (one.path == QStringList{u"name"_s})
            return plainLine(one.after);
    }
    return {};
}

}

UndoWords undoWords(const JournalEntry& entry)
{
    if (entry.action == u"pause"_s)
        return {UndoDialog::tr("Resume the queue"), UndoDialog::tr("The queue was paused. After the undo it gives out jobs again.")};
    if (entry.action == u"resume"_s)
        return {UndoDialog::tr("Pause the queue"), UndoDialog::tr("The queue was resumed. After the undo it gives out no job.")};
    const QString name = nameIn(entry.before ? entry.before : entry.after);
    if (!entry.before)
        return {UndoDialog::tr("Delete the preset"), UndoDialog::tr("The preset %1 was made. The undo deletes it.").arg(name)};
    if (!entry.after)
        return {UndoDialog::tr("Bring the preset back"),
                UndoDialog::tr("The preset %1 was deleted. The undo brings it back under its id.").arg(name)};
    return {UndoDialog::tr("Change the preset back"),
            UndoDialog::tr("The preset %1 was changed. The undo makes it as it was before.").arg(name)};
}

UndoDialog::UndoDialog(StoreSession& session, const JournalEntry& entry, QWidget* parent)
    : ActDialog(session.profile(), tr("Undo an act"), parent, Reason::NotAsked),
      m_session(session),
      m_id(entry.id),
      m_words(undoWords(entry))
{
    setScope(tr("1 act"),
             tr("%1 by %2, %3")
                 .arg(plainLine(entry.action), plainLine(entry.operatorName), exactTime(entry.createdAt, QTimeZone::systemTimeZone())),
             false);
    auto* says = new InkLabel(m_words.sentence, TextRole::Body, InkLabel::Ink::Text, this);
    says->setWordWrap(true);
    body()->addWidget(says);
    // From how it is now to how it will be: the act's own change, turned round.
    const auto change = core::tasks::comparePayloads(entry.after.value_or("{}"), entry.before.value_or("{}"));
    if (change && !change->differences.isEmpty() && entry.target.startsWith(u"preset:"_s)) {
        auto* table = new DiffTable(tr("What the undo changes"), this);
        QList<DiffColumn> columns = meaningColumns();
        columns[1].title = tr("Now");
        columns[2].title = tr("After the undo");
        table->setRows(columns, meaningRows(change->differences));
        table->setMinimumHeight(scaled(28 + 24 * static_cast<int>(std::clamp<qsizetype>(change->differences.size(), 2, 9))));
        body()->addWidget(table, 1);
    }
    setTargets(1);
    setAct(m_words.button);
    connect(this, &ActDialog::actAsked, this, &UndoDialog::act);
}

void UndoDialog::act()
{
    setBusy(true);
    core::whenDone(m_session.backend()->undo(m_session.caller(), m_id), this, [this](const core::Result<bool>& result) {
        if (!result) {
            const bool isOvertaken = result.error().code == "undo_overtaken"_L1;
            showError(isOvertaken ? tr("It was not undone: the store has gone on since.") : tr("The act was not undone."), result.error(),
                      tr("The store is as it was."));
            if (isOvertaken)
                setAct(m_words.button, tr("It was changed again after this act."));
            return;
        }
        emit undone();
        close();
    });
}

}
