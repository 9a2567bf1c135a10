// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/fault_words.h"

#include "ui/base/format.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::Fault;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::FaultWords", text);
}

QString faultWord(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return tr("sent twice");
    case Fault::Late: return tr("late");
    case Fault::OldStamp: return tr("old stamp");
    case Fault::OutOfOrder: return tr("out of order");
    case Fault::AfterCancel: return tr("after a cancel");
    case Fault::BadSignature: return tr("bad signature");
    case Fault::Truncated: return tr("truncated");
    }
    Q_UNREACHABLE();
}

}

QString faultTitle(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return tr("Send it twice");
    case Fault::Late: return tr("Send it late");
    case Fault::OldStamp: return tr("Stamp it too old");
    case Fault::OutOfOrder: return tr("Let the next overtake it");
    case Fault::AfterCancel: return tr("Cancel before it");
    case Fault::BadSignature: return tr("Sign it wrongly");
    case Fault::Truncated: return tr("Cut it off");
    }
    Q_UNREACHABLE();
}

QString faultSentence(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return tr("The same delivery comes once more, a second later.");
    case Fault::Late: return tr("It comes a minute after everything else.");
    case Fault::OldStamp: return tr("It is signed, but its time stamp is twice as old as is allowed.");
    case Fault::OutOfOrder: return tr("It and the next delivery change places.");
    case Fault::AfterCancel: return tr("A person cancels the job just before it comes.");
    case Fault::BadSignature: return tr("It is signed with a secret that is not this address's.");
    case Fault::Truncated: return tr("Its body ends half way, and the half is signed.");
    }
    Q_UNREACHABLE();
}

QString faultExpected(Fault fault)
{
    switch (fault) {
    case Fault::SentTwice: return tr("Expect a duplicate by its event id; without one it may count again.");
    case Fault::Late: return tr("Expect it ignored once the job has ended, else stale.");
    case Fault::OldStamp: return tr("Expect 401, too_old, and no row changed.");
    case Fault::OutOfOrder: return tr("Expect the older one stale, or ignored after the end.");
    case Fault::AfterCancel: return tr("Expect it ignored; only CANCELLED counts: it confirms the stop.");
    case Fault::BadSignature: return tr("Expect 401, wrong, and no row changed.");
    case Fault::Truncated: return tr("Expect 400, no JSON, and no row changed.");
    }
    Q_UNREACHABLE();
}

QString faultProblem(const core::Error& error)
{
    if (error.code == "fault_step"_L1)
        return tr("Choose a delivery first.");
    if (error.code == "fault_not_delivery"_L1)
        return tr("This step is no delivery.");
    if (error.code == "fault_is_last"_L1)
        return tr("Nothing comes after it.");
    if (error.code == "fault_empty_body"_L1)
        return tr("Its body is empty.");
    return plainLine(error.message);
}

QString noteText(const QString& note)
{
    QStringList words;
    const auto parts = note.split(u", "_s, Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        const auto fault = core::scenarios::parseFault(part);
        words << (fault ? faultWord(*fault) : plainLine(part));
    }
    return words.join(u", "_s);
}

}
