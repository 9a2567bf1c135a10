// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/error_bar.h"
#include "ui/base/row_table.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/frame/paged_rows.h"
#include "ui/pages/journal/journal_page.h"

#include <QFile>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

/// A page that counts how often it asks.
class CountingPage final : public ui::PageFrame {
public:
    explicit CountingPage(const ui::UiContext& context) : PageFrame(context, u"Counting"_s, nullptr) { addFilterField(); }
    int asked = 0;
    int answers = 0;

protected:
    void reload() override
    {
        ++asked;
        ask(backend().journalPage({}, 10), [this](const core::jobs::JournalPage&) { ++answers; });
    }
};

/// A page whose answer comes only once it is given up.
class EndlessPage final : public ui::PageFrame {
public:
    explicit EndlessPage(const ui::UiContext& context) : PageFrame(context, u"Endless"_s, nullptr) {}
    int asked = 0;
    std::shared_ptr<std::atomic<int>> givenUp = std::make_shared<std::atomic<int>>(0);

protected:
    void reload() override
    {
        ++asked;
        const auto answer = std::make_shared<core::Promise<bool>>();
        const core::backend::ReadHandle read = aRead();
        QVERIFY(read.begin([answer, counter = givenUp] {
            ++*counter;
            answer->finish(core::failure(core::ErrorKind::Cancelled, u"interrupted"_s, u"It was given up"_s));
        }));
        ask(answer->pending(), [](bool) {});
    }
};

}

class PageRefreshTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test_support::useConsoleLook();
        m_console = std::make_unique<test_support::ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
    }
    void cleanup() { m_console.reset(); }

    void aHiddenPageAsksNothing()
    {
        CountingPage page(m_console->context());
        CountingPage witness(m_console->context());
        witness.show();
        QTRY_COMPARE(witness.answers, 1);
        submit();
        QTRY_VERIFY_WITH_TIMEOUT(witness.answers >= 2, 10'000);
        QCOMPARE(page.asked, 0);
    }

    void whatNobodyWaitsForAnyMoreIsGivenUp()
    {
        std::shared_ptr<std::atomic<int>> givenUp;
        {
            EndlessPage page(m_console->context());
            givenUp = page.givenUp;
            page.show();
            QTRY_COMPARE(page.asked, 1);
            QCOMPARE(givenUp->load(), 0);
            page.refresh();    // another question in place of the first
            QCOMPARE(givenUp->load(), 1);
            page.hide();
            QCOMPARE(givenUp->load(), 2);
            QVERIFY(!page.isReading());
            bool isBehind = false;
            QMetaObject::invokeMethod(
                &page, [&] { isBehind = true; }, Qt::QueuedConnection);    // behind the answers
            QTRY_VERIFY(isBehind);
            QVERIFY(page.findChild<ui::ErrorBar*>()->isHidden());    // nothing went wrong
            m_console->session->setLive(false);
            page.show();    // it is owed the answer that was given up, live or not
            QTRY_COMPARE(page.asked, 3);
        }
        QCOMPARE(givenUp->load(), 3);
    }

    void changesComeTogether()
    {
        CountingPage page(m_console->context());
        QSignalSpy changed(m_console->session.get(), &ui::StoreSession::changed);
        page.show();
        QTRY_COMPARE(page.answers, 1);
        QElapsedTimer time;
        time.start();
        while (changed.count() < 5) {
            submit();
            QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, 5000);
            const auto before = changed.count();
            submit();
            QTRY_VERIFY_WITH_TIMEOUT(changed.count() > before, 5000);
        }
        QVERIFY(page.asked <= 2 + time.elapsed() / 2000);
        QTRY_VERIFY_WITH_TIMEOUT(page.answers >= 2, 6000);
    }

    void liveOffStopsAsking()
    {
        CountingPage page(m_console->context());
        page.show();
        QTRY_COMPARE(page.answers, 1);
        m_console->session->setLive(false);
        const int before = page.asked;
        emit m_console->session->changedMuch();
        QCOMPARE(page.asked, before);
        QTest::keyClick(&page, Qt::Key_F5);    // a person may always ask
        QTRY_COMPARE(page.asked, before + 1);
        emit m_console->session->changedMuch();
        m_console->session->setLive(true);    // what was missed is read
        QTRY_VERIFY_WITH_TIMEOUT(page.asked > before + 1, 6000);
    }

    void aWrongFilterSaysSoAndChangesNothing()
    {
        CountingPage page(m_console->context());
        page.show();
        QTRY_COMPARE(page.answers, 1);
        auto* field = page.findChild<QLineEdit*>();
        QTest::keyClicks(field, u"status:"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(page.filterText(), QString());
        QCOMPARE(page.asked, 1);
        field->selectAll();
        QTest::keyClicks(field, u"type:captions"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(page.filterText().startsWith(u"type:"_s));
        QTRY_COMPARE(page.answers, 2);
        field->clear();
        QTRY_COMPARE(page.answers, 3);
        QCOMPARE(page.filterText(), QString());
    }

    void aRefreshMakesOnlyTheRowsThatWereRead()
    {
        const auto pageOf = [](int from, int count, bool more) {
            core::PageOf<int> page;
            for (int i = from; i < from + count; ++i)
                page.rows << i;
            if (more)
                page.next = core::PageKey{};
            return page;
        };
        ui::PagedRows<int> rows;
        int made = 0;
        const auto shown = [&] {
            QStringList keys;
            const QList<ui::PageRow>& all = rows.shown([&made](int row) {
                ++made;
                return ui::PageRow{QString::number(row), {}, {}};
            });
            for (const ui::PageRow& row : all)
                keys << row.key;
            return keys;
        };
        const auto numbers = [](int from, int to) {
            QStringList keys;
            for (int i = from; i < to; ++i)
                keys << QString::number(i);
            return keys;
        };
        const auto same = [](int a, int b) { return a == b; };
        rows.takeTop(pageOf(100, 20, true), same);
        QCOMPARE(shown(), numbers(100, 120));
        rows.takeMore(pageOf(120, 200, true));
        QCOMPARE(shown(), numbers(100, 320));
        made = 0;
        rows.takeTop(pageOf(95, 20, true), same);    // five came
        QCOMPARE(shown(), numbers(95, 320));
        QCOMPARE(made, 20);
        rows.takeTop(pageOf(0, 20, true), same);    // so many that the two do not meet
        QCOMPARE(shown(), numbers(0, 20));
        rows.takeTop(pageOf(0, 3, false), same);
        QCOMPARE(shown(), numbers(0, 3));
        QVERIFY(!rows.next);
    }

    void aStoreThatFailsIsAnErrorBarAndHeals()
    {
        submit();
        ui::JournalPage page(m_console->context());
        page.resize(900, 500);
        page.show();
        QTRY_COMPARE(page.list().table().rows().rowCount(), 1);
        auto* bar = page.findChild<ui::ErrorBar*>();
        QVERIFY(!bar->isVisible());
        breakTable(true);
        page.refresh();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(!bar->error().code.isEmpty());
        QCOMPARE(page.list().table().rows().rowCount(), 1);    // what it showed stays
        breakTable(false);
        emit bar->retryAsked();
        QTRY_VERIFY(!bar->isVisible());
    }

private:
    void submit()
    {
        QVERIFY(m_console->store.backend->importFile(m_console->store.caller, filePath()).wait());
        core::tasks::SubmitRequest request;
        request.type = core::JobType::MediaProbe;
        request.input = R"({"file_path":"inputs/x.mp4"})";
        request.force = true;
        const auto answer = m_console->store.backend->submit(m_console->store.caller, request).wait();
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    }
    QString filePath()
    {
        QDir().mkpath(m_console->store.path(u"inputs"_s));
        QFile file(m_console->store.path(u"inputs/x.mp4"_s));
        if (!file.exists() && file.open(QIODevice::WriteOnly))
            file.write("x");
        return file.fileName();
    }
    void breakTable(bool broken)
    {
        core::database::DatabaseOptions options;
        options.path = m_console->store.options.storePath;
        auto database = core::database::Database::open(options);
        QVERIFY(database);
        QVERIFY((*database)->exec(broken ? "ALTER TABLE operator_journal RENAME TO lost" : "ALTER TABLE lost RENAME TO operator_journal"));
    }

    std::unique_ptr<test_support::ConsoleFixture> m_console;
};

QTEST_MAIN(PageRefreshTest)
#include "tst_page_refresh.moc"
