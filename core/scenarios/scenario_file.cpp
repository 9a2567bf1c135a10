// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/scenario_file.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "core/base/overloaded.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace core::scenarios {

using namespace Qt::StringLiterals;

namespace {

QByteArray textJson(const QString& text)
{
    return base::encodeJsonString(text);
}

QByteArray latin1Json(const QByteArray& bytes)
{
    return textJson(QString::fromLatin1(bytes));
}

QByteArray timeJson(Time time)
{
    return textJson(base::toIsoText(time));
}

/// One object, its keys in the order they are added; `indent` spaces before each, or all on one line.
class ObjectWriter {
public:
    explicit ObjectWriter(int indent = -1) : m_indent(indent) {}

    ObjectWriter& raw(QByteArrayView key, const QByteArray& json)
    {
        m_members += m_members.isEmpty() ? "" : ",";
        if (m_indent >= 0)
            m_members += '\n' + QByteArray(m_indent + 2, ' ');
        else if (m_members.size() > 1)
            m_members += ' ';
        m_members += '"';
        m_members += key;
        m_members += "\": " + json;
        return *this;
    }
    ObjectWriter& text(QByteArrayView key, const QString& text) { return raw(key, textJson(text)); }
    ObjectWriter& number(QByteArrayView key, qint64 number) { return raw(key, QByteArray::number(number)); }
    ObjectWriter& flag(QByteArrayView key, bool flag) { return raw(key, flag ? "true" : "false"); }
    ObjectWriter& optionalText(QByteArrayView key, const QString& text) { return text.isEmpty() ? *this : this->text(key, text); }

    /// As JSON if reading it gives the same bytes back, as text if that does, else as base64.
    ObjectWriter& bytes(const QByteArray& key, const QByteArray& bytes)
    {
        const auto document = JsonText::parse(bytes);
        if (document && document->root().raw() == bytes)
            return raw(key + "_json", bytes);
        const QString read = QString::fromUtf8(bytes);
        if (read.toUtf8() == bytes)
            return text(key + "_text", read);
        return raw(key + "_base64", latin1Json(bytes.toBase64()));
    }
    [[nodiscard]] QByteArray json() const
    {
        if (m_members.isEmpty())
            return "{}";
        return m_indent >= 0 ? '{' + m_members + '\n' + QByteArray(m_indent, ' ') + '}' : '{' + m_members + '}';
    }

private:
    int m_indent;
    QByteArray m_members;
};

QByteArray listJson(const QList<QByteArray>& elements, int indent)
{
    if (elements.isEmpty())
        return "[]";
    const QByteArray begin = '\n' + QByteArray(indent + 2, ' ');
    QByteArray list;
    for (const QByteArray& element : elements)
        list += (list.isEmpty() ? "" : ",") + begin + element;
    return '[' + list + '\n' + QByteArray(indent, ' ') + ']';
}

QByteArray headersJson(const QList<webhooks::Header>& headers)
{
    QByteArray list;
    for (const webhooks::Header& header : headers)
        list += (list.isEmpty() ? "[" : ", [") + latin1Json(header.name) + ", " + latin1Json(header.value) + ']';
    return '[' + list + ']';
}

QByteArray expectationJson(const Expectation& expected)
{
    return ObjectWriter()
        .text("answer", expected.answer)
        .text("stage", expected.stage)
        .text("verdict", expected.verdict)
        .number("http_status", expected.httpStatus)
        .text("job_status", expected.status)
        .number("progress_pct", expected.progressPct)
        .number("events", expected.events)
        .number("artifacts", expected.artifacts)
        .number("notifications", expected.notifications)
        .json();
}

void writeDelivery(ObjectWriter& writer, const Deliver& delivery)
{
    writer.text("source", webhooks::sourceName(delivery.source));
    writer.flag("to_address", delivery.toAddress);
    writer.text("signature", signingName(delivery.signing));
    if (delivery.stampedAt)
        writer.raw("stamped_at", timeJson(*delivery.stampedAt));
    writer.text("method", delivery.method);
    writer.raw("headers", headersJson(delivery.headers));
    writer.text("actor", delivery.actor);
    writer.bytes("body", delivery.body);
    if (delivery.inStore)
        writer.text("outcome_in_store", webhooks::outcomeName(*delivery.inStore));
}

QByteArray stepJson(const Step& step)
{
    ObjectWriter writer(4);
    const auto begin = [&](const char* what) {
        writer.text("do", QLatin1StringView(what).toString());
        writer.raw("at", timeJson(step.at));
        writer.optionalText("note", step.note);
    };
    std::visit(base::Overloaded{
                   [&](const Deliver& delivery) {
                       begin("deliver");
                       writeDelivery(writer, delivery);
                   },
                   [&](const Cancel& cancel) {
                       begin("cancel");
                       writer.text("by", cancel.by).text("reason", cancel.reason);
                   },
                   [&](const Take&) { begin("take"); },
               },
               step.act);
    if (step.expected)
        writer.raw("expect", expectationJson(*step.expected));
    return writer.json();
}

QByteArray jobJson(const ScenarioJob& job)
{
    ObjectWriter writer(2);
    writer.text("id", job.id.text).text("job_type", job.typeText).raw("created_at", timeJson(job.createdAt));
    writer.optionalText("user_id", job.userId).optionalText("project_id", job.projectId).optionalText("webhook_id", job.address.text);
    writer.flag("webhook_is_active", job.isAddressActive).bytes("input", job.inputData);
    return writer.json();
}

QList<QByteArray> filesJson(const tasks::FactsByKey& files)
{
    QStringList keys = files.keys();
    std::sort(keys.begin(), keys.end());
    QList<QByteArray> rows;
    for (const QString& key : std::as_const(keys)) {
        const files::FileFacts facts = files.value(key);
        rows << ObjectWriter()
                    .text("key", key)
                    .number("size_bytes", facts.sizeBytes)
                    .text("sha256", facts.sha256)
                    .text("mime_type", facts.mimeType)
                    .json();
    }
    return rows;
}

}

QByteArray scenarioJson(const Scenario& scenario)
{
    QList<QByteArray> remarks;
    for (const QString& remark : scenario.remarks)
        remarks << textJson(remark);
    QList<QByteArray> steps;
    for (const Step& step : scenario.steps)
        steps << stepJson(step);
    return ObjectWriter(0)
               .text("format", u"signalbox-scenario"_s)
               .number("version", fileVersion)
               .text("title", scenario.title)
               .raw("remarks", listJson(remarks, 2))
               .raw("job", jobJson(scenario.job))
               .raw("files", listJson(filesJson(scenario.files), 2))
               .raw("steps", listJson(steps, 2))
               .json() +
           '\n';
}

Result<Scenario> readScenario(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return failure(ErrorKind::NotFound, u"file_not_found"_s, u"There is no file %1"_s.arg(path), u"FILE"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Forbidden, u"file_unreadable"_s, u"%1 cannot be read: %2"_s.arg(path, file.errorString()), u"FILE"_s);
    if (file.size() > largestFile)
        return failure(ErrorKind::TooLarge, u"file_too_large"_s, u"%1 is larger than %2 MiB"_s.arg(path).arg(largestFile >> 20), u"FILE"_s);
    return parseScenario(file.read(largestFile));
}

Result<void> writeScenario(const QString& path, const Scenario& scenario, IfThere ifThere)
{
    if (ifThere == IfThere::Refuse && QFile::exists(path))
        return failure(ErrorKind::Conflict, u"file_exists"_s, u"%1 is there already; it was not touched"_s.arg(path), u"FILE"_s);
    const QByteArray json = scenarioJson(scenario);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return failure(ErrorKind::Unavailable, u"file_not_written"_s, u"%1 could not be written: %2"_s.arg(path, file.errorString()),
                       u"FILE"_s);
    return {};
}

}
