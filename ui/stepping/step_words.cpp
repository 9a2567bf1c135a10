// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/step_words.h"

#include "core/base/overloaded.h"
#include "ui/base/format.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/pages/webhooks/delivery_text.h"
#include "ui/replay/replay_words.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::Cancel;
using core::scenarios::Deliver;
using core::scenarios::Step;
using core::scenarios::StepResult;
using core::scenarios::Take;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::StepWords", text);
}

bool wasDone(const StepResult& result)
{
    return result.answer == "cancelled"_L1 || result.answer == "taken"_L1;
}

}

QString stepTitle(const Step& step, const StepResult& result)
{
    return std::visit(core::base::Overloaded{
                          [&](const Deliver&) { return result.says.isEmpty() ? tr("Not readable") : plainLine(result.says); },
                          [](const Cancel& cancel) { return tr("Cancel by %1").arg(plainLine(cancel.by)); },
                          [](const Take&) { return tr("A worker takes it"); },
                      },
                      step.act);
}

QString answerText(const StepResult& result)
{
    if (result.outcome)
        return outcomeText(result.outcome->outcome);
    if (result.answer == "cancelled"_L1)
        return tr("cancelled");
    if (result.answer == "refused"_L1)
        return tr("refused");
    if (result.answer == "taken"_L1)
        return tr("taken");
    return result.answer == "not_taken"_L1 ? tr("not taken") : plainLine(result.answer);
}

QString answerIcon(const StepResult& result)
{
    if (result.outcome)
        return replayIcon(result.outcome->outcome);
    return wasDone(result) ? u"check"_s : u"window-close"_s;
}

QColor answerInk(const StepResult& result, const Theme& theme)
{
    if (result.outcome)
        return replayInk(result.outcome->outcome, theme);
    return wasDone(result) ? theme.done.ink : theme.failed.ink;
}

QString stepSentence(const Step& step, const StepResult& result)
{
    QStringList sentences;
    if (result.outcome) {
        sentences << outcomeSentence(result.outcome->outcome) << tr("Its sender is answered with %1.").arg(result.httpStatus)
                  << verdictSentence(result.outcome->verdict);
        const auto* delivery = std::get_if<Deliver>(&step.act);
        if (delivery && delivery->inStore && *delivery->inStore != result.outcome->outcome)
            sentences << tr("In the store it was %1.").arg(outcomeText(*delivery->inStore));
        if (const QString why = result.outcome->outcome == core::webhooks::Outcome::Rejected ? QString() : replayReason(*result.outcome);
            !why.isEmpty())
            sentences << tr("Why: %1.").arg(why);
    } else if (result.refusal) {
        sentences << tr("Nothing changed: %1.").arg(plainLine(result.refusal->message));
    } else if (const auto* cancel = std::get_if<Cancel>(&step.act)) {
        sentences << (cancel->reason.isEmpty() ? tr("A person cancels the job.")
                                               : tr("A person cancels the job: %1.").arg(plainLine(cancel->reason)));
    } else {
        sentences << tr("A worker takes the job out of the queue; its attempt rises.");
    }
    return sentences.join(u' ');
}

QString deviationField(const QString& field)
{
    if (field == "answer"_L1)
        return tr("Came to");
    if (field == "stage"_L1)
        return tr("Stage");
    if (field == "verdict"_L1)
        return tr("Signature");
    if (field == "http_status"_L1)
        return tr("Answer");
    if (field == "job_status"_L1)
        return tr("Job");
    if (field == "progress_pct"_L1)
        return tr("Progress");
    if (field == "events"_L1)
        return tr("Events");
    if (field == "artifacts"_L1)
        return tr("Artifacts");
    return field == "notifications"_L1 ? tr("Notifications") : plainLine(field);
}

}
