// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/confirmation.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/until_done.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/webhook_commands.h"
#include "core/backend/delivery_acts.h"

#include <QElapsedTimer>

#include <algorithm>

namespace app {

using core::DeliveryId;
using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::Result;
using core::tasks::Mode;
using core::tasks::WebhookOutcome;
using core::webhooks::Delivery;
using core::webhooks::DeliveryRequest;
using core::webhooks::Outcome;
using core::webhooks::Source;
using core::webhooks::Verdict;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sampleRows = 8;
constexpr int fastestRate = 10'000;

template <class Word>
Result<std::optional<Word>> wordOption(const Arguments& arguments, const QString& name, const QList<Word>& words, QString (*nameOf)(Word))
{
    const auto given = arguments.value(name);
    if (!given)
        return std::optional<Word>{};
    QStringList names;
    for (const Word word : words) {
        if (nameOf(word) == QString(*given).replace(u'-', u'_'))
            return std::optional(word);
        names << nameOf(word);
    }
    return usageFailure(u"--%1 is one of %2, not \"%3\""_s.arg(name, names.join(u", "_s), *given), u"--"_s + name);
}

Result<DeliveryRequest> requestOf(Session& session, const Arguments& arguments)
{
    const auto outcome = wordOption<Outcome>(
        arguments, u"outcome"_s, {Outcome::Applied, Outcome::IgnoredTerminal, Outcome::Duplicate, Outcome::Stale, Outcome::Rejected},
        core::webhooks::outcomeName);
    const auto verdict = wordOption<Verdict>(
        arguments, u"verdict"_s,
        {Verdict::NotChecked, Verdict::Valid, Verdict::Missing, Verdict::Malformed, Verdict::Wrong, Verdict::TooOld, Verdict::TooNew},
        core::webhooks::verdictName);
    const auto source = wordOption<Source>(arguments, u"source"_s, {Source::Worker, Source::Render, Source::Replay, Source::Manual},
                                           core::webhooks::sourceName);
    if (!outcome)
        return errorOf(outcome);
    if (!verdict)
        return errorOf(verdict);
    if (!source)
        return errorOf(source);
    DeliveryRequest request{*outcome, *verdict, *source};
    if (const auto beginning = arguments.value(u"job")) {
        const auto job = session.backend.resolveJobId(*beginning).wait();
        if (!job)
            return errorOf(job);
        request.job = *job;
    }
    return request;
}

Result<void> replayConfirmed(Session& session, const Arguments& arguments, qsizetype count)
{
    return confirmed(session, arguments, count, u"Replay %1 deliveries?"_s.arg(count),
                     u"Nothing was replayed: it would be %1 deliveries"_s.arg(count));
}

void printScope(Output& output, const QList<Delivery>& deliveries)
{
    output.note(u"%1 deliveries match, the oldest first:"_s.arg(deliveries.size()));
    for (const Delivery& delivery : deliveries.first(std::min(sampleRows, deliveries.size())))
        output.note(visible(u"%1  %2  %3"_s.arg(delivery.id.text, core::webhooks::outcomeName(delivery.outcome), delivery.outcomeDetail)));
    if (deliveries.size() > sampleRows)
        output.note(u"... and %1 more"_s.arg(deliveries.size() - sampleRows));
}

/// All that fit, frozen, in the order received.
Result<QList<DeliveryId>> matchingIds(Session& session, const Arguments& arguments, Mode mode)
{
    const auto request = requestOf(session, arguments);
    if (!request)
        return errorOf(request);
    auto frozen = core::backend::deliveryActs(session.backend).freezeDeliveries(*request).wait();
    if (!frozen)
        return errorOf(frozen);
    std::reverse(frozen->begin(), frozen->end());
    if (mode == Mode::Apply && !frozen->isEmpty()) {
        printScope(session.output, *frozen);
        if (const auto yes = replayConfirmed(session, arguments, frozen->size()); !yes)
            return errorOf(yes);
    }
    QList<DeliveryId> ids;
    for (const Delivery& delivery : std::as_const(*frozen))
        ids << delivery.id;
    return ids;
}

Result<QList<DeliveryId>> namedIds(Session& session, const Arguments& arguments, Mode mode)
{
    QList<DeliveryId> ids;
    for (const QString& beginning : arguments.operands()) {
        const auto id = forAnAct(session.backend.resolveDeliveryId(beginning).wait(), beginning);
        if (!id)
            return errorOf(id);
        ids << *id;
    }
    if (mode == Mode::Apply && ids.size() > 1) {
        if (const auto yes = replayConfirmed(session, arguments, ids.size()); !yes)
            return errorOf(yes);
    }
    return ids;
}

struct Replayed {
    QList<WebhookOutcome> outcomes;    ///< fewer than the ids where it was stopped
    std::optional<core::Error> error;
};

/// In one go, or in small steps so that no second has more than `rate`.
Replayed run(Session& session, const QList<DeliveryId>& ids, Mode mode, const QString& reason, int rate)
{
    const bool isLimited = rate > 0 && mode == Mode::Apply;
    const qsizetype size = isLimited ? std::clamp<qsizetype>(rate / 4, 1, core::tasks::bulkStepSize) : ids.size();
    Replayed replayed;
    QElapsedTimer since;
    since.start();
    while (replayed.outcomes.size() < ids.size() && session.wakeups.interrupts() == 0) {
        const qsizetype before = replayed.outcomes.size();
        const QList<DeliveryId> step = ids.mid(before, size);
        const auto outcomes = untilDone<QList<WebhookOutcome>>(
            session,
            [&](const core::tasks::ActControl& control) { return session.backend.replay(session.caller, step, mode, control, reason); },
            [&](qsizetype done, qsizetype) { return u"%1 of %2"_s.arg(before + done).arg(ids.size()); });
        if (!outcomes) {
            replayed.error = outcomes.error();
            return replayed;
        }
        replayed.outcomes << *outcomes;
        const qint64 due = isLimited ? replayed.outcomes.size() * 1000 / rate : 0;
        while (since.elapsed() < due && session.wakeups.interrupts() == 0)
            session.wakeups.wait(std::chrono::milliseconds(due - since.elapsed()));
    }
    return replayed;
}

bool isMatching(const Arguments& arguments)
{
    return arguments.has(u"outcome") || arguments.has(u"verdict") || arguments.has(u"source") || arguments.has(u"job");
}

}

Ending replay(Session& session, const Arguments& arguments)
{
    const Mode mode = modeOf(arguments);
    const QString reason = arguments.value(u"reason").value_or(QString());
    if (isMatching(arguments) != arguments.operands().isEmpty())
        return usageFailure(u"replay takes either deliveries or what they have: --outcome, --verdict, --source, --job"_s, u"DELIVERY"_s);
    if (mode == Mode::Apply && reason.trimmed().isEmpty() && (isMatching(arguments) || arguments.operands().size() > 1))
        return usageFailure(u"A replay of many deliveries needs a reason for the journal"_s, u"--reason"_s);
    const auto rate = arguments.number(u"rate", 0, fastestRate);
    if (!rate)
        return errorOf(rate);
    if (mode == Mode::Apply) {
        if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
            return errorOf(mayWrite);
    }
    const auto ids = isMatching(arguments) ? matchingIds(session, arguments, mode) : namedIds(session, arguments, mode);
    if (!ids)
        return errorOf(ids);
    const Replayed replayed = run(session, *ids, mode, reason, *rate);
    if (replayed.error && replayed.outcomes.isEmpty())
        return tl::make_unexpected(*replayed.error);
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const WebhookOutcome& outcome : replayed.outcomes)
            rows << outcomeRow(outcome);
        session.output.json(jsonArray(rows));
    }
    const ExitCode code = printOutcomes(session.output, replayed.outcomes, mode);
    if (replayed.outcomes.size() == ids->size())
        return code;
    session.output.note(u"Stopped: %1 of %2 deliveries were not come to."_s.arg(ids->size() - replayed.outcomes.size()).arg(ids->size()));
    if (!replayed.error)
        return ExitCode::Interrupted;
    session.output.error(*replayed.error);
    return ExitCode::PartlyFailed;
}

}
