// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/filter/bar_fixture.h"
#include "ui/filter/filter_buttons.h"
#include "ui/filter/filter_history.h"
#include "ui/filter/save_filter_popup.h"
#include "ui/session/saved_filters.h"

#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;
using test_support::BarFixture;

class TestFilterBar : public QObject {
    Q_OBJECT

    static QToolButton* button(const BarFixture& fixture, const QString& name)
    {
        const auto all = fixture.bar->findChildren<QToolButton*>();
        for (QToolButton* each : all) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    /// The text of the labels that a popup shows.
    static QString said(const QWidget* popup)
    {
        QStringList lines;
        const auto labels = popup->findChildren<QLabel*>();
        for (const QLabel* label : labels) {
            if (label->isVisible())
                lines << label->text();
        }
        return lines.join(u'\n');
    }
    static QMenu* openMenu(const BarFixture& fixture, const QString& name)
    {
        QTest::mouseClick(button(fixture, name), Qt::LeftButton);
        const auto menus = fixture.bar->findChildren<QMenu*>();
        return menus.isEmpty() ? nullptr : menus.constLast();
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void enterAppliesWhatIsTyped()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"since:2h !owner:u-99"_s);
        QCOMPARE(fixture.applied->count(), 0);
        QCOMPARE(fixture.chips(), QStringList());
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.applied->count(), 1);
        QCOMPARE(fixture.chips(), (QStringList{u"since 2 h"_s, u"not owner u-99"_s}));
        QCOMPARE(fixture.draft->text(), QString());
        // the age stays an age in the text, and is a time in the filter
        QCOMPARE(fixture.bar->text(), u"since:2h !owner:u-99"_s);
        QCOMPARE(fixture.applied->constLast().at(1).toString(), fixture.bar->text());
        const auto filter = fixture.applied->constLast().at(0).value<core::jobs::Filter>();
        QVERIFY(core::jobs::toText(filter).startsWith(u"since:2"_s));
        QVERIFY(core::jobs::toText(filter).contains(u'T'));
        for (const ui::FilterChip* chip : fixture.field->chips())
            QCOMPARE(chip->size(), chip->sizeHint());
        fixture.type(u"has:error"_s);
        fixture.press(Qt::Key_Enter);
        QCOMPARE(fixture.bar->text(), u"since:2h !owner:u-99 has:error"_s);
        QCOMPARE(fixture.bar->height(), ui::scaled(32));
    }

    void alternativesStayOneChip()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"since:2h (status:failed OR has:error)"_s);
        QCOMPARE(fixture.chips(), (QStringList{u"since 2 h"_s, u"(status failed or has error)"_s}));
        fixture.bar->setText(u"status:failed OR has:error"_s);
        QCOMPARE(fixture.chips(), QStringList{u"status failed or has error"_s});
        // a further part narrows the whole of it
        fixture.type(u"owner:u-1"_s);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"(status:failed OR has:error) owner:u-1"_s);
        QCOMPARE(fixture.chips().size(), 2);
    }

    void nothingIsAppliedWhileTheTextIsWrong_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("offset");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("expected");

        QTest::newRow("unknown key") << u"foo:bar"_s << 0 << u"no key 'foo'"_s << u"The keys are status, type"_s;
        QTest::newRow("unknown value") << u"owner:a status:lost"_s << 15 << u"'lost' is none of"_s << u"For example status:failed"_s;
        QTest::newRow("no age") << u"since:soon"_s << 6 << u"is no age"_s << u"For example since:2h"_s;
        QTest::newRow("open parenthesis") << u"(a b"_s << 0 << u"never closed"_s << u""_s;
        QTest::newRow("open quote") << u"error:\"exit"_s << 6 << u"quote is never closed"_s << u"For example error:"_s;
        QTest::newRow("wrong in front of the cursor") << u"status:lost sta"_s << 7 << u"is none of"_s << u""_s;
    }
    void nothingIsAppliedWhileTheTextIsWrong()
    {
        QFETCH(QString, typed);
        QFETCH(QString, message);
        QFETCH(QString, expected);
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"since:24h"_s);
        fixture.applied->clear();
        fixture.type(typed);
        QTEST(static_cast<int>(fixture.draft->wrongOffset()), "offset");
        QVERIFY(fixture.showsError());
        QVERIFY2(said(fixture.popup()).contains(message), qUtf8Printable(said(fixture.popup())));
        QVERIFY2(said(fixture.popup()).contains(expected), qUtf8Printable(said(fixture.popup())));
        QVERIFY(fixture.draft->accessibleDescription().contains(message));
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.applied->count(), 0);
        QCOMPARE(fixture.bar->text(), u"since:24h"_s);
        QCOMPARE(fixture.draft->text(), typed);
        // and goes with the mistake
        fixture.press(Qt::Key_Escape);
        QVERIFY(!fixture.draft->isWrong());
        QVERIFY(!fixture.showsError());
        QCOMPARE(fixture.chips(), QStringList{u"since 24 h"_s});
    }

    void whatIsOnlyUnfinishedIsWrongOnEnter()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"status:"_s);
        QVERIFY(!fixture.draft->isWrong());
        QVERIFY(fixture.completes());
        fixture.press(Qt::Key_Return);
        QVERIFY(fixture.showsError());
        QCOMPARE(fixture.draft->wrongOffset(), 7);
        QCOMPARE(fixture.applied->count(), 0);
        fixture.type(u"f"_s);
        QVERIFY(fixture.completes());
        QVERIFY(!fixture.draft->isWrong());
    }

    void escapeRevertsToWhatIsApplied()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"since:2h owner:a"_s);
        fixture.press(Qt::Key_Backspace);
        fixture.type(u"bc"_s);
        QCOMPARE(fixture.chips(), QStringList{u"since 2 h"_s});
        fixture.press(Qt::Key_Escape);
        QCOMPARE(fixture.chips(), (QStringList{u"since 2 h"_s, u"owner a"_s}));
        QCOMPARE(fixture.draft->text(), QString());
        QCOMPARE(fixture.applied->count(), 1);
    }

    void backspaceAtTheStartReopensTheLastChip()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"since:2h owner:a"_s);
        fixture.type(u"x"_s);
        fixture.press(Qt::Key_Home);
        fixture.press(Qt::Key_Backspace);
        QCOMPARE(fixture.draft->text(), u"owner:a x"_s);
        QCOMPARE(fixture.draft->cursorPosition(), 7);
        fixture.type(u"b"_s);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"since:2h owner:ab x"_s);
        QCOMPARE(fixture.chips().size(), 3);
    }

    void theKeyboardWalksOverChipsAndRemovesThem()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"a b c"_s);
        fixture.applied->clear();
        fixture.press(Qt::Key_Left);
        QVERIFY(fixture.field->chips().at(2)->hasFocus());
        fixture.press(Qt::Key_Left);
        fixture.press(Qt::Key_Left);
        fixture.press(Qt::Key_Left);
        QVERIFY(fixture.field->chips().at(0)->hasFocus());
        fixture.press(Qt::Key_Right);
        fixture.press(Qt::Key_Delete);
        QCOMPARE(fixture.chips(), (QStringList{u"a"_s, u"c"_s}));
        QCOMPARE(fixture.bar->text(), u"a c"_s);
        QCOMPARE(fixture.applied->count(), 1);
        QVERIFY(fixture.field->chips().at(1)->hasFocus());
        fixture.press(Qt::Key_Right);
        QVERIFY(fixture.draft->hasFocus());
        fixture.press(Qt::Key_Left);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.draft->text(), u"c"_s);
        QVERIFY(fixture.draft->hasFocus());
        // in the middle of another change a removal waits for Enter
        fixture.press(Qt::Key_Home);
        fixture.press(Qt::Key_Left);
        fixture.press(Qt::Key_Delete);
        QCOMPARE(fixture.bar->text(), u"a c"_s);
        QVERIFY(fixture.draft->hasFocus());
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"c"_s);
    }

    void lettersTypedOnAChipGoToTheDraft()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"a"_s);
        fixture.press(Qt::Key_Left);
        fixture.type(u"x"_s);
        QVERIFY(fixture.draft->hasFocus());
        QCOMPARE(fixture.draft->text(), u"x"_s);
        fixture.press(Qt::Key_Home);
        fixture.press(Qt::Key_Left);
        fixture.press(Qt::Key_Escape);
        QCOMPARE(fixture.draft->text(), QString());
        QCOMPARE(fixture.chips(), QStringList{u"a"_s});
    }

    void theMouseRemovesAndOpensChips()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"a owner:b"_s);
        fixture.applied->clear();
        ui::FilterChip* first = fixture.field->chips().constFirst();
        QTest::mouseClick(first, Qt::LeftButton, {}, first->rect().center() - QPoint(8, 0));
        QCOMPARE(fixture.chips().size(), 2);
        QTest::mouseClick(first, Qt::LeftButton, {}, first->crossRect().center());
        QCOMPARE(fixture.chips(), QStringList{u"owner b"_s});
        QCOMPARE(fixture.bar->text(), u"owner:b"_s);
        QCOMPARE(fixture.applied->count(), 1);
        ui::FilterChip* last = fixture.field->chips().constFirst();
        QTest::mouseDClick(last, Qt::LeftButton, {}, QPoint(10, last->height() / 2));
        QCOMPARE(fixture.draft->text(), u"owner:b"_s);
        QCOMPARE(fixture.chips(), QStringList());
    }

    void aPastedExpressionBecomesChips_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QStringList>("chips");
        QTest::addColumn<QString>("draft");

        QTest::newRow("terms") << u"status:failed  since:2h"_s << QStringList{u"status failed"_s, u"since 2 h"_s} << u""_s;
        QTest::newRow("lines") << u"status:failed\n\"exit 1\"\n"_s << QStringList{u"status failed"_s, u"exit 1"_s} << u""_s;
        QTest::newRow("alternatives") << u"a OR b"_s << QStringList{u"a or b"_s} << u""_s;
        QTest::newRow("a word stays text") << u"exit"_s << QStringList{} << u"exit"_s;
        QTest::newRow("what is wrong stays text") << u"status:failed foo:bar"_s << QStringList{} << u"status:failed foo:bar"_s;
    }
    void aPastedExpressionBecomesChips()
    {
        QFETCH(QString, pasted);
        QFETCH(QStringList, chips);
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"owner:a"_s);
        fixture.applied->clear();
        QGuiApplication::clipboard()->setText(pasted);
        fixture.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(fixture.chips(), QStringList{u"owner a"_s} + chips);
        QTEST(fixture.draft->text(), "draft");
        QCOMPARE(fixture.applied->count(), 0);
        fixture.press(Qt::Key_Escape);
        QCOMPARE(fixture.chips(), QStringList{u"owner a"_s});
    }

    void setTextShowsWhatIsWrongAndKeepsWhatIsApplied()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"owner:a"_s);
        fixture.bar->setText(u"status:failed took:9"_s);
        QCOMPARE(fixture.applied->count(), 1);
        QCOMPARE(fixture.bar->text(), u"owner:a"_s);
        QCOMPARE(fixture.draft->text(), u"status:failed took:9"_s);
        QCOMPARE(fixture.draft->wrongOffset(), 19);
        QVERIFY(fixture.showsError());
        fixture.press(Qt::Key_Escape);
        QCOMPARE(fixture.chips(), QStringList{u"owner a"_s});
        fixture.bar->setText({});
        QCOMPARE(fixture.chips(), QStringList());
        QCOMPARE(fixture.applied->count(), 2);
        QVERIFY(core::jobs::takesAll(fixture.applied->constLast().at(0).value<core::jobs::Filter>()));
    }

    void hostileTextStaysPlainAndWhole_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("reads");
        QTest::newRow("rich text") << u"owner:\"<b>bold</b><img src=x>\""_s << true;
        QTest::newRow("direction marks") << u"owner:\"\u202Eevil\u2066\""_s << true;
        QTest::newRow("right to left") << u"message:\u05D0\u05D1\u05D2 \u0627\u0644"_s << true;
        QTest::newRow("very long value") << u"message:"_s + QString(4000, u'x') << true;
        QTest::newRow("many parts") << QString(u"owner:abcdefgh "_s).repeated(150).trimmed() << true;
        QTest::newRow("too long") << QString(20'000, u'w') << false;
        QTest::newRow("deep") << QString(500, u'(') + u'a' + QString(500, u')') << false;
        QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s << false;
        QTest::newRow("half a pair") << u"a"_s + QChar(0xd800) << false;
        QTest::newRow("wrong and rich") << u"<b>x</b>:y"_s << false;
    }
    void hostileTextStaysPlainAndWhole()
    {
        QFETCH(QString, text);
        QFETCH(bool, reads);
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(text);
        QCOMPARE(fixture.applied->count(), reads ? 1 : 0);
        QCOMPARE(fixture.bar->text(), reads ? text : QString());
        QCOMPARE(fixture.bar->height(), ui::scaled(32));
        QVERIFY(fixture.showsError() != reads);
        for (const ui::FilterChip* chip : fixture.field->chips()) {
            QVERIFY(!chip->accessibleName().contains(QChar(0x202e)));
            QVERIFY(!chip->toolTip().contains(u"<b>"_s));
            QVERIFY(chip->width() <= ui::scaled(360));
        }
        const auto labels = fixture.window.findChildren<QLabel*>();
        for (const QLabel* label : labels)
            QVERIFY(label->textFormat() == Qt::PlainText || label->text().isEmpty());
        QVERIFY(!fixture.window.grab().isNull());
    }

    void aLongFilterScrollsWithinTheField()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(QString(u"owner:abcdefgh "_s).repeated(40).trimmed());
        const auto& chips = fixture.field->chips();
        const auto shows = [&](const QWidget* child) {
            const QRect port = child->parentWidget()->rect();
            return port.contains(child->geometry().topLeft()) && child->x() < port.right();
        };
        QVERIFY(shows(fixture.draft));
        QVERIFY(!shows(chips.constFirst()));
        fixture.press(Qt::Key_Left);
        fixture.press(Qt::Key_Home);
        QVERIFY(chips.constFirst()->hasFocus());
        QVERIFY(shows(chips.constFirst()));
        fixture.press(Qt::Key_End);
        QVERIFY(shows(fixture.draft));
    }

    void theCountStandsThereUntilAPersonTypes()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setCountText(u"17 loaded"_s);
        auto* count = fixture.field->findChild<QLabel*>(u"filter-count"_s);
        QVERIFY(count->isVisible());
        QCOMPARE(count->text(), u"17 loaded"_s);
        fixture.type(u"a"_s);
        QVERIFY(!count->isVisible());
        fixture.press(Qt::Key_Return);
        QVERIFY(count->isVisible());
    }

    void aFilterIsSavedUnderAName()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        QSignalSpy changed(fixture.bar, &ui::FilterBar::savedFiltersChanged);
        auto* save = button(fixture, u"Save this filter"_s);
        QVERIFY(!save->isEnabled());
        for (const QString& filter : {u"owner:a"_s, u"owner:b"_s}) {
            fixture.bar->setText(filter);
            QTest::mouseClick(save, Qt::LeftButton);
            auto* popup = fixture.bar->findChild<ui::SaveFilterPopup*>();
            QVERIFY(popup);
            QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Return);    // no name: nothing
            QVERIFY(popup->isVisible());
            QTest::keyClicks(popup->findChild<QLineEdit*>(), u" Mine "_s);
            test_support::shoot(*popup, u"filter-save"_s);
            QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Return);
            QTRY_VERIFY(!fixture.bar->findChild<ui::SaveFilterPopup*>());
        }
        QCOMPARE(changed.count(), 2);
        const auto filters = ui::savedFilters(fixture.console.preferences, u"test"_s);
        QCOMPARE(filters.constLast(), (ui::SavedFilter{u"Mine"_s, u"owner:b"_s}));
        QCOMPARE(std::count_if(filters.begin(), filters.end(), [](const ui::SavedFilter& each) { return each.name == u"Mine"_s; }), 1);
    }

    void formerFiltersAreKeptAndComeBack()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        for (int i = 0; i < ui::filterHistoryLength + 5; ++i)
            fixture.bar->setText(u"owner:u-%1"_s.arg(i));
        fixture.bar->setText(u"owner:u-30"_s);
        fixture.bar->setText({});
        const QStringList kept = ui::filterHistory(fixture.console.preferences, u"test"_s);
        QCOMPARE(kept.size(), ui::filterHistoryLength);
        QCOMPARE(kept.constFirst(), u"owner:u-30"_s);
        QCOMPARE(kept.count(u"owner:u-30"_s), 1);
        QCOMPARE(ui::filterHistory(fixture.console.preferences, u"other"_s), QStringList());
        QMenu* menu = openMenu(fixture, u"Former filters"_s);
        QVERIFY(menu);
        QCOMPARE(menu->actions().at(1)->text(), u"owner:u-34"_s);
        menu->actions().at(1)->trigger();
        QCOMPARE(fixture.bar->text(), u"owner:u-34"_s);
        menu->close();
    }

    void theFilterIsCopiedAndCleared()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        QSignalSpy toast(&fixture.console.navigator, &ui::Navigator::toastAsked);
        fixture.bar->setText(u"error:\"it's\" since:2h"_s);
        QMenu* menu = openMenu(fixture, u"More for this filter"_s);
        QVERIFY(menu);
        menu->actions().at(0)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"error:\"it's\" since:2h"_s);
        menu->actions().at(1)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"signalboxctl jobs 'error:\"it'\\''s\" since:2h'"_s);
        QCOMPARE(toast.count(), 2);
        menu->actions().constLast()->trigger();
        QCOMPARE(fixture.bar->text(), QString());
        QCOMPARE(fixture.chips(), QStringList());
        menu->close();
        QCOMPARE(ui::commandForFilter(u"-x"_s), u"signalboxctl jobs -- '-x'"_s);
        QCOMPARE(ui::commandForFilter({}), u"signalboxctl jobs"_s);
    }

    void everyControlHasAName()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"since:24h !owner:u-99"_s);
        QVERIFY(fixture.draft->accessibleDescription().contains(u"since 24 h; not owner u-99"_s));
        const auto all = fixture.bar->findChildren<QWidget*>();
        for (const QWidget* each : all) {
            if (each->focusPolicy() != Qt::NoFocus)
                QVERIFY2(!each->accessibleName().isEmpty(), each->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestFilterBar)
#include "tst_filter_bar.moc"
