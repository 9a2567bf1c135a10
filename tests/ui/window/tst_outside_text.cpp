// SPDX-License-Identifier: Apache-2.0
// Text that nobody here wrote, in every field that shows some: it stays text, turns nothing else around, and widens nothing.
#include "core/database/database.h"
#include "tests/support/job_rows.h"
#include "tests/support/pages_sample.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/format.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/pages/frame/page_frame.h"
#include "ui/window/main_window.h"
#include "ui/window/sidebar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>
#include <QPointer>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using test_support::JobRows;
using ui::InspectorTab;
using ui::MainWindow;
using ui::Page;

namespace {

QString hostile()
{
    return u"<b>bold</b> <img src=\"https://x.example/a.png\"> <a href=\"file:///etc/passwd\">link</a>\nline \u202etxet denrut "
           "\u2066isolated\u200bzero\u2060width\ufeff "_s +
           QString(10'000, u'W');
}

/// Marks that turn the direction of text or cannot be seen.
bool hasMarks(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar each) {
        const char16_t unit = each.unicode();
        return (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0x200b || unit == 0x2060 ||
               unit == 0xfeff;
    });
}

/// What a window shows that it should not: each place with what is wrong there.
QStringList wrongs(const QWidget& window)
{
    QStringList found;
    const auto note = [&](const QObject* where, const QString& what, const QString& text) {
        const QObject* parent = where->parent();
        found << u"%1 in %2: %3: %4"_s.arg(QString::fromLatin1(where->metaObject()->className()),
                                           parent ? QString::fromLatin1(parent->metaObject()->className()) : QString(), what,
                                           text.left(60).toHtmlEscaped());
    };
    const auto tip = [&](const QObject* where, const QString& text) {
        if (Qt::mightBeRichText(text) && (text.contains(u"<img"_s) || text.contains(u"<a href"_s)))
            note(where, u"tool tip with markup"_s, text);
        if (hasMarks(text))
            note(where, u"tool tip with marks"_s, text);
    };
    if (hasMarks(window.windowTitle()))
        note(&window, u"title"_s, window.windowTitle());
    const auto all = window.findChildren<QWidget*>();
    for (const QWidget* widget : all) {
        if (!widget->isVisible())
            continue;
        tip(widget, widget->toolTip());
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            if (label->textFormat() != Qt::PlainText && label->text().contains(u'<'))
                note(label, u"may be read as markup"_s, label->text());
            if (hasMarks(label->text()))
                note(label, u"marks"_s, label->text());
        }
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button && hasMarks(button->text()))
            note(button, u"marks"_s, button->text());
        if (const auto* view = qobject_cast<const QAbstractItemView*>(widget); view && view->model()) {
            for (int row = 0; row < std::min(20, view->model()->rowCount()); ++row) {
                for (int column = 0; column < view->model()->columnCount(); ++column) {
                    const QModelIndex index = view->model()->index(row, column);
                    const QString text = index.data().toString();
                    if (hasMarks(text) || text.contains(u'\n'))
                        note(view, u"cell %1"_s.arg(column), text);
                    tip(view, index.data(Qt::ToolTipRole).toString());
                }
            }
        }
    }
    found.removeDuplicates();
    return found;
}

/// Whether a label in it says so.
bool shows(const QWidget& in, const QString& text)
{
    const auto labels = in.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* each) { return each->isVisible() && each->text().contains(text); });
}

/// A window on a store with one hostile row of each kind, and a job for each bad payload.
struct Fixture {
    Fixture()
    {
        wrong = console.open();
        if (wrong.isEmpty())
            wrong = test_support::fillWithHostileRows(console.store.options.storePath);
        if (!wrong.isEmpty())
            return;
        session = std::make_shared<ui::StoreSession>(console.session->profile());
        session->open();
        window = new MainWindow(session, console.preferences);
        window->resize(1440, 900);
        window->show();
    }
    ~Fixture() { delete window.data(); }
    core::JobId insert(const QByteArray& input, const QByteArray& output, core::JobType type = core::JobType::MediaProbe)
    {
        auto job = JobRows::done(std::chrono::seconds(10), type);
        JobRows::setStatus(job, core::JobStatus::Running);    // one that is over takes no other payload
        job.message = hostile();
        job.errorMessage = hostile();
        job.errorCode = hostile();
        job.userId = hostile();
        job.projectId = hostile();
        JobRows(console.store.options.storePath).insert({job});
        core::database::DatabaseOptions options;
        options.path = console.store.options.storePath;
        const auto database = core::database::Database::open(options);
        auto query =
            (*database)->prepare("UPDATE jobs SET input_data = :input, output_data = :output WHERE id = :id", core::database::Path::Hot);
        query.bind(":input", QString::fromUtf8(input)).bind(":output", QString::fromUtf8(output)).bind(":id", job.id);
        const auto done = query.exec();
        if (!done)
            wrong = done.error().message + done.error().detail;
        return job.id;
    }

    test_support::ConsoleFixture console;
    QString wrong;
    std::shared_ptr<ui::StoreSession> session;
    QPointer<MainWindow> window;
};

QByteArray jsonOf(const QString& text)
{
    const nlohmann::json object{{"file_path", text.toStdString()},
                                {text.toStdString(), text.toStdString()},
                                {"format", {{"tags", {{text.toStdString(), text.toStdString()}}}}}};
    return QByteArray::fromStdString(object.dump());
}

}

class TestOutsideText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void everyPageShowsItAsText_data()
    {
        QTest::addColumn<int>("page");
        const auto pages = ui::allPages();
        for (const Page page : pages)
            QTest::addRow("page %d", static_cast<int>(page)) << static_cast<int>(page);
    }
    void everyPageShowsItAsText()
    {
        QFETCH(int, page);
        Fixture fixture;
        QVERIFY2(fixture.wrong.isEmpty(), qPrintable(fixture.wrong));
        QTRY_VERIFY(fixture.window->jobsPage().model()->rowCount() >= 2);
        fixture.window->showPage(static_cast<Page>(page));
        QWidget* shown = fixture.window->pageWidget(static_cast<Page>(page));
        QTRY_VERIFY(shown->isVisible());
        const auto frame = qobject_cast<ui::PageFrame*>(shown);
        if (frame)
            QTRY_VERIFY(!frame->isReading());
        const auto views = shown->findChildren<QAbstractItemView*>();
        for (QAbstractItemView* view : views) {
            if (view->model() && view->model()->rowCount() > 0)
                view->setCurrentIndex(view->model()->index(0, 0));
        }
        if (frame)
            QTRY_VERIFY(!frame->isReading());
        QCOMPARE(wrongs(*fixture.window).join(u'\n'), QString());
        QVERIFY2(fixture.window->minimumSizeHint().width() <= 1440, "It widens the window");
        test_support::shoot(*fixture.window, u"hostile-page-%1"_s.arg(page));
    }

    void everyTabShowsItAsText_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("markup") << jsonOf(hostile());
        QTest::newRow("no JSON") << QByteArray("{\"file_path\": no, this is <b>none</b>");
        QTest::newRow("nested arrays") << QByteArray(200'000, '[') + QByteArray(200'000, ']');
        QTest::newRow("empty") << QByteArray("null");
    }
    void everyTabShowsItAsText()
    {
        QFETCH(QByteArray, payload);
        const QString what = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
        Fixture fixture;
        QVERIFY2(fixture.wrong.isEmpty(), qPrintable(fixture.wrong));
        const core::JobId id = fixture.insert(payload, payload);
        QVERIFY2(fixture.wrong.isEmpty(), qPrintable(fixture.wrong));
        QTRY_VERIFY(fixture.session->isOpen());
        fixture.window->showJob(id);
        QTRY_COMPARE(fixture.window->inspector().jobId(), id);
        QTRY_VERIFY(shows(fixture.window->inspector(), u"<b>bold</b>"_s));    // its head is read
        for (int tab = 0; tab < 9; ++tab) {
            fixture.window->inspector().setCurrentTab(static_cast<InspectorTab>(tab));
            QTRY_VERIFY(fixture.window->inspector().isVisible());
            if (tab == static_cast<int>(InspectorTab::Input) || tab == static_cast<int>(InspectorTab::Output))
                QTRY_VERIFY(shows(fixture.window->inspector(), ui::sizeText(payload.size())));    // its payload is there
            test_support::shoot(*fixture.window, u"hostile-%1-%2"_s.arg(what).arg(tab));
            QCOMPARE(wrongs(*fixture.window).join(u'\n'), QString());
            QVERIFY2(fixture.window->minimumSizeHint().width() <= 1440, "It widens the window");
        }
    }

    void anUnknownTypeAndStatusAreShownAsTheyStand()
    {
        Fixture fixture;
        QVERIFY2(fixture.wrong.isEmpty(), qPrintable(fixture.wrong));
        auto job = JobRows::done(std::chrono::seconds(10));
        job.typeText = u"image-upscale"_s;
        job.statusText = u"PAUSED"_s;
        job.finishedAt.reset();
        JobRows(fixture.console.store.options.storePath).insert({job});
        QTRY_VERIFY(fixture.session->isOpen());
        fixture.window->showFilter({});
        fixture.window->showJob(job.id);
        QTRY_COMPARE(fixture.window->inspector().jobId(), job.id);
        const auto says = [&](const QString& text) {
            const auto labels = fixture.window->inspector().findChildren<QWidget*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QWidget* each) {
                const auto* label = qobject_cast<const QLabel*>(each);
                return (label && label->text().contains(text)) || each->accessibleName().contains(text);
            });
        };
        test_support::shoot(*fixture.window, u"unknown-type-and-status"_s);
        QTRY_VERIFY(says(u"image-upscale"_s));
        QTRY_VERIFY(says(u"PAUSED"_s));
        for (int tab = 0; tab < 9; ++tab) {
            fixture.window->inspector().setCurrentTab(static_cast<InspectorTab>(tab));
            QTRY_VERIFY(fixture.window->inspector().isVisible());
        }
        QCOMPARE(wrongs(*fixture.window).join(u'\n'), QString());
    }
};

QTEST_MAIN(TestOutsideText)
#include "tst_outside_text.moc"
