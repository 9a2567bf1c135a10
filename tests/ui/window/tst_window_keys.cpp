// SPDX-License-Identifier: Apache-2.0
// Keys that both the window and what is in it know, pressed as a person presses them.
#include "core/base/json_text.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/log_pane.h"
#include "ui/base/log_view.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_page.h"
#include "ui/media/transcript_view.h"
#include "ui/pages/frame/page_frame.h"
#include "ui/payload/json_tree.h"
#include "ui/payload/raw_area.h"
#include "ui/payload/raw_view.h"
#include "ui/payload/tree_view.h"
#include "ui/window/main_window.h"
#include "ui/window/sidebar.h"

#include <QLineEdit>
#include <QTableView>

using namespace Qt::StringLiterals;
using ui::MainWindow;
using ui::Page;

namespace {

const QByteArray document = "{\"one\": 1, \"two\": \"signal\"}";

core::tasks::TranscriptionGenerateOutput transcript()
{
    core::tasks::TranscriptionGenerateOutput said;
    core::tasks::TranscriptSegment segment;
    segment.startMs = 0;
    segment.endMs = 1000;
    segment.text = u"Good morning"_s;
    said.segments << segment;
    return said;
}

}

class WindowKeysTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_console.open(), QString());
        m_session = std::make_shared<ui::StoreSession>(m_console.session->profile());
        m_session->open();
        QTRY_VERIFY(m_session->isOpen());
        m_session->setLive(false);    // what is read is read because of a key
    }
    void init()
    {
        m_window = std::make_unique<MainWindow>(m_session, m_console.preferences);
        m_window->resize(1440, 900);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void ctrlFGoesToTheSearchOfThePaneThatOneIsIn_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : {u"tree"_s, u"raw"_s, u"log"_s, u"transcript"_s})
            QTest::newRow(qPrintable(name)) << name;
    }
    void ctrlFGoesToTheSearchOfThePaneThatOneIsIn()
    {
        QFETCH(QString, name);
        core::Lane lane;
        QWidget* place = m_window.get();
        QWidget* pane = nullptr;
        QWidget* rows = nullptr;
        if (name == u"tree"_s) {
            auto* tree = new ui::TreeView(lane, place);
            tree->setText(*core::JsonText::parse(document), {}, false);
            pane = tree;
            rows = &tree->tree();
        } else if (name == u"raw"_s) {
            auto* raw = new ui::RawView(lane, place);
            raw->setBytes(document, false);
            pane = raw;
            rows = raw->findChild<ui::RawArea*>();
        } else if (name == u"log"_s) {
            auto* log = new ui::LogPane(u"Log"_s, place);
            log->setLog("one\ntwo\n");
            pane = log;
            rows = log->view();
        } else {
            const ui::PayloadContext context{m_console.context(), {}, {}};
            pane = new ui::TranscriptView(context, transcript(), place);
            rows = pane->findChild<QTableView*>();
        }
        pane->setGeometry(300, 100, 700, 500);
        pane->show();
        pane->raise();
        QVERIFY(rows);
        rows->setFocus();
        QTRY_VERIFY(rows->hasFocus());
        QTest::keyClick(rows, Qt::Key_F, Qt::ControlModifier);
        auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(field && pane->isAncestorOf(field));
        QTest::keyClicks(field, u"x"_s);
        QTest::keyClick(field, Qt::Key_F, Qt::ControlModifier);    // in the field: all of it is chosen, to write anew
        QVERIFY(field->hasFocus());
        QCOMPARE(field->selectedText(), u"x"_s);
        delete pane;    // before its lane
    }

    void elsewhereCtrlFIsTheFilter()
    {
        m_window->showPage(Page::Queues);
        QTest::keyClick(m_window->findChild<ui::Sidebar*>(), Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), Page::Jobs);
        QVERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
    }

    void escLeadsFromTheFilterToTheListThatItMade()
    {
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(field);
        QTest::keyClicks(field, u"status:"_s);
        QTest::keyClick(field, Qt::Key_Escape);    // there is something to take back
        QVERIFY(field->hasFocus());
        QCOMPARE(field->text(), QString());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(m_window->jobsPage().isAncestorOf(QApplication::focusWidget()));
        QVERIFY(!field->hasFocus());
    }

    void f5ReadsThePageAgain_data()
    {
        QTest::addColumn<Page>("page");
        const auto pages = ui::allPages();
        for (const Page page : pages) {
            if (page != Page::Jobs)
                QTest::newRow(qPrintable(ui::pageTitle(page))) << page;
        }
    }
    void f5ReadsThePageAgain()
    {
        QFETCH(Page, page);
        m_window->showPage(page);
        auto* frame = qobject_cast<ui::PageFrame*>(m_window->pageWidget(page));
        QVERIFY(frame);
        QList<QWidget*> places{frame, m_window->findChild<ui::Sidebar*>()};
        if (auto* field = frame->findChild<QLineEdit*>(); field && field->isVisible())
            places << field;
        for (QWidget* place : places) {
            QTRY_VERIFY(!frame->isReading());
            place->setFocus();
            QTest::keyClick(place, Qt::Key_F5);
            QVERIFY2(frame->isReading(), place->metaObject()->className());
        }
    }

private:
    test_support::ConsoleFixture m_console;
    std::shared_ptr<ui::StoreSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(WindowKeysTest)
#include "tst_window_keys.moc"
