// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_span.h"

#include "ui/base/format.h"

#include <QCoreApplication>

namespace ui {

using core::jobs::FilterKey;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::JobsSpan", text);
}

void addTerm(FilterSpan& span, const core::jobs::Filter& part)
{
    const auto* term = std::get_if<core::jobs::FilterTerm>(&part.node);
    if (!term || term->isNegated || term->values.size() != 1)
        return;
    const auto* time = std::get_if<core::Time>(&term->values.constFirst());
    if (!time)
        return;
    if (term->key == FilterKey::Since)
        span.since = span.since ? std::max(*span.since, *time) : *time;
    if (term->key == FilterKey::Before)
        span.before = span.before ? std::min(*span.before, *time) : *time;
}

}

FilterSpan spanOf(const core::jobs::Filter& filter)
{
    FilterSpan span;
    addTerm(span, filter);
    const auto* group = std::get_if<core::jobs::FilterGroup>(&filter.node);
    if (group && group->join == core::jobs::Join::All && !group->isNegated) {
        for (const auto& part : group->parts)
            addTerm(span, part);
    }
    return span;
}

QString endLineOf(const core::jobs::Filter& filter, bool newestFirst, core::Time now, std::optional<int> searchedOnlyNewest)
{
    if (searchedOnlyNewest)
        return tr("Only the newest %1 jobs were searched.").arg(countText(*searchedOnlyNewest));
    const bool all = takesAll(filter);
    if (!newestFirst)
        return all ? tr("There is no newer job.") : tr("No newer job matches.");
    const FilterSpan span = spanOf(filter);
    if (span.since)    // 23:59:59 is a day
        return tr("No older job in the last %1 matches.").arg(relativeTime(*span.since, now + std::chrono::seconds(30)));
    return all ? tr("There is no older job.") : tr("No older job matches.");
}

}
