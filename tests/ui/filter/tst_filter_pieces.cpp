// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter.h"
#include "ui/filter/filter_pieces.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestFilterPieces : public QObject {
    Q_OBJECT

    static constexpr core::Time now = core::Time(std::chrono::hours(24 * 365 * 50));

private slots:
    void aFilterFallsIntoItsParts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        QTest::addColumn<QStringList>("words");

        QTest::newRow("nothing") << u"  "_s << QStringList{} << QStringList{};
        QTest::newRow("terms") << u"since:24h  !owner:u-99"_s << QStringList{u"since:24h"_s, u"!owner:u-99"_s}
                               << QStringList{u"since 24 h"_s, u"not owner u-99"_s};
        QTest::newRow("a list") << u"status:failed,cancelled"_s << QStringList{u"status:failed,cancelled"_s}
                                << QStringList{u"status failed, cancelled"_s};
        QTest::newRow("quotes") << u"error:\"exit 1\" \"a ) b\""_s << QStringList{u"error:\"exit 1\""_s, u"\"a ) b\""_s}
                                << QStringList{u"error exit 1"_s, u"a ) b"_s};
        QTest::newRow("escapes") << u"\"say \\\"x y\\\"\" b"_s << QStringList{u"\"say \\\"x y\\\"\""_s, u"b"_s}
                                 << QStringList{u"say \"x y\""_s, u"b"_s};
        QTest::newRow("empty value") << u"owner:\"\""_s << QStringList{u"owner:\"\""_s} << QStringList{u"owner \"\""_s};
        QTest::newRow("amounts") << u"took:>=30s attempt:>2 before:15m"_s << QStringList{u"took:>=30s"_s, u"attempt:>2"_s, u"before:15m"_s}
                                 << QStringList{u"took ≥ 30 s"_s, u"attempt > 2"_s, u"before 15 min"_s};
        QTest::newRow("alternatives") << u"since:2h status:failed OR type:media-convert"_s
                                      << QStringList{u"since:2h status:failed OR type:media-convert"_s}
                                      << QStringList{u"since 2 h status failed or type media-convert"_s};
        QTest::newRow("parentheses") << u"since:2h (status:failed OR has:error) !(a b)"_s
                                     << QStringList{u"since:2h"_s, u"(status:failed OR has:error)"_s, u"!(a b)"_s}
                                     << QStringList{u"since 2 h"_s, u"(status failed or has error)"_s, u"not (a b)"_s};
        QTest::newRow("side by side without a blank")
            << u"(a)(b)c"_s << QStringList{u"(a)"_s, u"(b)"_s, u"c"_s} << QStringList{u"(a)"_s, u"(b)"_s, u"c"_s};
        QTest::newRow("AND") << u"a AND b"_s << QStringList{u"a"_s, u"b"_s} << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("AND as a word") << u"AND AND a AND AND"_s << QStringList{u"\"AND\""_s, u"a"_s, u"\"AND\""_s}
                                       << QStringList{u"AND"_s, u"a"_s, u"AND"_s};
        QTest::newRow("OR as a word") << u"!OR a"_s << QStringList{u"!OR"_s, u"a"_s} << QStringList{u"not OR"_s, u"a"_s};
        QTest::newRow("twice not") << u"!!a"_s << QStringList{u"!!a"_s} << QStringList{u"a"_s};
    }
    void aFilterFallsIntoItsParts()
    {
        QFETCH(QString, text);
        const auto pieces = ui::filterPieces(text, now);
        QStringList texts, words;
        for (const auto& piece : pieces) {
            texts << piece.text;
            words << ui::readableText(piece);
        }
        QTEST(texts, "pieces");
        QTEST(words, "words");
        const auto whole = core::jobs::readFilter(text, now);
        const auto parts = core::jobs::readFilter(ui::composedFilter(pieces, {}, now).text, now);
        QVERIFY(whole && parts);
        QCOMPARE(*parts, *whole);
    }

    void aDraftNarrowsWhatStandsBeforeIt_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("draft");
        QTest::addColumn<QString>("text");

        QTest::newRow("first") << u""_s << u"a OR b"_s << u"a OR b"_s;
        QTest::newRow("term") << u"since:2h"_s << u"a"_s << u"since:2h a"_s;
        QTest::newRow("alternatives") << u"since:2h"_s << u"a OR b"_s << u"since:2h (a OR b)"_s;
        QTest::newRow("after alternatives") << u"a OR b"_s << u"c"_s << u"(a OR b) c"_s;
        QTest::newRow("going on with OR") << u"a b"_s << u"OR c"_s << u"a b OR c"_s;
        QTest::newRow("going on with AND") << u"a"_s << u"AND c"_s << u"a AND c"_s;
        QTest::newRow("no help for what is wrong") << u"a"_s << u"b) OR (c"_s << u"a b) OR (c"_s;
    }
    void aDraftNarrowsWhatStandsBeforeIt()
    {
        QFETCH(QString, before);
        QFETCH(QString, draft);
        QFETCH(QString, text);
        const auto whole = ui::composedFilter(ui::filterPieces(before, now), draft, now);
        QCOMPARE(whole.text, text);
        QCOMPARE(whole.text.mid(whole.draftOffset, draft.size()), draft);
    }

    void aNegatedPartIsMarked()
    {
        const auto pieces = ui::filterPieces(u"!a !!b !(c d) e"_s, now);
        QList<bool> negated;
        for (const auto& piece : pieces)
            negated << piece.isNegated;
        QCOMPARE(negated, (QList<bool>{true, false, true, false}));
    }

    void hostileTextIsShownAsOnePlainLine()
    {
        const auto pieces = ui::filterPieces(u"owner:\"a\u202Eb<b>x</b>\""_s, now);
        QCOMPARE(pieces.size(), 1);
        const QString words = ui::readableText(pieces.constFirst());
        QVERIFY(!words.contains(QChar(0x202e)));
        QVERIFY(words.contains(u"<b>x</b>"_s));
    }
};

QTEST_APPLESS_MAIN(TestFilterPieces)
#include "tst_filter_pieces.moc"
