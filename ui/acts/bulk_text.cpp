// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/bulk_text.h"

#include "core/base/json_spelling.h"
#include "ui/base/format.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::BulkAnswer;
using core::tasks::BulkResult;
using core::tasks::BulkRow;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::BulkText", text);
}

struct Member {
    const char* name;
    QString text;
};

QList<Member> membersOf(const BulkRow& row)
{
    return {{"id", row.id},        {"result", core::tasks::bulkResultName(row.result)},
            {"code", row.code},    {"message", row.message},
            {"status", row.state}, {"new_job_id", row.made.text}};
}

/// RFC 4180: quoted where a comma, a quote or a line break would be taken for one of the file's own.
QByteArray csvField(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    const bool quoted = bytes.contains(',') || bytes.contains('"') || bytes.contains('\n') || bytes.contains('\r');
    return quoted ? '"' + bytes.replace("\"", "\"\"") + '"' : bytes;
}

QByteArray csvLine(const QList<QByteArray>& fields)
{
    return fields.join(',') + "\r\n";
}

QByteArray rowJson(const BulkRow& row)
{
    QByteArray json;
    for (const Member& member : membersOf(row)) {
        json += (json.isEmpty() ? "{\"" : ",\"") + QByteArray(member.name) + "\":";
        json += member.text.isEmpty() ? QByteArray("null") : core::base::encodeJsonString(member.text);
    }
    return json + '}';
}

}

QString bulkResultWord(BulkResult result)
{
    switch (result) {
    case BulkResult::Acted: return tr("Acted");
    case BulkResult::Skipped: return tr("Skipped");
    case BulkResult::Failed: return tr("Failed");
    }
    Q_UNREACHABLE();
}

QString bulkReason(const BulkRow& row)
{
    if (row.result == BulkResult::Acted)
        return row.made.isEmpty() ? QString() : tr("as %1").arg(plainLine(row.made.text));
    if (row.code == "job_terminal"_L1)
        return row.state.isEmpty() ? tr("It had ended already.") : tr("It had ended already, as %1.").arg(plainLine(row.state));
    if (row.code == "job_unknown"_L1)
        return tr("There is no such job any more.");
    return plainLine(row.message);
}

QString bulkSummary(const BulkAnswer& answer, const QString& done)
{
    QString text =
        tr("%1 %2, %3 skipped, %4 failed").arg(countText(answer.acted), done, countText(answer.skipped), countText(answer.failed));
    if (answer.notReached() > 0)
        text += tr("; aborted, %1 not reached").arg(countText(answer.notReached()));
    return text;
}

QByteArray bulkAsText(const BulkAnswer& answer, BulkFormat format)
{
    QByteArray text;
    if (format == BulkFormat::Csv) {
        QList<QByteArray> header;
        for (const Member& member : membersOf({}))
            header << member.name;
        text = csvLine(header);
        for (const BulkRow& row : answer.rows) {
            QList<QByteArray> fields;
            for (const Member& member : membersOf(row))
                fields << csvField(member.text);
            text += csvLine(fields);
        }
        return text;
    }
    QByteArray rows;
    for (const BulkRow& row : answer.rows)
        rows += (rows.isEmpty() ? "\n  " : ",\n  ") + rowJson(row);
    const auto number = [](const char* name, qsizetype value) -> QByteArray {
        return '"' + QByteArray(name) + "\":" + QByteArray::number(value) + ',';
    };
    return '{' + number("acted", answer.acted) + number("skipped", answer.skipped) + number("failed", answer.failed) +
           number("not_reached", answer.notReached()) + "\"rows\":[" + rows + "]}\n";
}

}
