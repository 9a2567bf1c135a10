// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/faults.h"

#include <algorithm>

namespace core::scenarios {

using namespace Qt::StringLiterals;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

bool isDelivery(const Step& step)
{
    return std::holds_alternative<Deliver>(step.act);
}

std::optional<qsizetype> nextDelivery(const Scenario& scenario, qsizetype step)
{
    for (qsizetype next = step + 1; next < scenario.steps.size(); ++next) {
        if (isDelivery(scenario.steps.at(next)))
            return next;
    }
    return {};
}

/// It calls the address and is signed: what is trusted has no signature that could be wrong or old.
Deliver& signedDelivery(Step& step, Signing signing)
{
    auto& delivery = std::get<Deliver>(step.act);
    delivery.toAddress = true;
    delivery.signing = signing;
    return delivery;
}

FaultedScenario sentTwice(Scenario scenario, qsizetype step)
{
    Step again = scenario.steps.at(step);
    again.at += seconds(1);
    if (step + 1 < scenario.steps.size())
        again.at = std::min(again.at, scenario.steps.at(step + 1).at);
    scenario.steps.insert(step + 1, again);
    return {scenario, step + 1};
}

FaultedScenario late(Scenario scenario, qsizetype step)
{
    const Time end = scenario.steps.constLast().at;
    scenario.steps.move(step, scenario.steps.size() - 1);
    scenario.steps.last().at = end + minutes(1);
    return {scenario, scenario.steps.size() - 1};
}

FaultedScenario outOfOrder(Scenario scenario, qsizetype step)
{
    const qsizetype next = nextDelivery(scenario, step).value_or(step);
    std::swap(scenario.steps[step].act, scenario.steps[next].act);    // the moments stay: only who comes when is exchanged
    std::swap(scenario.steps[step].note, scenario.steps[next].note);
    return {scenario, next};
}

FaultedScenario afterCancel(Scenario scenario, qsizetype step)
{
    Step cancel;
    cancel.at = scenario.steps.at(step).at - seconds(1);
    if (step > 0)
        cancel.at = std::max(cancel.at, scenario.steps.at(step - 1).at);
    cancel.act = Cancel{u"fault-bench"_s, u"to see what comes after it"_s};
    scenario.steps.insert(step, cancel);
    return {scenario, step + 1};
}

FaultedScenario changed(Scenario scenario, Fault fault, qsizetype step)
{
    switch (fault) {
    case Fault::SentTwice: return sentTwice(std::move(scenario), step);
    case Fault::Late: return late(std::move(scenario), step);
    case Fault::OldStamp:
        signedDelivery(scenario.steps[step], Signing::Good).stampedAt = scenario.steps.at(step).at - 2 * webhooks::signatureTolerance;
        break;
    case Fault::OutOfOrder: return outOfOrder(std::move(scenario), step);
    case Fault::AfterCancel: return afterCancel(std::move(scenario), step);
    case Fault::BadSignature: signedDelivery(scenario.steps[step], Signing::Wrong); break;
    case Fault::Truncated: {
        auto& body = std::get<Deliver>(scenario.steps[step].act).body;
        body.truncate(body.size() / 2);
        break;
    }
    }
    return {scenario, step};
}

}

QString faultName(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return u"sent-twice"_s;
    case Fault::Late: return u"late"_s;
    case Fault::OldStamp: return u"old-stamp"_s;
    case Fault::OutOfOrder: return u"out-of-order"_s;
    case Fault::AfterCancel: return u"after-cancel"_s;
    case Fault::BadSignature: return u"bad-signature"_s;
    case Fault::Truncated: return u"truncated"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Fault> parseFault(QStringView name)
{
    for (const Fault fault : allFaults) {
        if (name == faultName(fault))
            return fault;
    }
    return {};
}

QString whatItDoes(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return u"The same delivery comes once more, a second later."_s;
    case Fault::Late: return u"It comes a minute after everything else, also after the end of the job."_s;
    case Fault::OldStamp: return u"It is signed, and its time stamp is twice as old as is allowed."_s;
    case Fault::OutOfOrder: return u"The next delivery overtakes it."_s;
    case Fault::AfterCancel: return u"A person cancels the job just before it comes."_s;
    case Fault::BadSignature: return u"It is signed with a secret that is not this address's."_s;
    case Fault::Truncated: return u"Its body ends half way; the half is signed as the whole was."_s;
    }
    Q_UNREACHABLE();
}

QString whatToExpect(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return u"Stage 3 says duplicate by its event id; without one stale, ignored_terminal, or applied again. 200."_s;
    case Fault::Late: return u"Stage 3 says ignored_terminal once the job has ended, else stale if a later report is known. 200."_s;
    case Fault::OldStamp: return u"Stage 1 rejects it, too_old. 401; no row of the job changes."_s;
    case Fault::OutOfOrder: return u"Stage 3 says stale by its sequence, or ignored_terminal where the next was the end. 200."_s;
    case Fault::AfterCancel: return u"Stage 3 says ignored_terminal; only a CANCELLED is applied: it confirms the stop. 200."_s;
    case Fault::BadSignature: return u"Stage 1 rejects it, wrong. 401; no row of the job changes."_s;
    case Fault::Truncated: return u"Stage 1 rejects it: no JSON. 400; no row of the job changes."_s;
    }
    Q_UNREACHABLE();
}

std::optional<Error> whyNot(const Scenario& scenario, Fault fault, qsizetype step)
{
    const auto because = [](const QString& code, const QString& why) { return Error{ErrorKind::Invalid, code, why, u"step"_s, {}}; };
    if (step < 0 || step >= scenario.steps.size())
        return because(u"fault_step"_s, u"There is no step %1; the scenario has %2"_s.arg(step + 1).arg(scenario.steps.size()));
    if (!isDelivery(scenario.steps.at(step)))
        return because(u"fault_not_delivery"_s, u"Step %1 is no delivery"_s.arg(step + 1));
    if (fault == Fault::Late && step + 1 == scenario.steps.size())
        return because(u"fault_is_last"_s, u"It is the last step already, so it cannot come later than another"_s);
    if (fault == Fault::OutOfOrder && !nextDelivery(scenario, step))
        return because(u"fault_is_last"_s, u"No delivery comes after it that could overtake it"_s);
    if (fault == Fault::Truncated && std::get<Deliver>(scenario.steps.at(step).act).body.isEmpty())
        return because(u"fault_empty_body"_s, u"Its body is empty, so there is nothing to cut off"_s);
    return {};
}

Result<FaultedScenario> withFault(const Scenario& scenario, Fault fault, qsizetype step)
{
    if (const auto why = whyNot(scenario, fault, step))
        return tl::make_unexpected(*why);
    FaultedScenario faulted = changed(scenario, fault, step);
    Step& faulty = faulted.scenario.steps[faulted.step];
    faulty.note = faulty.note.isEmpty() ? faultName(fault) : faulty.note + u", "_s + faultName(fault);
    for (Step& each : faulted.scenario.steps)
        each.expected.reset();
    return faulted;
}

std::optional<qsizetype> usualStep(const Scenario& scenario, Fault fault)
{
    const auto first = std::find_if(scenario.steps.begin(), scenario.steps.end(), isDelivery);
    if (first == scenario.steps.end())
        return {};
    if (fault == Fault::Late || fault == Fault::OutOfOrder)
        return std::distance(scenario.steps.begin(), first);
    const auto last = std::find_if(scenario.steps.rbegin(), scenario.steps.rend(), isDelivery);
    return std::distance(last, scenario.steps.rend()) - 1;
}

}
