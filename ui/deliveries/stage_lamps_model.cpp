// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/stage_lamps.h"

#include <algorithm>

namespace ui {

using core::webhooks::Delivery;
using core::webhooks::Outcome;
using core::webhooks::Stage;

namespace {

constexpr Stage stages[] = {Stage::Receive,     Stage::LoadAndValidate, Stage::Ignore, Stage::ApplyStatus,
                            Stage::AppendEvent, Stage::DoneHooks,       Stage::Notify};

}

QString stageTitle(Stage stage)
{
    switch (stage) {
    case Stage::Receive: return StageLamps::tr("Receive");
    case Stage::LoadAndValidate: return StageLamps::tr("Validate");
    case Stage::Ignore: return StageLamps::tr("Ignore?");
    case Stage::ApplyStatus: return StageLamps::tr("Apply status");
    case Stage::AppendEvent: return StageLamps::tr("Add event");
    case Stage::DoneHooks: return StageLamps::tr("Done hooks");
    case Stage::Notify: return StageLamps::tr("Notify");
    }
    Q_UNREACHABLE();
}

QString lampWord(LampState state)
{
    switch (state) {
    case LampState::Passed: return StageLamps::tr("passed");
    case LampState::WouldDo: return StageLamps::tr("would do");
    case LampState::Skipped: return StageLamps::tr("skipped");
    case LampState::Stopped: return StageLamps::tr("stopped here");
    case LampState::NotReached: return StageLamps::tr("not reached");
    }
    Q_UNREACHABLE();
}

QList<StageLamp> lampsOf(const Delivery& delivery, const QString& received, const QString& finished)
{
    QList<StageLamp> lamps;
    for (const Stage stage : stages) {
        StageLamp lamp;
        lamp.stage = stage;
        if (stage < delivery.stageReached)
            lamp.state = LampState::Passed;
        else if (stage > delivery.stageReached)
            lamp.state = LampState::NotReached;
        else
            lamp.state = delivery.outcome == Outcome::Applied ? LampState::Passed : LampState::Stopped;
        // an event that changes nothing ends here, rightly: what follows is skipped, not missed
        const bool ignored = delivery.outcome != Outcome::Applied && delivery.outcome != Outcome::Rejected;
        if (ignored && stage > delivery.stageReached)
            lamp.state = LampState::Skipped;
        if (stage == delivery.stageReached)
            lamp.detail = delivery.outcomeDetail;
        if (stage == Stage::Receive)
            lamp.time = received;
        else if (stage == delivery.stageReached)
            lamp.time = finished;
        lamps.append(lamp);
    }
    return lamps;
}

QList<StageLamp> lampsOf(const core::tasks::WebhookOutcome& outcome, core::tasks::Mode mode)
{
    QList<StageLamp> lamps;
    const bool ignored = outcome.outcome != Outcome::Applied && outcome.outcome != Outcome::Rejected;
    for (const Stage stage : stages) {
        StageLamp lamp;
        lamp.stage = stage;
        lamp.state = ignored && stage > outcome.stageReached ? LampState::Skipped : LampState::NotReached;
        for (const auto& report : outcome.stages) {
            if (report.stage != stage)
                continue;
            const bool writes = stage >= Stage::ApplyStatus;
            lamp.state = !report.passed || (ignored && stage == outcome.stageReached) ? LampState::Stopped
                         : mode == core::tasks::Mode::DryRun && writes                ? LampState::WouldDo
                                                                                      : LampState::Passed;
            lamp.detail = report.detail;
        }
        if (outcome.outcome == Outcome::Rejected && stage == outcome.stageReached) {
            lamp.state = LampState::Stopped;
            if (outcome.error)
                lamp.detail = outcome.error->message;
        }
        lamps.append(lamp);
    }
    return lamps;
}

}
