// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/acts/act_dialog.h"
#include "ui/acts/bulk_result_dialog.h"
#include "ui/acts/bulk_text.h"

#include <QAccessible>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using core::tasks::BulkAnswer;
using core::tasks::BulkResult;
using ui::ActDialog;
using ui::Environment;

/// What every dialog that changes something does, and the result of an act on many.
class TestActDialog : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void enterRunsNothingAndEscCloses();
    void theActIsReachedByKeyboardAlone();
    void anActOnManyWantsAReason();
    void productionWantsNameAndNumber_data();
    void productionWantsNameAndNumber();
    void everyPartHasAName();
    void aResultIsNarrowedAndExported();
    void aLargeResultIsDrawnAtOnce();

private:
    static ui::ConnectionProfile profile(Environment environment)
    {
        ui::ConnectionProfile profile;
        profile.name = u"media prod"_s;
        profile.environment = environment;
        return profile;
    }
    static ActDialog* open(Environment environment, qint64 targets)
    {
        auto* dialog = new ActDialog(profile(environment), u"Cancel jobs"_s, nullptr);
        dialog->setScope(u"3 jobs"_s, u"that match type:media-probe"_s, true);
        dialog->setTargets(targets);
        dialog->setAct(u"Cancel 3 jobs"_s);
        dialog->open();
        return QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
    }
    static QPushButton* button(QWidget* in, const QString& text)
    {
        for (auto* each : in->findChildren<QPushButton*>()) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }
    static QLineEdit* field(QWidget* in, const QString& name)
    {
        for (auto* each : in->findChildren<QLineEdit*>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    static BulkAnswer answer()
    {
        BulkAnswer made;
        made.asked = 6;
        made.add({{u"id-1"_s, BulkResult::Acted, {}, {}, {}, {}},
                  {u"id-2"_s, BulkResult::Skipped, u"job_terminal"_s, u"Job id-2 is DONE already"_s, u"DONE"_s, {}},
                  {u"id,3"_s, BulkResult::Failed, u"store_io"_s, u"disk, \"full\""_s, {}, {}},
                  {u"id-4"_s, BulkResult::Acted, {}, {}, {}, {}}});
        return made;
    }
};

void TestActDialog::enterRunsNothingAndEscCloses()
{
    QPointer<ActDialog> dialog = open(Environment::Embedded, 1);
    QVERIFY(dialog);
    QSignalSpy asked(dialog, &ActDialog::actAsked);
    QVERIFY(button(dialog, u"Cancel 3 jobs"_s)->isEnabled());
    QVERIFY(field(dialog, u"Reason"_s)->hasFocus());
    QTest::keyClick(field(dialog, u"Reason"_s), Qt::Key_Return);
    button(dialog, u"Cancel 3 jobs"_s)->setFocus();
    QTest::keyClick(button(dialog, u"Cancel 3 jobs"_s), Qt::Key_Return);
    QTest::keyClick(button(dialog, u"Cancel 3 jobs"_s), Qt::Key_Enter);
    QCOMPARE(asked.count(), 0);
    QVERIFY(dialog && dialog->isVisible());
    QTest::keyClick(dialog.data(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QCOMPARE(asked.count(), 0);
}

void TestActDialog::theActIsReachedByKeyboardAlone()
{
    QPointer<ActDialog> dialog = open(Environment::Embedded, 3);
    QVERIFY(dialog);
    QSignalSpy asked(dialog, &ActDialog::actAsked);
    QTest::keyClicks(QApplication::focusWidget(), u"wrong file"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), button(dialog, u"Close"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), button(dialog, u"Cancel 3 jobs"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(dialog->reason(), u"wrong file"_s);
    delete dialog;
}

void TestActDialog::anActOnManyWantsAReason()
{
    QPointer<ActDialog> dialog = open(Environment::Embedded, 3);
    QPushButton* act = button(dialog, u"Cancel 3 jobs"_s);
    QVERIFY(!act->isEnabled() && !act->toolTip().isEmpty());
    field(dialog, u"Reason"_s)->setText(u"   "_s);
    QVERIFY(!act->isEnabled());
    QTest::keyClicks(field(dialog, u"Reason"_s), u"why"_s);
    QVERIFY(act->isEnabled());
    dialog->setBusy(true);
    QVERIFY(!act->isEnabled());
    dialog->setBusy(false);
    dialog->setAct(u"Cancel 3 jobs"_s, u"Something is missing"_s);
    QVERIFY(!act->isEnabled());
    QCOMPARE(act->toolTip(), u"Something is missing"_s);
    delete dialog;
}

void TestActDialog::productionWantsNameAndNumber_data()
{
    QTest::addColumn<int>("environment");
    QTest::addColumn<int>("targets");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isOn");
    const int production = static_cast<int>(Environment::Production);
    QTest::newRow("nothing typed") << production << 1131 << u""_s << false;
    QTest::newRow("only the name") << production << 1131 << u"media prod"_s << false;
    QTest::newRow("only the number") << production << 1131 << u"1131"_s << false;
    QTest::newRow("another number") << production << 1131 << u"media prod 1130"_s << false;
    QTest::newRow("both") << production << 1131 << u"media prod 1131"_s << true;
    QTest::newRow("with a comma and blanks") << production << 1131 << u" media  prod 1,131 "_s << true;
    QTest::newRow("one target") << production << 1 << u""_s << true;
    QTest::newRow("staging") << static_cast<int>(Environment::Staging) << 1131 << u""_s << true;
}

void TestActDialog::productionWantsNameAndNumber()
{
    QFETCH(int, environment);
    QFETCH(int, targets);
    QFETCH(QString, typed);
    QFETCH(bool, isOn);
    QPointer<ActDialog> dialog = open(static_cast<Environment>(environment), targets);
    QVERIFY(dialog);
    QTest::keyClicks(field(dialog, u"Reason"_s), u"why"_s);
    QLineEdit* confirmation = field(dialog, u"Confirmation"_s);
    QCOMPARE(confirmation->isVisible(), environment == static_cast<int>(Environment::Production) && targets > 1);
    if (confirmation->isVisible())
        QTest::keyClicks(confirmation, typed);
    QCOMPARE(button(dialog, u"Cancel 3 jobs"_s)->isEnabled(), isOn);
    if (qstrcmp(QTest::currentDataTag(), "only the name") == 0)
        test_support::shoot(*dialog, u"act-production"_s);
    delete dialog;
}

void TestActDialog::everyPartHasAName()
{
    QPointer<ActDialog> dialog = open(Environment::Production, 3);
    const auto children = dialog->findChildren<QWidget*>();
    for (QWidget* child : children) {
        if (child->focusPolicy() == Qt::NoFocus || !child->isVisible())
            continue;
        QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(child);
        QVERIFY2(!seen->text(QAccessible::Name).isEmpty(), child->metaObject()->className());
    }
    delete dialog;
}

void TestActDialog::aResultIsNarrowedAndExported()
{
    ui::BulkResultDialog dialog(profile(Environment::Development), u"Cancel 6 jobs"_s, answer(), u"cancelled"_s, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QCOMPARE(ui::bulkSummary(answer(), u"cancelled"_s), u"2 cancelled, 1 skipped, 1 failed; aborted, 2 not reached"_s);
    const auto rows = [&] { return dialog.findChild<QTableView*>()->model()->rowCount(); };
    const auto cell = [&](int row, int column) {
        const auto* model = dialog.findChild<QTableView*>()->model();
        return model->index(row, column).data().toString();
    };
    QCOMPARE(rows(), 2);    // what needs a person first
    QCOMPARE(cell(0, 2), u"It had ended already, as DONE."_s);
    QCOMPARE(cell(1, 0), u"Failed"_s);
    test_support::shoot(dialog, u"bulk-result"_s);
    dialog.findChild<QComboBox*>()->setCurrentIndex(0);
    QCOMPARE(rows(), 4);

    QTemporaryDir folder;
    QSignalSpy exported(&dialog, &ui::BulkResultDialog::exported);
    const auto isWritten = [&](const QString& name, ui::BulkFormat format) {
        dialog.exportTo(folder.filePath(name), format);
        return exported.wait() && exported.takeLast().constFirst().toBool();
    };
    QVERIFY(isWritten(u"r.csv"_s, ui::BulkFormat::Csv));
    QFile csv(folder.filePath(u"r.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll(), "id,result,code,message,status,new_job_id\r\nid-1,acted,,,,\r\n"
                            "id-2,skipped,job_terminal,Job id-2 is DONE already,DONE,\r\n"
                            "\"id,3\",failed,store_io,\"disk, \"\"full\"\"\",,\r\nid-4,acted,,,,\r\n"_ba);
    QVERIFY(isWritten(u"r.json"_s, ui::BulkFormat::Json));
    QFile json(folder.filePath(u"r.json"_s));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const QJsonObject read = QJsonDocument::fromJson(json.readAll()).object();
    QCOMPARE(read[u"not_reached"].toInt(), 2);
    QCOMPARE(read[u"rows"].toArray().size(), 4);
    QCOMPARE(read[u"rows"][2][u"message"].toString(), u"disk, \"full\""_s);
    QVERIFY(read[u"rows"][0][u"code"].isNull());
    QVERIFY(!isWritten(u"no/such/folder.csv"_s, ui::BulkFormat::Csv));
}

void TestActDialog::aLargeResultIsDrawnAtOnce()
{
    BulkAnswer large;
    large.asked = 100'000;
    QList<core::tasks::BulkRow> rows;
    for (int i = 0; i < 100'000; ++i)
        rows.append({u"id-%1"_s.arg(i), i % 10 == 0 ? BulkResult::Skipped : BulkResult::Acted, {}, {}, {}, {}});
    large.add(rows);
    ui::BulkResultDialog dialog(profile(Environment::Embedded), u"Cancel 100,000 jobs"_s, large, u"cancelled"_s, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QCOMPARE(dialog.findChild<QTableView*>()->model()->rowCount(), 10'000);
}

QTEST_MAIN(TestActDialog)
#include "tst_act_dialog.moc"
