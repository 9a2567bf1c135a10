// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/failures/failures_page.h"

#include "ui/base/empty_state.h"
#include "ui/base/format.h"
#include "ui/base/row_table.h"
#include "ui/pages/failures/failure_rows.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/theme/metrics.h"

#include <QAction>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

FailuresPage::FailuresPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Failures"), parent),
      m_table(new RowTable(failureColumns(LookBack::Day), context.preferences, tr("Failure groups")))
{
    addWindowSwitch();
    addFilterField();
    m_table->setRowTokens(32);
    setFocusProxy(m_table);
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->addWidget(m_table);
    auto* show = new QAction(tr("Show the jobs of this group"), m_table);
    auto* newest = new QAction(tr("Open its newest job"), m_table);
    m_table->addActions({show, newest});
    connect(show, &QAction::triggered, this, [this] {
        if (const PageRow* row = m_table->currentRow())
            showJobs(row->key);
    });
    connect(newest, &QAction::triggered, this, [this] {
        if (const PageRow* row = m_table->currentRow())
            emit this->context().navigator.jobAsked(row->job);
    });
    connect(m_table, &RowTable::rowActivated, this, [this](const PageRow& row) { showJobs(row.key); });
    connect(m_table, &RowTable::linkActivated, this, [this](const PageRow& row) { showJobs(row.key); });
    emptyState().setDrawing(u"view-failures"_s);
}

void FailuresPage::reload()
{
    ask(longReads().failureGroups({sparkWindow(window()), filter()}, aRead()),
        [this](const core::jobs::FailureGroups& groups) { take(groups); });
}

void FailuresPage::take(const core::jobs::FailureGroups& groups)
{
    m_groups = groups;
    m_table->setRows(failureRows(groups, context().preferences.timeZone()));
    m_table->rows().setTitle(5, tr("Last %1").arg(shortName(lookBack())));
    setCaption(failureCaption(groups));
    const QString age = shortName(lookBack());
    emptyState().setTitle(filterText().isEmpty() ? tr("No failed job in the last %1").arg(age) : tr("No failed job fits this filter"));
    emptyState().setSentence(filterText().isEmpty() ? tr("Jobs that were submitted in this time and failed would stand here in groups.")
                                                    : tr("In the last %1 no job that it takes has failed.").arg(age));
    emptyState().setQuoted(filterText());
    setIsEmpty(groups.groups.isEmpty());
}

void FailuresPage::showJobs(const QString& key)
{
    if (const QString filter = failureFilter(m_groups, key, lookBack(), filterText()); !filter.isEmpty())
        emit context().navigator.filterAsked(filter);
}

}
