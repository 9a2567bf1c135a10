// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_words.h"

#include "ui/base/format.h"
#include "ui/deliveries/delivery_words.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::BulkResult;
using core::tasks::WebhookOutcome;
using core::webhooks::Outcome;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::ReplayWords", text);
}

}

QString deliveriesText(qint64 count)
{
    return count == 1 ? tr("1 delivery") : tr("%1 deliveries").arg(countText(count));
}

QString replayIcon(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied: return u"check"_s;
    case Outcome::Duplicate: return u"edit-copy"_s;
    case Outcome::IgnoredTerminal: return u"skip"_s;
    case Outcome::Stale: return u"state-pending"_s;
    case Outcome::Rejected: return u"window-close"_s;
    }
    Q_UNREACHABLE();
}

QColor replayInk(Outcome outcome, const Theme& theme)
{
    switch (outcome) {
    case Outcome::Applied: return theme.done.ink;
    case Outcome::Duplicate:
    case Outcome::Stale: return theme.text2;
    case Outcome::IgnoredTerminal: return theme.cancelled.ink;
    case Outcome::Rejected: return theme.failed.ink;
    }
    Q_UNREACHABLE();
}

QString saysText(const WebhookOutcome& outcome)
{
    if (outcome.outcome != Outcome::Applied || !outcome.event || !outcome.after)
        return {};
    const QString word = statusWord(*outcome.after);
    return outcome.after->status == core::JobStatus::Running ? tr("%1 %2%").arg(word).arg(outcome.after->progressPct) : word;
}

QString replayReason(const WebhookOutcome& outcome)
{
    if (outcome.outcome == Outcome::Applied)
        return {};
    if (outcome.error)
        return plainLine(outcome.error->message);
    for (const auto& stage : outcome.stages) {
        if (stage.stage == outcome.stageReached && !stage.detail.isEmpty())
            return plainLine(stage.detail);
    }
    return outcomeSentence(outcome.outcome);
}

core::tasks::BulkRow replayRow(const core::DeliveryId& id, const WebhookOutcome& outcome)
{
    core::tasks::BulkRow row;
    row.id = id.text;
    row.state = core::webhooks::outcomeName(outcome.outcome);
    row.result = outcome.outcome == Outcome::Applied    ? BulkResult::Acted
                 : outcome.outcome == Outcome::Rejected ? BulkResult::Failed
                                                        : BulkResult::Skipped;
    if (row.result != BulkResult::Acted) {
        row.code = outcome.error ? outcome.error->code : row.state;
        row.message = replayReason(outcome);
    }
    return row;
}

}
