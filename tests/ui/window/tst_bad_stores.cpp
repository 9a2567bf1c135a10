// SPDX-License-Identifier: Apache-2.0
// Stores that cannot be used, and disks and locks that come in between: what the window says, and that it heals.
#include "core/database/database.h"
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/error_bar.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/window/main_window.h"
#include "ui/window/unreachable_page.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>

#include <algorithm>
#include <csignal>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using core::database::Database;
using test_support::JobRows;
using ui::MainWindow;
using ui::Page;
using ui::StoreSession;

namespace {

constexpr int patience = 25'000;    // a lock is waited for ten seconds before anybody complains

/// Root may write everything, so root's threads go about as nobody while this stands. Threads made meanwhile stay so.
class AsNobody {
public:
    AsNobody()
    {
        if (::geteuid() == 0)
            ::setfsuid(65534);
    }
    ~AsNobody()
    {
        if (::geteuid() == 0)
            ::setfsuid(0);
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
};

/// A folder with a store of three jobs in it, which anybody may use, and the window on it.
struct StoreOnDisk {
    explicit StoreOnDisk(const QString& in = {})
    {
        folder = in.isEmpty() ? temporary.path() : in;
        mode(folder, 0777);
        profile.id = u"bad"_s;
        profile.name = u"Bad"_s;
        profile.storePath = folder + u"/store.db"_s;
        profile.storagePath = folder + u"/storage"_s;
        profile.workerThreads = 0;
        {
            core::backend::DirectBackendOptions options;
            options.storePath = profile.storePath;
            options.storagePath = profile.storagePath;
            const auto made = core::backend::DirectBackend::open(options);
            if (!made)
                qFatal("%s", qPrintable(made.error().message));
            JobRows(profile.storePath).insertMany(3);
        }
        mode(profile.storagePath, 0777);
        const auto files = QDir(folder).entryList(QDir::Files);
        for (const QString& file : files)
            mode(folder + u'/' + file, 0666);
    }
    ~StoreOnDisk()
    {
        delete window.data();
        mode(folder, 0777);
    }
    static void mode(const QString& path, mode_t mode) { QCOMPARE(::chmod(qPrintable(path), mode), 0); }
    [[nodiscard]] std::unique_ptr<Database> connect() const
    {
        core::database::DatabaseOptions options;
        options.path = profile.storePath;
        auto opened = Database::open(options);
        return opened ? std::move(*opened) : nullptr;
    }
    void replace(const QByteArray& bytes)
    {
        kept = folder + u"/kept.db"_s;
        QVERIFY(QFile::rename(profile.storePath, kept));
        QFile file(profile.storePath);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void putBack()
    {
        if (QFileInfo(profile.storePath).isDir())
            QVERIFY(QDir().rmdir(profile.storePath));
        else
            QVERIFY(QFile::remove(profile.storePath));
        QVERIFY(QFile::rename(kept, profile.storePath));
    }
    void open(bool asNobody = false)
    {
        std::optional<AsNobody> nobody;
        if (asNobody)
            nobody.emplace();
        session = std::make_shared<StoreSession>(profile);
        session->open();
        window = new MainWindow(session, preferences);
        window->resize(1280, 800);
        window->show();
        // the lanes' threads begin with the backend, within this
        QVERIFY(QTest::qWaitFor([&] { return session->state() != StoreSession::State::Opening; }, patience));
    }
    [[nodiscard]] ui::UnreachablePage* page() const { return window->findChild<ui::UnreachablePage*>(); }
    [[nodiscard]] int rows() const { return window->jobsPage().model()->rowCount(); }
    /// The bar of an act that failed, while it is shown.
    [[nodiscard]] ui::ErrorBar* bar() const
    {
        const auto bars = window->jobsPage().findChildren<ui::ErrorBar*>();
        const auto shown = std::find_if(bars.begin(), bars.end(), [](const ui::ErrorBar* each) { return each->isVisible(); });
        return shown == bars.end() ? nullptr : *shown;
    }
    [[nodiscard]] QString told() const { return bar() ? bar()->text() : QString(); }
    [[nodiscard]] QString toast() const
    {
        const auto* toast = window->findChild<QLabel*>(u"toast"_s);
        return toast ? toast->text() : QString();
    }
    /// As a person does: Retry in the bar, which goes.
    void retry() const
    {
        QVERIFY(bar());
        const auto buttons = bar()->findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (button->text() == u"Retry"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    /// Hands the window a file to probe, as a person chooses it.
    void dropFile()
    {
        const QString path = outside.filePath(u"clip.mp4"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QUuid::createUuid().toByteArray());
        file.close();
        window->probeFiles({path});
    }

    QTemporaryDir temporary;
    QTemporaryDir outside;
    QString folder;
    QString kept;
    ui::ConnectionProfile profile;
    ui::Preferences preferences{outside.filePath(u"console.ini"_s)};
    std::shared_ptr<StoreSession> session;
    QPointer<MainWindow> window;
};

/// A small disk of its own; empty where this account may not make one.
class SmallDisk {
public:
    SmallDisk()
    {
        if (::mount("tmpfs", qPrintable(m_folder.path()), "tmpfs", 0, "size=3m") == 0)
            m_path = m_folder.path();
    }
    ~SmallDisk()
    {
        if (!m_path.isEmpty())
            ::umount2(qPrintable(m_path), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] const QString& path() const { return m_path; }
    void fill() const
    {
        QFile filler(m_path + u"/filler"_s);
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const QByteArray block(4096, 'x');
        while (filler.write(block) == block.size()) {
        }
    }
    void makeRoom() const { QVERIFY(QFile::remove(m_path + u"/filler"_s)); }

private:
    QTemporaryDir m_folder;
    QString m_path;
};

}

class TestBadStores : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        std::signal(SIGXFSZ, SIG_IGN);
    }

    void aStoreThatCannotBeOpenedSaysWhyAndHeals_data()
    {
        QTest::addColumn<QString>("title");
        QTest::newRow("garbage") << u"The store is damaged or is no store"_s;
        QTest::newRow("torn") << u"The store is damaged or is no store"_s;
        QTest::newRow("a folder") << u"The store is a folder"_s;
        QTest::newRow("another program's") << u"The file is no Signalbox store"_s;
        QTest::newRow("newer") << u"The store is from a newer version"_s;
        QTest::newRow("read-only file") << u"The store cannot be written"_s;
        QTest::newRow("read-only folder") << u"The store cannot be written"_s;
        QTest::newRow("unreadable file") << u"The store cannot be read"_s;
    }
    void aStoreThatCannotBeOpenedSaysWhyAndHeals()
    {
        QFETCH(QString, title);
        const QString what = QString::fromLatin1(QTest::currentDataTag());
        StoreOnDisk store;
        std::function<void()> heal = [&] { store.putBack(); };
        if (what == u"garbage") {
            store.replace(QByteArray(8192, 'x'));
        } else if (what == u"torn") {
            QFile whole(store.profile.storePath);
            QVERIFY(whole.open(QIODevice::ReadOnly));
            QByteArray bytes = whole.readAll();
            bytes.replace(100, 4000, QByteArray(4000, '\x7f'));
            store.replace(bytes);
        } else if (what == u"a folder") {
            store.kept = store.folder + u"/kept.db"_s;
            QVERIFY(QFile::rename(store.profile.storePath, store.kept));
            QVERIFY(QDir().mkdir(store.profile.storePath));
        } else if (what == u"another program's") {
            store.replace({});
            QVERIFY(store.connect()->exec("CREATE TABLE songs (title TEXT)"));
            const auto files = QDir(store.folder).entryList({u"store.db*"_s}, QDir::Files);
            for (const QString& file : files)
                StoreOnDisk::mode(store.folder + u'/' + file, 0666);
        } else if (what == u"newer") {
            QVERIFY(store.connect()->exec("UPDATE schema_migrations SET version = version + 50"));
            heal = [&] { QVERIFY(store.connect()->exec("UPDATE schema_migrations SET version = version - 50")); };
        } else if (what == u"read-only file") {
            StoreOnDisk::mode(store.profile.storePath, 0444);
            heal = [&] { StoreOnDisk::mode(store.profile.storePath, 0666); };
        } else if (what == u"read-only folder") {
            StoreOnDisk::mode(store.folder, 0555);
            heal = [&] { StoreOnDisk::mode(store.folder, 0777); };
        } else {
            StoreOnDisk::mode(store.profile.storePath, 0);
            heal = [&] { StoreOnDisk::mode(store.profile.storePath, 0666); };
        }
        store.open(true);
        QCOMPARE(store.session->state(), StoreSession::State::Unreachable);
        QTRY_VERIFY(store.page() && store.page()->isVisible());
        test_support::shoot(*store.window, u"store-"_s + QString(what).replace(u' ', u'-').remove(u'\''));
        QVERIFY2(store.page()->details().startsWith(title + u'\n'), qPrintable(store.page()->details()));
        // the rest of the window is there all the same
        store.window->showPage(Page::Dashboard);
        QVERIFY(store.page()->isVisible());
        heal();
        QTRY_VERIFY_WITH_TIMEOUT(store.session->isOpen(), patience);
        QVERIFY(!store.page()->isVisible());
        store.window->showPage(Page::Jobs);
        QTRY_COMPARE(store.rows(), 3);
    }

    void aReadOnlyFileCanBeReadByAReadOnlyConnection()
    {
        StoreOnDisk store;
        StoreOnDisk::mode(store.profile.storePath, 0444);
        store.profile.readOnly = true;
        store.open(true);
        QTRY_COMPARE(store.rows(), 3);
        test_support::shoot(*store.window, u"store-read-only-connection"_s);
        store.dropFile();
        QTRY_COMPARE(store.toast(), u"The connection is read-only"_s);    // there is nothing to try again
    }

    void aLockThatOutlivesTheWaitIsNamedAndLetGo()
    {
        StoreOnDisk store;
        const auto holder = store.connect();
        QVERIFY(holder && holder->exec("BEGIN EXCLUSIVE"));
        store.profile.workerThreads = 1;    // a worker says that it is there, which is a change
        store.open();
        QCOMPARE(store.session->state(), StoreSession::State::Unreachable);
        QVERIFY2(store.page()->details().startsWith(u"The store is locked\n"_s), qPrintable(store.page()->details()));
        test_support::shoot(*store.window, u"store-locked"_s);
        QVERIFY(holder->exec("ROLLBACK"));
        QTRY_VERIFY_WITH_TIMEOUT(store.session->isOpen(), patience);
        QVERIFY(!store.page()->isVisible());
        QTRY_COMPARE(store.rows(), 3);
    }

    void aLockWhileItRunsStopsTheActAlone()
    {
        StoreOnDisk store;
        store.open();
        QTRY_COMPARE(store.rows(), 3);
        const auto holder = store.connect();
        QVERIFY(holder && holder->exec("BEGIN EXCLUSIVE"));
        store.dropFile();
        QTRY_VERIFY_WITH_TIMEOUT(store.told().contains(u"locked by another program"_s), patience);
        test_support::shoot(*store.window, u"act-locked"_s);
        QVERIFY(store.session->isOpen());
        QVERIFY(!store.page()->isVisible());
        store.window->showFilter(u"status:done"_s);    // reading goes on
        QTRY_COMPARE(store.rows(), 3);
        QVERIFY2(store.told().contains(u"locked by another program"_s), "A read that works takes the bar of the act away");
        QVERIFY(holder->exec("ROLLBACK"));
        store.window->showFilter({});
        store.retry();
        QTRY_COMPARE(store.rows(), 4);
        QCOMPARE(store.told(), QString());
    }

    void aFullDiskStopsTheActAlone()
    {
        const SmallDisk disk;
        if (disk.path().isEmpty())
            QSKIP("This account may not mount a small disk");
        StoreOnDisk store(disk.path());
        store.open();
        QTRY_COMPARE(store.rows(), 3);
        disk.fill();
        store.dropFile();
        QTRY_VERIFY_WITH_TIMEOUT(store.told().contains(u"is full"_s), patience);
        test_support::shoot(*store.window, u"act-disk-full"_s);
        store.window->showFilter(u"status:done"_s);
        QTRY_COMPARE(store.rows(), 3);
        QVERIFY(!store.page()->isVisible());
        store.window->showPage(Page::Dashboard);
        QTRY_VERIFY(store.window->pageWidget(Page::Dashboard)->isVisible());
        store.window->showFilter({});
        disk.makeRoom();
        store.dropFile();
        QTRY_COMPARE(store.rows(), 4);
    }

    void aFullDiskAtTheStartSaysSoAndHeals()
    {
        const SmallDisk disk;
        if (disk.path().isEmpty())
            QSKIP("This account may not mount a small disk");
        StoreOnDisk store(disk.path());
        disk.fill();
        store.profile.workerThreads = 1;
        store.open();
        QTRY_COMPARE(store.session->state(), StoreSession::State::Unreachable);
        test_support::shoot(*store.window, u"store-disk-full"_s);
        QVERIFY2(store.page()->details().startsWith(u"The disk is full\n"_s), qPrintable(store.page()->details()));
        disk.makeRoom();
        QTRY_VERIFY_WITH_TIMEOUT(store.session->isOpen(), patience);
        QTRY_COMPARE(store.rows(), 3);
    }

    /// The limit of the system on the size of a file, met in the middle of a change: no disk is full, and yet nothing can be written.
    void aFileThatMayNotGrowStopsTheActAlone()
    {
        StoreOnDisk store;
        store.open();
        QTRY_COMPARE(store.rows(), 3);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit tight = before;
        tight.rlim_cur = 64;    // the file to probe fits, a page of the store does not
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
        store.dropFile();
        const bool told = QTest::qWaitFor([&] { return !store.told().isEmpty(); }, patience);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(told);
        test_support::shoot(*store.window, u"act-no-growth"_s);
        QVERIFY2(store.told().contains(u"cannot be read or written"_s) || store.told().contains(u"is full"_s), qPrintable(store.told()));
        store.window->showFilter(u"status:done"_s);
        QTRY_COMPARE(store.rows(), 3);
        store.window->showFilter({});
        store.dropFile();
        QTRY_COMPARE(store.rows(), 4);
    }
};

QTEST_MAIN(TestBadStores)
#include "tst_bad_stores.moc"
