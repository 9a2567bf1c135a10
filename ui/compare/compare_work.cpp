// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_work.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "ui/base/format.h"
#include "ui/compare/text_diff.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::CompareWork", text);
}

QString countSentence(qsizetype differences)
{
    if (differences == 0)
        return tr("They say the same.");
    return differences == 1 ? tr("1 difference.") : tr("%1 differences.").arg(countText(differences));
}

core::Result<CompareAnswer> compareMeanings(const CompareRequest& request)
{
    const QByteArray before = request.before.value_or("null");
    const QByteArray after = request.after.value_or("null");
    const auto diff = request.inputOf == core::JobType::Unknown ? core::tasks::comparePayloads(before, after)
                                                                : core::tasks::compareInputs(request.inputOf, before, after);
    if (!diff)
        return core::errorOf(diff);
    CompareAnswer answer{meaningColumns(), meaningRows(diff->differences, before, after), diff->differences.size(), {}};
    answer.sentence = diff->isCut ? tr("More than %1 differences; these are the first.").arg(countText(answer.differences))
                                  : countSentence(answer.differences);
    return answer;
}

CompareAnswer compareLines(const CompareRequest& request)
{
    const TextDiff diff = compareTexts(request.before.value_or(QByteArray()), request.after.value_or(QByteArray()));
    const bool isUnified = request.view == CompareView::Unified;
    CompareAnswer answer{
        isUnified ? unifiedColumns() : sideBySideColumns(), isUnified ? unifiedRows(diff) : sideBySideRows(diff), diff.differences, {}};
    answer.sentence = diff.differences == 0   ? tr("They read the same, laid out alike.")
                      : diff.differences == 1 ? tr("1 line differs.")
                                              : tr("%1 lines differ.").arg(countText(diff.differences));
    if (diff.isCut)
        answer.sentence += u' ' + tr("Only the first %1 lines of each were compared; by meaning all is.").arg(countText(mostDiffLines));
    return answer;
}

QByteArray jsonLines(const QByteArray& text)
{
    QByteArray lines;
    const auto all = text.trimmed().split('\n');
    for (const QByteArray& line : all)
        lines += (lines.isEmpty() ? "" : ",") + core::base::encodeJsonString(QString::fromUtf8(line));
    return "[" + lines + "]";
}

QByteArray attemptDocument(const core::jobs::JobAttempt& attempt)
{
    const auto text = [](const QString& one) { return core::base::encodeJsonString(one); };
    QByteArray json = "{\"outcome\":" + text(attempt.outcome) + ",\"error\":" + text(attempt.error) +
                      ",\"worker\":" + text(attempt.worker) + ",\"host\":" + text(attempt.host);
    if (attempt.finishedAt)
        json += ",\"took\":" + text(lengthText(*attempt.finishedAt - attempt.startedAt));
    if (attempt.commands && core::JsonText::parse(*attempt.commands))
        json += ",\"commands\":" + *attempt.commands;
    if (attempt.log)
        json += ",\"log\":" + jsonLines(*attempt.log);
    return json + "}";
}

}

core::Result<CompareAnswer> compareDocuments(const CompareRequest& request)
{
    if (request.view == CompareView::Meaning)
        return compareMeanings(request);
    return compareLines(request);
}

QByteArray attemptsDocument(const QList<core::jobs::JobAttempt>& attempts, std::optional<int> only)
{
    QByteArray members;
    for (const core::jobs::JobAttempt& attempt : attempts) {
        if (only && attempt.attempt == *only)
            return attemptDocument(attempt);
        members += (members.isEmpty() ? "" : ",") + core::base::encodeJsonString(u"attempt %1"_s.arg(attempt.attempt)) + ":" +
                   attemptDocument(attempt);
    }
    return only ? QByteArray("null") : "{" + members + "}";
}

}
