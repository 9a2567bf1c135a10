// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_menu.h"

#include "ui/base/format.h"
#include "ui/jobs/jobs_header.h"
#include "ui/theme/icons.h"

#include <QActionGroup>
#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::SortDirection;

namespace {

constexpr qsizetype longestTerm = 48;    // in a menu; the term itself is whole

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::JobsMenu", text);
}

/// Outside text in an action: no mnemonic of its own, one line.
QString inMenu(const QString& outside)
{
    QString text = plainLine(outside);
    if (text.size() > longestTerm)
        text = text.left(longestTerm) + u'\u2026';
    return text.replace(u'&', u"&&"_s);
}

QAction* checkable(QMenu* menu, QActionGroup* group, const QString& text, bool checked)
{
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(checked);
    if (group)
        group->addAction(action);
    return action;
}

}

void fillCopyMenu(QMenu* menu, const JobsMenuActs& acts)
{
    const std::pair<JobFormat, QString> formats[] = {{JobFormat::Ids, tr("Id")},
                                                     {JobFormat::Json, tr("JSON")},
                                                     {JobFormat::Csv, tr("CSV")},
                                                     {JobFormat::Markdown, tr("Markdown table")},
                                                     {JobFormat::Command, tr("signalboxctl command")}};
    for (const auto& [format, name] : formats) {
        QAction* action = menu->addAction(name);
        if (format == JobFormat::Ids) {
            action->setIcon(actionIcon(u"edit-copy"_s));
            action->setShortcut(QKeySequence::Copy);
        }
        QObject::connect(action, &QAction::triggered, menu, [copy = acts.copy, format = format] { copy(format); });
    }
}

void fillExportMenu(QMenu* menu, const JobsMenuActs& acts, qsizetype selected)
{
    const std::pair<JobFormat, QString> formats[] = {
        {JobFormat::Csv, tr("CSV")}, {JobFormat::Json, tr("JSON")}, {JobFormat::Ndjson, tr("NDJSON")}};
    for (const bool all : {false, true}) {
        menu->addSection(all ? tr("All that match the filter") : tr("%1 selected").arg(countText(selected)));
        for (const auto& [format, name] : formats) {
            QAction* action = menu->addAction((all ? tr("Export all as %1\u2026") : tr("Export selection as %1\u2026")).arg(name));
            action->setEnabled(all || selected > 0);
            QObject::connect(action, &QAction::triggered, menu,
                             [exportJobs = acts.exportJobs, format = format, all] { exportJobs(format, all); });
        }
    }
}

void fillTermActions(QMenu* menu, const JobsMenuActs& acts, const core::jobs::JobSummary& job, JobColumn column)
{
    for (const bool negated : {false, true}) {
        const QString term = filterTermOf(job, column, negated);
        if (term.isEmpty())
            continue;
        const QString shown = inMenu(filterTermOf(job, column, false));
        QAction* action = menu->addAction((negated ? tr("Leave out %1") : tr("Show only %1")).arg(shown));
        if (!negated)
            action->setIcon(ownIcon(u"filter"_s));
        QObject::connect(action, &QAction::triggered, menu, [addTerm = acts.addTerm, term] { addTerm(term); });
    }
}

void fillColumnMenu(QMenu* menu, const JobsMenuActs& acts, JobsHeader* header, const JobsQuery& query)
{
    menu->addSection(tr("Sort by"));
    auto* sorts = new QActionGroup(menu);
    const auto columns = allJobColumns();
    for (const JobColumn column : columns) {
        const JobColumnFacts facts = factsOf(column);
        if (!facts.sort)
            continue;
        QAction* action = checkable(menu, sorts, facts.title, query.sort == *facts.sort);
        QObject::connect(action, &QAction::triggered, menu, [sort = acts.sort, by = *facts.sort] { sort(by); });
    }
    menu->addSeparator();
    auto* directions = new QActionGroup(menu);
    for (const SortDirection direction : {SortDirection::NewestFirst, SortDirection::OldestFirst}) {
        QAction* action = checkable(menu, directions, direction == SortDirection::NewestFirst ? tr("Newest first") : tr("Oldest first"),
                                    query.direction == direction);
        QObject::connect(action, &QAction::triggered, menu, [turn = acts.turn, direction] { turn(direction); });
    }
    menu->addSection(tr("Columns"));
    for (const JobColumn column : columns) {
        const bool shown = !header->isSectionHidden(static_cast<int>(column));
        QAction* action = checkable(menu, nullptr, factsOf(column).title, shown);
        QObject::connect(action, &QAction::toggled, header, [header, column](bool on) { header->setColumnShown(column, on); });
    }
    menu->addSeparator();
    QObject::connect(menu->addAction(tr("Reset columns")), &QAction::triggered, header, &JobsHeader::resetColumns);
}

}
