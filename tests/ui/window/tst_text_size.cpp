// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/window/main_window.h"
#include "ui/window/sidebar.h"

#include <QAction>
#include <QLabel>
#include <QPointer>

using namespace Qt::StringLiterals;
using test_support::ConsoleFixture;
using test_support::JobRows;
using ui::InspectorTab;
using ui::MainWindow;
using ui::Page;

/// What a window looks like after the text size has changed is what one looks like that was built at that size.
class TestTextSize : public QObject {
    Q_OBJECT

    /// Every page and tab built, a job shown.
    void openAll(MainWindow& window) const
    {
        window.resize(1440, 900);
        window.show();
        QTRY_VERIFY(window.jobsPage().model()->rowCount() > 0);
        for (const Page page : ui::allPages())
            window.showPage(page);
        window.showPage(Page::Jobs);
        window.showJob(m_failed);
        QTRY_VERIFY(!window.inspector().findChildren<QLabel*>().isEmpty());
        for (int tab = 0; tab < 9; ++tab)
            window.inspector().setCurrentTab(static_cast<InspectorTab>(tab));
        window.inspector().setCurrentTab(InspectorTab::Overview);
        QTRY_VERIFY(says(window, u"ffmpeg ended with exit code 1"_s));
    }
    static bool says(const QWidget& window, const QString& text)
    {
        const auto labels = window.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(text); });
    }
    static QString nameOf(const QWidget& widget)
    {
        QString words = QString::fromLatin1(widget.metaObject()->className());
        if (const auto* label = qobject_cast<const QLabel*>(&widget))
            words += u" \"%1\""_s.arg(label->text().left(30));
        if (!widget.accessibleName().isEmpty())
            words += u" '%1'"_s.arg(widget.accessibleName());
        return widget.parentWidget() ? words + u" in "_s + QString::fromLatin1(widget.parentWidget()->metaObject()->className()) : words;
    }
    static void trigger(const MainWindow& window, const QString& text)
    {
        const auto acts = window.acts();
        for (QAction* act : acts) {
            if (act->text() == text)
                return act->trigger();
        }
        QFAIL(qPrintable(u"There is no act "_s + text));
    }

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_console.open(), QString());
        JobRows rows(m_console.store.options.storePath);
        rows.insertMany(20, std::chrono::seconds(120));
        auto job = JobRows::done(std::chrono::seconds(30), core::JobType::CaptionsGenerate);
        JobRows::setStatus(job, core::JobStatus::Failed);
        job.errorMessage = u"ffmpeg ended with exit code 1"_s;
        job.errorCode = u"ffmpeg_failed"_s;
        rows.insert({job});
        m_failed = job.id;
        m_session = std::make_shared<ui::StoreSession>(m_console.session->profile());
        m_session->open();
        QTRY_VERIFY(m_session->isOpen());
        m_session->setLive(false);
    }
    void cleanup() { ui::setBodyPixels(ui::bodyPixels); }

    void aChangedSizeIsThatOfAWindowBuiltAtIt_data()
    {
        QTest::addColumn<int>("pixels");
        QTest::newRow("larger") << 20;
        QTest::newRow("smaller") << 10;
    }
    void aChangedSizeIsThatOfAWindowBuiltAtIt()
    {
        QFETCH(int, pixels);
        MainWindow changed(m_session, m_console.preferences);
        changed.setAttribute(Qt::WA_DeleteOnClose, false);
        openAll(changed);
        ui::setBodyPixels(pixels);
        QCoreApplication::sendPostedEvents();
        MainWindow built(m_session, m_console.preferences);
        built.setAttribute(Qt::WA_DeleteOnClose, false);
        openAll(built);
        const auto left = changed.findChildren<QWidget*>();
        const auto right = built.findChildren<QWidget*>();
        QMap<QString, QList<const QWidget*>> expected;
        for (const QWidget* widget : right)
            expected[nameOf(*widget)] << widget;
        QStringList wrong;
        int compared = 0;
        for (const QWidget* widget : left) {
            const auto twins = expected.value(nameOf(*widget));
            if (twins.isEmpty())
                continue;    // words that tell the time
            // Qt's own place for a scroll bar, and what is not seen: it takes its parent's font as it is shown.
            if (widget->objectName().startsWith(u"qt_scrollarea"_s) || !widget->isVisibleTo(&changed))
                continue;
            ++compared;
            const auto fits = [&](const QWidget* twin, auto of) { return of(*widget) == of(*twin); };
            const auto font = [](const QWidget& each) { return each.font().pixelSize(); };
            // heights: a width that a word holds is that of the word which was read last
            const auto least = [](const QWidget& each) { return QSize(0, each.minimumHeight()); };
            const auto most = [](const QWidget& each) { return QSize(0, each.maximumHeight()); };
            const auto any = [&](auto of) {
                return std::any_of(twins.begin(), twins.end(), [&](const QWidget* twin) { return fits(twin, of); });
            };
            if (!any(font))
                wrong << u"%1: text of %2 px, not %3"_s.arg(nameOf(*widget)).arg(font(*widget)).arg(font(*twins.first()));
            if (!any(least) || !any(most))
                wrong << u"%1: held within %2x%3 and %4x%5, not %6x%7 and %8x%9"_s.arg(nameOf(*widget))
                             .arg(least(*widget).width())
                             .arg(least(*widget).height())
                             .arg(most(*widget).width())
                             .arg(most(*widget).height())
                             .arg(least(*twins.first()).width())
                             .arg(least(*twins.first()).height())
                             .arg(most(*twins.first()).width())
                             .arg(most(*twins.first()).height());
        }
        wrong.sort();
        wrong.removeDuplicates();
        QVERIFY2(compared > 70, qPrintable(QString::number(compared)));
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    /// Ten presses of one key are not ten presses of the other first.
    void theSizeEndsWhereTheKeysEnd()
    {
        MainWindow window(m_session, m_console.preferences);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        for (int press = 0; press < 40; ++press)
            trigger(window, u"Smaller text"_s);
        QCOMPARE(m_console.preferences.bodyPixels(), 9);
        trigger(window, u"Larger text"_s);
        QCOMPARE(m_console.preferences.bodyPixels(), 10);
        for (int press = 0; press < 40; ++press)
            trigger(window, u"Larger text"_s);
        QCOMPARE(m_console.preferences.bodyPixels(), 24);
        trigger(window, u"Smaller text"_s);
        QCOMPARE(m_console.preferences.bodyPixels(), 23);
        trigger(window, u"Text at its normal size"_s);
        QCOMPARE(m_console.preferences.bodyPixels(), 13);
    }

private:
    ConsoleFixture m_console;
    std::shared_ptr<ui::StoreSession> m_session;
    core::JobId m_failed;
};

QTEST_MAIN(TestTextSize)
#include "tst_text_size.moc"
