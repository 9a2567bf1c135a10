// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/error_bar.h"
#include "ui/base/row_table.h"
#include "ui/diff/diff_table.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/journal/journal_page.h"
#include "ui/pages/journal/undo_dialog.h"

#include <QAbstractItemModelTester>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

QPushButton* button(QWidget& parent, const QString& text)
{
    const auto all = parent.findChildren<QPushButton*>();
    for (QPushButton* one : all) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

}

class JournalActsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_console = std::make_unique<test_support::ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
        m_page = std::make_unique<ui::JournalPage>(m_console->context());
        m_page->resize(1236, 720);
        m_page->show();
        QTRY_VERIFY(!m_page->isReading());
    }
    void cleanup()
    {
        m_page.reset();
        m_console.reset();
    }

    void aChangeIsShownByItsKeys()
    {
        const core::PresetId id = save({}, {});
        core::captions::CaptionStyle style;
        style.outline = 9;
        QCOMPARE(save(id, style), id);
        choose(0, 2);
        const QAbstractItemModelTester tester(&m_page->changes().diff(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(m_page->changes().diff().rowCount(), 1);
        const ui::DiffRow row = m_page->changes().diff().rows().constFirst();
        QCOMPARE(row.mark, ui::DiffMark::Changed);
        QCOMPARE(row.cells, (QStringList{u"style \u203a outline"_s, u"3"_s, u"9"_s}));
        QVERIFY(m_page->changes().isVisible());
        test_support::shoot(*m_page, u"journal-change"_s);
        m_page->list().table().selectRow(1);    // it was made: every key is new
        QTRY_VERIFY(m_page->changes().diff().rowCount() > 1);
        for (const ui::DiffRow& one : m_page->changes().diff().rows())
            QCOMPARE(one.mark, ui::DiffMark::Added);
        m_page->changes().setFocus();
        m_page->changes().selectRow(0);
        QVERIFY(m_page->changes().selectedText().startsWith(u"+\t"_s));
    }

    void anActIsUndoneAfterAsking_data()
    {
        QTest::addColumn<QString>("act");
        QTest::addColumn<QString>("buttonText");
        QTest::newRow("made") << u"make"_s << u"Delete the preset"_s;
        QTest::newRow("changed") << u"change"_s << u"Change the preset back"_s;
        QTest::newRow("deleted") << u"delete"_s << u"Bring the preset back"_s;
        QTest::newRow("paused") << u"pause"_s << u"Resume the queue"_s;
        QTest::newRow("resumed") << u"resume"_s << u"Pause the queue"_s;
    }
    void anActIsUndoneAfterAsking()
    {
        QFETCH(QString, act);
        QFETCH(QString, buttonText);
        const int acts = doAct(act);
        const QString before = state();
        choose(0, acts);
        QCOMPARE(m_page->whyNotUndo(), QString());
        QPointer dialog = askUndo();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QCOMPARE(state(), before);    // asking changes nothing
        QPushButton* undo = button(*dialog, buttonText);
        QVERIFY(undo && undo->isEnabled());
        test_support::shoot(*dialog, u"undo-"_s + act);
        undo->setFocus();
        QTest::keyClick(undo, Qt::Key_Return);    // Enter never acts
        QVERIFY(dialog->isVisible() && state() == before);
        QTest::keyClick(undo, Qt::Key_Space);
        QTRY_VERIFY(!dialog);
        QVERIFY(state() != before);
        QTRY_COMPARE(m_page->list().table().rows().rowCount(), acts + 1);
        QVERIFY(m_console->store.backend->journal(1).wait()->constFirst().reason.startsWith(u"Undoes "_s));
    }

    void whatWasChangedSinceStaysAndIsTold()
    {
        QCOMPARE(doAct(u"pause"_s), 1);
        choose(0, 1);
        QPointer dialog = askUndo();
        QVERIFY(dialog);
        QVERIFY(m_console->store.backend->setQueuePaused(m_console->store.caller, false).wait());
        QTest::mouseClick(button(*dialog, u"Resume the queue"_s), Qt::LeftButton);
        auto* error = dialog->findChild<ui::ErrorBar*>();
        QTRY_VERIFY(error->isVisible());
        QCOMPARE(error->error().code, u"undo_overtaken"_s);
        QVERIFY(!button(*dialog, u"Resume the queue"_s)->isEnabled());
        test_support::shoot(*dialog, u"undo-overtaken"_s);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
    }

    void whatHasNoInverseSaysSo()
    {
        QVERIFY(QDir().mkpath(m_console->store.path(u"inputs"_s)));
        QFile file(m_console->store.path(u"inputs/a.wav"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("sound") > 0);
        file.close();
        const auto job = m_console->store.submit(core::JobType::MediaProbe, {{"file_path", "inputs/a.wav"}});
        QVERIFY2(job, job ? "" : qPrintable(job.error().message));
        QVERIFY(m_console->store.backend->cancel(m_console->store.caller, job->jobId, u"late"_s).wait());
        m_page->refresh();
        QTRY_VERIFY(m_page->list().table().rows().rowCount() > 0);
        m_page->list().table().selectRow(0);
        QCOMPARE(m_page->whyNotUndo(), u"cancel cannot be undone."_s);
        QVERIFY(!m_page->undoCurrent());
        QVERIFY(!undoButton()->isEnabled());
    }

    void aReadOnlyConnectionSaysWhyBeforeOneTries()
    {
        test_support::ConsoleFixture console;
        QCOMPARE(console.open(0, true), QString());
        QVERIFY(console.store.backend->setQueuePaused(console.store.caller, true).wait());
        ui::JournalPage page(console.context());
        page.show();
        QTRY_COMPARE(page.list().table().rows().rowCount(), 1);
        page.list().table().selectRow(0);
        QCOMPARE(page.whyNotUndo(), console.session->capabilities().whyReadOnly);
        QVERIFY(!page.whyNotUndo().isEmpty() && !page.undoCurrent());
    }

private:
    [[nodiscard]] core::PresetId save(const std::optional<core::PresetId>& id, const core::captions::CaptionStyle& style)
    {
        return m_console->store.backend->savePreset(m_console->store.caller, {id, u"Mine"_s, style, u"ann"_s})
            .wait()
            .value_or(core::PresetId{});
    }
    /// How many journal rows it made.
    [[nodiscard]] int doAct(const QString& act)
    {
        auto& backend = *m_console->store.backend;
        const auto& caller = m_console->store.caller;
        if (act == u"pause"_s || act == u"resume"_s) {
            const bool first = backend.setQueuePaused(caller, true).wait().has_value();
            if (act == u"pause"_s)
                return first ? 1 : 0;
            return backend.setQueuePaused(caller, false).wait() ? 2 : 0;
        }
        const core::PresetId id = save({}, {});
        if (act == u"make"_s)
            return 1;
        if (act == u"delete"_s)
            return backend.removePreset(caller, id).wait() ? 2 : 0;
        core::captions::CaptionStyle style;
        style.bold = true;
        style.primaryColor = u"#00FF00"_s;
        return save(id, style) == id ? 2 : 0;
    }
    /// What the acts here can change, as text.
    [[nodiscard]] QString state() const
    {
        QString text = m_console->store.backend->queueState().wait()->paused ? u"paused"_s : u"open"_s;
        const auto presets = m_console->store.backend->presets().wait();
        for (const auto& preset : *presets)
            text += u' ' + preset.id.text + preset.style.primaryColor;
        return text;
    }
    void choose(int row, int rows)
    {
        m_page->refresh();
        QTRY_COMPARE(m_page->list().table().rows().rowCount(), rows);
        m_page->list().table().selectRow(row);
    }
    [[nodiscard]] QToolButton* undoButton() const
    {
        const auto all = m_page->findChildren<QToolButton*>();
        for (QToolButton* one : all) {
            if (one->text() == u"Undo\u2026"_s)
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] ui::UndoDialog* askUndo() const
    {
        QTest::mouseClick(undoButton(), Qt::LeftButton);
        return m_page->findChild<ui::UndoDialog*>();
    }

    std::unique_ptr<test_support::ConsoleFixture> m_console;
    std::unique_ptr<ui::JournalPage> m_page;
};

QTEST_MAIN(JournalActsTest)
#include "tst_journal_acts.moc"
