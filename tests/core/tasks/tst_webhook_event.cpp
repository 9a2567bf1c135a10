// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/webhook_event.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

namespace {

/// What was read, or why not, as one line that a row can hold.
QString read(const QByteArray& body, const QList<webhooks::Header>& headers = {})
{
    const auto event = parseWebhookEvent(body, headers);
    QStringList words;
    if (!event) {
        words << base::errorKindName(event.error().error.kind) << event.error().error.code;
        for (const Error& field : event.error().fields)
            words << field.field;
        return words.join(u' ');
    }
    const auto add = [&](const QString& key, const QString& value) { words << key + u'=' + value; };
    if (event->status)
        add(u"status"_s, jobs::statusName(*event->status));
    if (event->progressPct)
        add(u"pct"_s, QString::number(*event->progressPct));
    if (event->message)
        add(u"message"_s, *event->message);
    if (event->errorMessage)
        add(u"error"_s, *event->errorMessage);
    if (event->errorCode)
        add(u"code"_s, *event->errorCode);
    if (event->outputData)
        add(u"output"_s, QString::fromUtf8(*event->outputData));
    if (!event->eventId.isEmpty())
        add(u"id"_s, event->eventId);
    if (event->attempt)
        add(u"attempt"_s, QString::number(*event->attempt));
    if (event->sequence)
        add(u"sequence"_s, QString::number(*event->sequence));
    if (event->occurredAt)
        add(u"at"_s, base::toIsoText(*event->occurredAt));
    return words.join(u' ');
}

/// A JSON string of that many characters. (moc reads no raw literal with an odd number of quotes in it.)
QByteArray longText(qsizetype length)
{
    return '"' + QByteArray(length, 'x') + '"';
}

}

class TestWebhookEvent : public QObject {
    Q_OBJECT

private slots:
    void bodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QByteArray& body, const QString& expected) { QTest::newRow(name) << body << expected; };
        row("status", R"({"status":"RUNNING"})", u"status=RUNNING"_s);
        row("status in small letters", R"({"status":"done"})", u"status=DONE"_s);
        row("status unknown", R"({"status":"SLEEPING"})", u"invalid event_invalid /status"_s);
        row("status no text", R"({"status":1})", u"invalid event_invalid /status"_s);
        row("status null", R"({"status":null,"progress_pct":1})", u"pct=1"_s);
        row("status empty", R"({"status":""})", u"invalid event_invalid /status"_s);
        row("progress", R"({"progress_pct":0})", u"pct=0"_s);
        row("progress spelt otherwise", R"({"progress_pct":1e2})", u"pct=100"_s);
        row("progress over", R"({"progress_pct":101})", u"invalid event_invalid /progress_pct"_s);
        row("progress under", R"({"progress_pct":-1})", u"invalid event_invalid /progress_pct"_s);
        row("progress a fraction", R"({"progress_pct":0.5})", u"invalid event_invalid /progress_pct"_s);
        row("progress as text", R"({"progress_pct":"5"})", u"invalid event_invalid /progress_pct"_s);
        row("progress huge", R"({"progress_pct":1e400})", u"invalid event_invalid /progress_pct"_s);
        row("message", R"({"current_message":"half way"})", u"message=half way"_s);
        row("message empty", R"({"current_message":""})", u"message="_s);
        row("message no text", R"({"current_message":["x"]})", u"invalid event_invalid /current_message"_s);
        row("message too long", R"({"current_message":)" + longText(10001) + '}', u"invalid event_invalid /current_message"_s);
        row("error", R"({"status":"FAILED","error_message":"no","error_code":"e1"})", u"status=FAILED error=no code=e1"_s);
        row("error no text", R"({"status":"FAILED","error_message":1,"error_code":{}})",
            u"invalid event_invalid /error_message /error_code"_s);
        row("error null", R"({"status":"FAILED","error_message":null})", u"status=FAILED"_s);
        row("error code too long", R"({"status":"FAILED","error_code":)" + longText(201) + '}', u"invalid event_invalid /error_code"_s);
        row("output as it came", R"({"status":"DONE","output_data": { "b" : 1.0,"a":12345678901234567890, "\u0061":[] } })",
            u"malformed json_duplicate_key"_s);
        row("output kept", R"({"status":"DONE","output_data": { "b" : 1.0,"z":12345678901234567890, "\u0061":[1e2] } })",
            u"status=DONE output={ \"b\" : 1.0,\"z\":12345678901234567890, \"\\u0061\":[1e2] }"_s);
        row("output no object", R"({"status":"DONE","output_data":7})", u"status=DONE output=7"_s);    // its type judges it
        row("output null", R"({"status":"DONE","output_data":null})", u"status=DONE"_s);
        row("attempt and sequence", R"({"status":"RUNNING","attempt":2,"sequence":9007199254740993})",
            u"status=RUNNING attempt=2 sequence=9007199254740993"_s);
        row("attempt negative", R"({"status":"RUNNING","attempt":-1})", u"invalid event_invalid /attempt"_s);
        row("attempt too large", R"({"status":"RUNNING","attempt":4294967298})", u"invalid event_invalid /attempt"_s);
        row("sequence too large", R"({"status":"RUNNING","sequence":9223372036854775808})", u"invalid event_invalid /sequence"_s);
        row("sequence as text", R"({"status":"RUNNING","sequence":"1"})", u"invalid event_invalid /sequence"_s);
        row("both null", R"({"status":"RUNNING","attempt":null,"sequence":null})", u"status=RUNNING"_s);
        row("time", R"({"status":"RUNNING","occurred_at":"2026-11-22T12:00:00+02:00"})",
            u"status=RUNNING at=2026-11-22T10:00:00.000000Z"_s);
        row("time wrong", R"({"status":"RUNNING","occurred_at":"yesterday"})", u"invalid event_invalid /occurred_at"_s);
        row("time a number", R"({"status":"RUNNING","occurred_at":1})", u"invalid event_invalid /occurred_at"_s);
        row("event id", R"({"status":"RUNNING","event_id":"e-1"})", u"status=RUNNING id=e-1"_s);
        row("event id no text", R"({"status":"RUNNING","event_id":1})", u"invalid event_invalid /event_id"_s);
        row("event id too long", R"({"status":"RUNNING","event_id":)" + longText(201) + '}', u"invalid event_invalid /event_id"_s);
        row("unknown keys do not matter", R"({"status":"RUNNING","later":{"a":1}})", u"status=RUNNING"_s);
        row("all that is wrong is told", R"({"status":5,"progress_pct":500,"attempt":"x","occurred_at":""})",
            u"invalid event_invalid /status /progress_pct /attempt /occurred_at"_s);
        row("nothing in it", "{}", u"invalid event_invalid /status"_s);
        row("output alone is no report", R"({"output_data":{}})", u"invalid event_invalid /status"_s);
        row("empty body", "", u"malformed json_malformed"_s);
        row("half a body", "{\"status\":\"RUN", u"malformed json_malformed"_s);
        row("two documents", R"({"status":"RUNNING"}{})", u"malformed json_malformed"_s);
        row("a list", R"([{"status":"RUNNING"}])", u"malformed json_malformed"_s);
        row("a text", R"("RUNNING")", u"malformed json_malformed"_s);
        row("no UTF-8", "{\"status\":\"RUNNING\",\"current_message\":\"\xff\"}", u"malformed json_malformed"_s);
        row("trailing comma", R"({"status":"RUNNING",})", u"malformed json_malformed"_s);
        row("a key twice", R"({"status":"RUNNING","status":"DONE"})", u"malformed json_duplicate_key"_s);
        row("a key twice, spelt otherwise", R"({"status":"RUNNING","st\u0061tus":"DONE"})", u"malformed json_duplicate_key"_s);
        row("a key twice deep inside", R"({"status":"DONE","output_data":{"a":{"b":1,"b":2}}})", u"malformed json_duplicate_key"_s);
        row("too deep", R"({"status":"DONE","output_data":)" + QByteArray(600, '[') + QByteArray(600, ']') + '}',
            u"malformed json_too_deep"_s);
        row("as deep as may be", R"({"status":"RUNNING","later":)" + QByteArray(511, '[') + QByteArray(511, ']') + '}',
            u"status=RUNNING"_s);
        row("one too deep", R"({"status":"RUNNING","later":)" + QByteArray(512, '[') + QByteArray(512, ']') + '}',
            u"malformed json_too_deep"_s);
        row("too large", R"({"current_message":)" + longText(maxWebhookBody) + '}', u"too_large json_too_large"_s);
    }
    void bodies()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QCOMPARE(read(body), expected);
    }

    void theIdIsTheBodysElseTheHeaders_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QList<webhooks::Header>>("headers");
        QTest::addColumn<QString>("id");
        const QList<webhooks::Header> header{{"Webhook-Id", "msg_1"}};
        QTest::newRow("body") << R"({"status":"RUNNING","event_id":"e-1"})"_ba << QList<webhooks::Header>() << u"e-1"_s;
        QTest::newRow("body before header") << R"({"status":"RUNNING","event_id":"e-1"})"_ba << header << u"e-1"_s;
        QTest::newRow("header") << R"({"status":"RUNNING"})"_ba << header << u"msg_1"_s;
        QTest::newRow("null in the body") << R"({"status":"RUNNING","event_id":null})"_ba << header << u"msg_1"_s;
        QTest::newRow("empty in the body") << R"({"status":"RUNNING","event_id":""})"_ba << header << u"msg_1"_s;
        QTest::newRow("none") << R"({"status":"RUNNING"})"_ba << QList<webhooks::Header>() << QString();
    }
    void theIdIsTheBodysElseTheHeaders()
    {
        QFETCH(QByteArray, body);
        QFETCH(QList<webhooks::Header>, headers);
        QFETCH(QString, id);
        const auto event = parseWebhookEvent(body, headers);
        QVERIFY(event);
        QCOMPARE(event->eventId, id);
    }

    void whatIsWrittenReadsTheSame()
    {
        WebhookEvent event;
        event.status = JobStatus::Done;
        event.progressPct = 100;
        event.message = u"line\n\"quoted\""_s;
        event.errorMessage = u"é"_s;
        event.errorCode = u"c"_s;
        event.outputData = R"({ "a": 1.0, "b":"\ud800" })";
        event.eventId = u"e"_s;
        event.attempt = 3;
        event.sequence = 7;
        event.occurredAt = base::fromMicros(1700000000123456);
        const auto again = parseWebhookEvent(writeWebhookEvent(event), {});
        QVERIFY(again);
        QCOMPARE(again->status, event.status);
        QCOMPARE(again->message, event.message);
        QCOMPARE(again->errorMessage, event.errorMessage);
        QCOMPARE(again->outputData, event.outputData);
        QCOMPARE(again->eventId, event.eventId);
        QCOMPARE(again->attempt, event.attempt);
        QCOMPARE(again->sequence, event.sequence);
        QVERIFY(again->occurredAt == event.occurredAt);

        WebhookEvent outputAlone;
        outputAlone.outputData = "{}";
        QCOMPARE(writeWebhookEvent(outputAlone), R"({"output_data":{}})"_ba);
    }
};

QTEST_APPLESS_MAIN(TestWebhookEvent)
#include "tst_webhook_event.moc"
