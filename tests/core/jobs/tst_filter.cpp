// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter.h"

#include <QTest>

using namespace core::jobs;
using namespace Qt::StringLiterals;
using core::Time;

namespace {

Time now()
{
    return *core::base::parseIsoText(u"2026-11-22T12:00:00.250000Z"_s);
}

}

class FilterTest : public QObject {
    Q_OBJECT

private slots:
    /// The canonical text shows the tree: parentheses, negations, resolved words and times.
    void aTextReadsAs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char* name, const QString& text, const QString& canonical) { QTest::newRow(name) << text << canonical; };
        row("empty", u""_s, u""_s);
        row("blanks only", u"  \t\n"_s, u""_s);
        row("a status", u"status:failed"_s, u"status:failed"_s);
        row("as stored", u"status:FAILED type:MEDIA_PROBE"_s, u"status:failed type:media-probe"_s);
        row("key in capitals", u"STATUS:failed"_s, u"status:failed"_s);
        row("status by its beginning", u"status:canc"_s, u"status:cancelled"_s);
        row("status for several", u"status:active,done"_s, u"status:pending,running,done"_s);
        row("said twice", u"status:finished,failed"_s, u"status:done,failed,cancelled"_s);
        row("unknown status", u"status:unknown"_s, u"status:unknown"_s);
        row("type by a word", u"type:captions"_s, u"type:captions-generate"_s);
        row("type by the second word", u"type:probe,apply"_s, u"type:media-probe,silence-apply"_s);
        row("type by a pattern", u"type:silence*"_s, u"type:silence-detect,silence-apply"_s);
        row("owner", u"owner:u-12,\"a b\""_s, u"owner:u-12,\"a b\""_s);
        row("no owner", u"owner:\"\""_s, u"owner:\"\""_s);
        row("pattern", u"owner:u-*"_s, u"owner:u-*"_s);
        row("a star in quotes is a star", u"owner:\"u-*\""_s, u"owner:\"u-*\""_s);
        row("id from a list", u"id:018f…"_s, u"id:018f"_s);
        row("underscore in a key", u"retried_from:018f"_s, u"retried-from:018f"_s);
        row("age", u"since:2h"_s, u"since:2026-11-22T10:00:00.250000Z"_s);
        row("date", u"before:2026-11-01"_s, u"before:2026-11-01T00:00:00.000000Z"_s);
        row("time with an offset", u"since:2026-11-01T12:00:00+02:00"_s, u"since:2026-11-01T10:00:00.000000Z"_s);
        row("attempt", u"attempt:>=2,0"_s, u"attempt:>=2,0"_s);
        row("took", u"took:>90s,<=120m"_s, u"took:>90s,<=2h"_s);
        row("took nothing", u"took:<=0s"_s, u"took:<=0s"_s);
        row("error", u"error:\"exit 1\""_s, u"error:\"exit 1\""_s);
        row("has", u"has:err,out"_s, u"has:error,output"_s);
        row("payload", u"input.file_path:*.mp4"_s, u"input.file_path:*.mp4"_s);
        row("payload path keeps its case", u"Input.filePath:x"_s, u"input.filePath:x"_s);
        row("payload place", u"output.segments[0].start_ms:>500.50"_s, u"output.segments[0].start_ms:>500.5"_s);
        row("payload, quoted", u"output.renderer:\"> 5, or (less)\""_s, u"output.renderer:\"> 5, or (less)\""_s);
        row("free text", u"\"free text\""_s, u"\"free text\""_s);
        row("free word", u"broken"_s, u"broken"_s);
        row("free word with commas", u"a,b"_s, u"\"a,b\""_s);
        row("quotes and backslashes", u"\"say \\\"hi\\\" \\\\ \\n\""_s, u"\"say \\\"hi\\\" \\\\ \\\\n\""_s);
        row("side by side", u"status:failed  broken"_s, u"status:failed broken"_s);
        row("AND says nothing", u"status:failed AND broken"_s, u"status:failed broken"_s);
        row("lower-case or is a word", u"a or b"_s, u"a or b"_s);
        row("OR in quotes is a word", u"\"OR\""_s, u"\"OR\""_s);
        row("OR binds less", u"a b OR c d"_s, u"a b OR c d"_s);
        row("parentheses that change it", u"a (b OR c) d"_s, u"a (b OR c) d"_s);
        row("parentheses that do not", u"((a) (b c)) OR (d)"_s, u"a b c OR d"_s);
        row("not a term", u"!status:failed"_s, u"!status:failed"_s);
        row("not a group", u"!(a OR b) c"_s, u"!(a OR b) c"_s);
        row("not a group of one", u"!(a)"_s, u"!a"_s);
        row("twice not", u"!!a !(!(b OR c))"_s, u"a (b OR c)"_s);
        row("letters outside ASCII", u"owner:Žofie"_s, u"owner:\"Žofie\""_s);
    }
    void aTextReadsAs()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const auto filter = readFilter(text, now());
        QVERIFY2(filter, filter ? "" : qPrintable(filter.error().message));
        QCOMPARE(toText(*filter), canonical);
        const auto again = readFilter(canonical, Time{});
        QVERIFY(again);
        QVERIFY(*again == *filter);
    }

    void aFaultIsFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<QString>("words");    // in the message
        const auto row = [](const char* name, const QString& text, qsizetype offset, qsizetype length, const QString& words) {
            QTest::newRow(name) << text << offset << length << words;
        };
        row("unknown key", u"a colour:red"_s, 2, 6, u"no key 'colour'"_s);
        row("no key", u":red"_s, 0, 1, u"no key"_s);
        row("unknown status", u"status:failed,odd"_s, 14, 3, u"'odd' is none of"_s);
        row("ambiguous type", u"type:silence"_s, 5, 7, u"silence-detect, silence-apply"_s);
        row("empty type", u"type:\"\""_s, 5, 2, u"none of"_s);
        row("no value", u"owner: x"_s, 6, 1, u"value is missing"_s);
        row("no value at the end", u"owner:"_s, 6, 0, u"value is missing"_s);
        row("no value after a comma", u"owner:a,"_s, 8, 0, u"value is missing"_s);
        row("open quote", u"x \"abc"_s, 2, 4, u"quote"_s);
        row("open parenthesis", u"a (b OR c"_s, 2, 1, u"never closed"_s);
        row("closed once too often", u"a) b"_s, 1, 1, u"No parenthesis"_s);
        row("nothing within", u"a ()"_s, 3, 1, u"term is missing"_s);
        row("nothing after OR", u"a OR"_s, 4, 0, u"term is missing"_s);
        row("nothing before OR", u"OR a"_s, 0, 1, u"term is missing"_s);
        row("nothing after AND", u"a AND"_s, 5, 0, u"term is missing"_s);
        row("nothing to negate", u"a !"_s, 3, 0, u"value is missing"_s);
        row("glued", u"\"a\"b"_s, 3, 1, u"blank"_s);
        row("parenthesis in a value", u"error:exit(1)"_s, 10, 1, u"blank"_s);
        row("no time", u"since:yesterday"_s, 6, 9, u"yesterday"_s);
        row("two times", u"since:2h,3h"_s, 9, 2, u"one time"_s);
        row("far too old", u"since:99999999w"_s, 6, 9, u"no age"_s);
        row("no count", u"attempt:many"_s, 8, 4, u"no count"_s);
        row("took exactly", u"took:30s"_s, 5, 3, u"comparison"_s);
        row("no payload path", u"input.:x"_s, 0, 6, u"no path"_s);
        row("payload place that is none", u"output.a[x]:1"_s, 0, 11, u"no path"_s);
        row("payload compared with text", u"output.a:>x"_s, 9, 2, u"no number"_s);
        row("empty search", u"message:\"\""_s, 8, 2, u"empty"_s);
        row("NUL", u"ab\0c"_s, 2, 1, u"NUL"_s);
        row("half a character", u"ab😀"_s.chopped(1), 2, 1, u"surrogate"_s);
        row("too deep", u"("_s.repeated(33), 32, 1, u"parentheses"_s);
        row("too long", u"x"_s.repeated(4097), 4096, 1, u"longer"_s);
        row("too many", u"a "_s.repeated(201), 400, 1, u"values"_s);
    }
    void aFaultIsFound()
    {
        QFETCH(QString, text);
        QFETCH(qsizetype, offset);
        QFETCH(qsizetype, length);
        QFETCH(QString, words);
        const auto filter = readFilter(text, now());
        QVERIFY(!filter);
        QVERIFY2(filter.error().message.contains(words), qPrintable(filter.error().message));
        QCOMPARE(filter.error().offset, offset);
        QCOMPARE(filter.error().length, length);
    }

    void theErrorOfTheHouseCarriesTheOffset()
    {
        const auto filter = parseFilter(u"a colour:red"_s, now());
        QVERIFY(!filter);
        QCOMPARE(filter.error().kind, core::ErrorKind::Invalid);
        QCOMPARE(filter.error().code, u"filter_invalid"_s);
        QCOMPARE(filter.error().field, u"filter"_s);
        QCOMPARE(filter.error().detail, u"offset=2 length=6"_s);
    }

    void whatIsAtTheLimitPasses()
    {
        QVERIFY(readFilter(u"("_s.repeated(32) + u'a' + u")"_s.repeated(32), now()));
        QVERIFY(readFilter(u"a "_s.repeated(200), now()));
        QVERIFY(readFilter(u"x"_s.repeated(4096), now()));
    }

    void aTermKnowsWhereItStood()
    {
        const auto filter = readFilter(u"a  !owner:u-1,u-2"_s, now());
        const auto& part = std::get<FilterGroup>(filter->node).parts.at(1);
        const auto& term = std::get<FilterTerm>(part.node);
        QCOMPARE(term.offset, 4);
        QCOMPARE(term.length, 13);
        QVERIFY(term.isNegated);
    }

    void onlyPayloadKeysLookIntoPayloads()
    {
        QVERIFY(looksIntoPayloads(*readFilter(u"a OR !(b !(input.x:1 c))"_s, now())));
        QVERIFY(!looksIntoPayloads(*readFilter(u"a OR !(b !(has:output c))"_s, now())));
        QVERIFY(takesAll(*readFilter(u" "_s, now())));
        QVERIFY(!takesAll(*readFilter(u"a"_s, now())));
    }

    void everyExampleOfTheHelpReads()
    {
        for (const FilterKeyHelp& help : filterKeys()) {
            QVERIFY2(readFilter(help.example, now()), qPrintable(help.example));
            for (const QString& value : help.values)
                QVERIFY2(readFilter(help.name + u':' + value, now()), qPrintable(value));
        }
    }
};

QTEST_APPLESS_MAIN(FilterTest)
#include "tst_filter.moc"
