// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/payload_diff.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

namespace {

/// "~ format/duration_ms: 1000 -> 2000", one line a difference.
QStringList described(const PayloadDiff& diff)
{
    QStringList lines;
    for (const Difference& difference : diff.differences) {
        const QString path = difference.path.join(u'/');
        switch (difference.kind) {
        case DifferenceKind::Changed: lines << u"~ %1: %2 -> %3"_s.arg(path, difference.before, difference.after); break;
        case DifferenceKind::Added: lines << u"+ %1: %2"_s.arg(path, difference.after); break;
        case DifferenceKind::Removed: lines << u"- %1: %2"_s.arg(path, difference.before); break;
        }
    }
    return lines;
}

QByteArray spans(std::initializer_list<std::pair<int, int>> all)
{
    QByteArray list;
    for (const auto& [start, end] : all)
        list += (list.isEmpty() ? "" : ",") + QByteArray("{\"start_ms\":") + QByteArray::number(start) +
                ",\"end_ms\":" + QByteArray::number(end) + "}";
    return "{\"segments\":[" + list + "]}";
}

}

class TestPayloadDiff : public QObject {
    Q_OBJECT

private slots:
    void saysWhatDiffersByMeaning_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const QByteArray& before, const QByteArray& after, const QStringList& expected) {
            QTest::newRow(name) << before << after << expected;
        };
        row("the same bytes", "{\"a\":1}", "{\"a\":1}", {});
        row("order, white space and spelling", "{\"a\": 1000, \"b\": \"\\u00e9\"}", "{\"b\":\"\xC3\xA9\",\"a\":1e3}", {});
        row("a huge number by its digits", "{\"a\":9007199254740993}", "{\"a\":9007199254740992}",
            {u"~ a: 9007199254740993 -> 9007199254740992"_s});
        row("another type", "{\"a\":1}", "{\"a\":\"1\"}", {u"~ a: 1 -> \"1\""_s});
        row("null is not absent", "{\"a\":null}", "{}", {u"- a: null"_s});
        row("a key more, a key less", "{\"a\":1,\"b\":{\"c\":2}}", "{\"b\":{\"d\":3},\"a\":1}", {u"- b/c: 2"_s, u"+ b/d: 3"_s});
        row("a silence more in front", spans({{1000, 2000}, {5000, 6000}}), spans({{100, 200}, {1000, 2000}, {5000, 6000}}),
            {u"+ segments/0:00.100 to 0:00.200: {\"start_ms\":100,\"end_ms\":200}"_s});
        row("a silence that ends later", spans({{1000, 2000}, {5000, 6000}}), spans({{1000, 2250}, {5000, 6000}}),
            {u"~ segments/0:01.000 to 0:02.000/end_ms: 2000 -> 2250"_s});
        row("one silence became two", spans({{1000, 4000}}), spans({{1000, 1500}, {2000, 4000}}),
            {u"~ segments/0:01.000 to 0:04.000/end_ms: 4000 -> 1500"_s,
             u"+ segments/0:02.000 to 0:04.000: {\"start_ms\":2000,\"end_ms\":4000}"_s});
        row("silences in another order", spans({{5000, 6000}, {1000, 2000}}), spans({{1000, 2000}, {5000, 6000}}), {});
        row("silences without length", spans({{1000, 1000}}), spans({{1000, 1000}, {1000, 1000}}),
            {u"+ segments/0:01.000 to 0:01.000: {\"start_ms\":1000,\"end_ms\":1000}"_s});
        row("another word in a cue", R"({"segments":[{"start_ms":0,"end_ms":900,"text":"ten meters"}]})",
            R"({"segments":[{"start_ms":10,"end_ms":900,"text":"two meters"}]})",
            {u"~ segments/0:00.000 to 0:00.900/start_ms: 0 -> 10"_s,
             u"~ segments/0:00.000 to 0:00.900/text: \"ten meters\" -> \"two meters\""_s});
        row("a frame less", R"({"frames":[{"timestamp_ms":0,"file_path":"a"},{"timestamp_ms":3600000,"file_path":"b"}]})",
            R"({"frames":[{"timestamp_ms":3600000,"file_path":"c"}]})",
            {u"- frames/0:00.000: {\"timestamp_ms\":0,\"file_path\":\"a\"}"_s, u"~ frames/1:00:00.000/file_path: \"b\" -> \"c\""_s});
        row("a stream before the others", R"({"streams":[{"index":1,"codec":"aac"}]})",
            R"({"streams":[{"index":0,"codec":"h264"},{"index":1,"codec":"opus"}]})",
            {u"+ streams/stream 0: {\"index\":0,\"codec\":\"h264\"}"_s, u"~ streams/stream 1/codec: \"aac\" -> \"opus\""_s});
        row("times as a set", R"({"timestamps_ms":[10,20,30]})", R"({"timestamps_ms":[20,30,40]})",
            {u"- timestamps_ms/10: 10"_s, u"+ timestamps_ms/40: 40"_s});
        row("a list of words by position", R"(["a","b"])", R"(["a","c","d"])", {u"~ [1]: \"b\" -> \"c\""_s, u"+ [2]: \"d\""_s});
        row("mixed elements by position", R"([{"index":1},2])", R"([{"index":2},2])", {u"~ [0]/index: 1 -> 2"_s});
    }
    void saysWhatDiffersByMeaning()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QStringList, expected);
        const auto diff = comparePayloads(before, after);
        QVERIFY(diff);
        QCOMPARE(described(*diff), expected);
        const auto backwards = comparePayloads(after, before);
        QVERIFY(backwards);
        QCOMPARE(backwards->differences.isEmpty(), expected.isEmpty());
    }

    void pointersLeadToTheElementOnEachSide()
    {
        const auto diff = comparePayloads(spans({{1000, 2000}}), spans({{100, 200}, {1000, 2500}}));
        QVERIFY(diff);
        QCOMPARE(diff->differences.size(), 2);
        QCOMPARE(diff->differences.at(0).afterPointer, u"/segments/0"_s);
        QVERIFY(diff->differences.at(0).beforePointer.isEmpty());
        QCOMPARE(diff->differences.at(1).beforePointer, u"/segments/0/end_ms"_s);
        QCOMPARE(diff->differences.at(1).afterPointer, u"/segments/1/end_ms"_s);
    }

    void defaultsOfAnInputAreNoDifference()
    {
        const QByteArray spelt = R"({"file_path":"a.mp4","noise_db":-30,"min_silence_ms":500})";
        const auto same = compareInputs(JobType::SilenceDetect, spelt, R"({"file_path":"a.mp4"})");
        QVERIFY(same && same->differences.isEmpty());
        const auto other = compareInputs(JobType::SilenceDetect, spelt, R"({"file_path":"a.mp4","noise_db":-40})");
        QVERIFY(other);
        QCOMPARE(described(*other), QStringList{u"~ noise_db: -30 -> -40"_s});
    }

    void whatIsNoJsonIsNamedByItsSide_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("field");
        QTest::newRow("before") << QByteArray("{") << QByteArray("{}") << u"before"_s;
        QTest::newRow("after") << QByteArray("{}") << QByteArray("nonsense") << u"after"_s;
        QTest::newRow("too deep") << QByteArray("{}") << QByteArray(200'000, '[') << u"after"_s;
    }
    void whatIsNoJsonIsNamedByItsSide()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, field);
        const auto diff = comparePayloads(before, after);
        QVERIFY(!diff);
        QCOMPARE(diff.error().field, field);
    }

    void manyDifferencesAreCut()
    {
        QByteArray list;
        for (int i = 0; i < 5000; ++i)
            list += (i ? "," : "") + QByteArray("{\"start_ms\":") + QByteArray::number(i * 10) +
                    ",\"end_ms\":" + QByteArray::number(i * 10 + 5) + "}";
        const auto diff = comparePayloads("{\"segments\":[]}", "{\"segments\":[" + list + "]}", 100);
        QVERIFY(diff);
        QCOMPARE(diff->differences.size(), 100);
        QVERIFY(diff->isCut);
    }
};

QTEST_APPLESS_MAIN(TestPayloadDiff)
#include "tst_payload_diff.moc"
