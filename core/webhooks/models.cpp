// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/models.h"

#include <algorithm>

namespace core::webhooks {

using namespace Qt::StringLiterals;

QString sourceName(Source source)
{
    switch (source) {
    case Source::Worker: return u"worker"_s;
    case Source::Render: return u"render"_s;
    case Source::Replay: return u"replay"_s;
    case Source::Manual: return u"manual"_s;
    }
    Q_UNREACHABLE();
}

QString verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotChecked: return u"not_checked"_s;
    case Verdict::Valid: return u"valid"_s;
    case Verdict::Missing: return u"missing"_s;
    case Verdict::Malformed: return u"malformed"_s;
    case Verdict::Wrong: return u"wrong"_s;
    case Verdict::TooOld: return u"too_old"_s;
    case Verdict::TooNew: return u"too_new"_s;
    }
    Q_UNREACHABLE();
}

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied: return u"applied"_s;
    case Outcome::IgnoredTerminal: return u"ignored_terminal"_s;
    case Outcome::Duplicate: return u"duplicate"_s;
    case Outcome::Stale: return u"stale"_s;
    case Outcome::Rejected: return u"rejected"_s;
    }
    Q_UNREACHABLE();
}

QString stageName(Stage stage)
{
    switch (stage) {
    case Stage::Receive: return u"receive"_s;
    case Stage::LoadAndValidate: return u"load_and_validate"_s;
    case Stage::Ignore: return u"ignore"_s;
    case Stage::ApplyStatus: return u"apply_status"_s;
    case Stage::AppendEvent: return u"append_event"_s;
    case Stage::DoneHooks: return u"done_hooks"_s;
    case Stage::Notify: return u"notify"_s;
    }
    Q_UNREACHABLE();
}

namespace {

template <class Enum>
Enum parseWord(QStringView text, std::initializer_list<Enum> all, QString (*nameOf)(Enum), Enum otherwise)
{
    const auto* const found = std::find_if(all.begin(), all.end(), [&](Enum value) { return text == nameOf(value); });
    return found == all.end() ? otherwise : *found;
}

}

Source parseSource(QStringView text)
{
    return parseWord(text, {Source::Worker, Source::Render, Source::Replay, Source::Manual}, sourceName, Source::Manual);
}

Verdict parseVerdict(QStringView text)
{
    return parseWord(
        text, {Verdict::NotChecked, Verdict::Valid, Verdict::Missing, Verdict::Malformed, Verdict::Wrong, Verdict::TooOld, Verdict::TooNew},
        verdictName, Verdict::NotChecked);
}

Outcome parseOutcome(QStringView text)
{
    return parseWord(text, {Outcome::Applied, Outcome::IgnoredTerminal, Outcome::Duplicate, Outcome::Stale, Outcome::Rejected}, outcomeName,
                     Outcome::Rejected);
}

Stage parseStage(QStringView text)
{
    return parseWord(
        text,
        {Stage::Receive, Stage::LoadAndValidate, Stage::Ignore, Stage::ApplyStatus, Stage::AppendEvent, Stage::DoneHooks, Stage::Notify},
        stageName, Stage::Receive);
}

QByteArray headerValue(const QList<Header>& headers, QByteArrayView name)
{
    for (const Header& header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

int headerCount(const QList<Header>& headers, QByteArrayView name)
{
    return static_cast<int>(std::count_if(headers.begin(), headers.end(),
                                          [&](const Header& header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; }));
}

}
