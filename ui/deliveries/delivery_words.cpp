// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/delivery_words.h"

#include "ui/base/format.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::webhooks::Outcome;
using core::webhooks::Verdict;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::delivery_words", text);
}

}

QString verdictSentence(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotChecked: return tr("The signature was not checked: the sender is trusted.");
    case Verdict::Valid: return tr("The signature is right.");
    case Verdict::Missing: return tr("There was no signature.");
    case Verdict::Malformed: return tr("The signature headers could not be read.");
    case Verdict::Wrong: return tr("The signature does not fit these bytes.");
    case Verdict::TooOld: return tr("The signature is right but too old.");
    case Verdict::TooNew: return tr("The signature is dated in the future.");
    }
    Q_UNREACHABLE();
}

QString outcomeSentence(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied: return tr("It was applied to the job.");
    case Outcome::IgnoredTerminal: return tr("It changed nothing: the job was over.");
    case Outcome::Duplicate: return tr("It changed nothing: the event was applied before.");
    case Outcome::Stale: return tr("It changed nothing: something newer was known.");
    case Outcome::Rejected: return tr("It was rejected.");
    }
    Q_UNREACHABLE();
}

JobState outcomeInk(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied: return JobState::Done;
    case Outcome::Rejected: return JobState::Failed;
    case Outcome::IgnoredTerminal:
    case Outcome::Duplicate:
    case Outcome::Stale: return JobState::Pending;
    }
    Q_UNREACHABLE();
}

QString outcomeIcon(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied: return u"state-done"_s;
    case Outcome::Rejected: return u"state-failed"_s;
    case Outcome::IgnoredTerminal:
    case Outcome::Duplicate:
    case Outcome::Stale: return u"skip"_s;
    }
    Q_UNREACHABLE();
}

QString shortDuration(qint64 microseconds)
{
    if (microseconds < 1000)
        return tr("%1 \u00b5s").arg(microseconds);
    if (microseconds < 1'000'000)
        return tr("%1 ms").arg(QString::number(static_cast<double>(microseconds) / 1000, 'f', 1));
    return lengthText(std::chrono::microseconds(microseconds));
}

}
