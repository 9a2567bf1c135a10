// SPDX-License-Identifier: Apache-2.0
#include "core/base/file_names.h"
#include "core/files/storage.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using core::CancelSource;
using core::ErrorKind;
using core::files::Storage;

class TestStorage : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aKeyResolvesInsideTheRoot_data();
    void aKeyResolvesInsideTheRoot();
    void aKeyThatCouldLeaveIsRefused_data();
    void aKeyThatCouldLeaveIsRefused();
    void aLinkOutOfTheRootIsRefused();
    void aFileIsImportedOnce();
    void anyNameCanBeImported_data();
    void anyNameCanBeImported();
    void whatCannotBeImportedSaysWhy();
    void writingReplacesWhole();
    void aFullDiskLeavesNothingAndNamesTheKey();
    void publishingGivesTheFinalName();
    void sweepingTakesOnlyTemporaries();
    void removingIsQuietAboutWhatIsGone();
    void factsAreThoseOfTheFile();
    void aPathInsideHasAKey();
    void aStorageThatIsOnlyReadIsNotMade();
    void aLinkIsRemovedAndNotWhatItLeadsTo();
    void onlyOldTemporariesAreSweptWhereAsked();
    void namesAreCutByBytesAndWholeCharacters_data();
    void namesAreCutByBytesAndWholeCharacters();
    void theHashOfAnImportIsInItsKey();

private:
    QString put(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_outside->filePath(name));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(bytes);
        return file.fileName();
    }
    [[nodiscard]] QByteArray content(const Storage& storage, const QString& key) const
    {
        QFile file(storage.root() + u'/' + key);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
    }
    [[nodiscard]] QStringList entries(const QString& key) const
    {
        return QDir(m_folder->filePath(key)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_outside;
};

void TestStorage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_outside = std::make_unique<QTemporaryDir>();
}

void TestStorage::aKeyResolvesInsideTheRoot_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << u"a.mp4"_s;
    QTest::newRow("folders") << u"inputs/ab/c d.mp4"_s;
    QTest::newRow("odd names") << u"it's \"x\"\n-%d/-rf %03d.mp4"_s;
    QTest::newRow("dots") << u"..a/b../..."_s;
    QTest::newRow("not latin") << u"Früh/日本.wav"_s;
}

void TestStorage::aKeyResolvesInsideTheRoot()
{
    QFETCH(QString, key);
    const Storage storage(m_folder->path());
    const auto path = storage.resolve(key);
    QVERIFY(path);
    QCOMPARE(*path, storage.root() + u'/' + key);
    QVERIFY(storage.write(key, "x"));
    QCOMPARE(content(storage, key), "x"_ba);
}

void TestStorage::aKeyThatCouldLeaveIsRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("absolute") << u"/etc/passwd"_s;
    QTest::newRow("parent") << u"../x"_s;
    QTest::newRow("parent inside") << u"a/../../x"_s;
    QTest::newRow("parent last") << u"a/.."_s;
    QTest::newRow("dot") << u"a/./b"_s;
    QTest::newRow("empty part") << u"a//b"_s;
    QTest::newRow("ends in slash") << u"a/"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(u'\0') + u"b"_s;
    QTest::newRow("too long") << QString(300, u'x');
}

void TestStorage::aKeyThatCouldLeaveIsRefused()
{
    QFETCH(QString, key);
    const Storage storage(m_folder->path());
    const auto path = storage.resolve(key);
    QVERIFY(!path);
    QCOMPARE(path.error().code, u"bad_key"_s);
    QCOMPARE(path.error().kind, ErrorKind::Invalid);
    QVERIFY(!storage.write(key, "x"));
    QVERIFY(!storage.remove(key));
}

void TestStorage::aLinkOutOfTheRootIsRefused()
{
    const Storage storage(m_folder->path());
    QVERIFY(QFile::link(m_outside->path(), storage.root() + u"/out"_s));
    QVERIFY(QFile::link(m_outside->filePath(u"not-yet"_s), storage.root() + u"/dangling"_s));
    QVERIFY(storage.write(u"in/a"_s, "x"));
    QVERIFY(QFile::link(storage.root() + u"/in"_s, storage.root() + u"/within"_s));
    QVERIFY(!storage.resolve(u"out/x"_s));
    QVERIFY(!storage.resolve(u"out/deep/er/x"_s));
    QVERIFY(!storage.resolve(u"dangling"_s));
    QVERIFY(storage.resolve(u"within/a"_s));
}

void TestStorage::aFileIsImportedOnce()
{
    const Storage storage(m_folder->path());
    const QString path = put(u"clip one.mp4"_s, "hello");
    const auto first = storage.importFile(path);
    QVERIFY(first);
    QCOMPARE(first->sha256, u"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"_s);
    QCOMPARE(first->key, u"inputs/%1/clip one.mp4"_s.arg(first->sha256));
    QCOMPARE(first->sizeBytes, 5);
    QCOMPARE(content(storage, first->key), "hello"_ba);
    QCOMPARE(*storage.importFile(path), *first);
    QCOMPARE(entries(u"inputs"_s), QStringList{first->sha256});    // and nothing temporary
}

void TestStorage::anyNameCanBeImported_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kept");
    QTest::newRow("quotes") << u"it's \"it\".mp4"_s << u"it's \"it\".mp4"_s;
    QTest::newRow("leading dash") << u"-rf.mp4"_s << u"-rf.mp4"_s;
    QTest::newRow("percent d") << u"%d.mp4"_s << u"%d.mp4"_s;
    QTest::newRow("newline") << u"two\nlines.mp4"_s << u"two%0Alines.mp4"_s;
    QTest::newRow("looks temporary") << u".part-1-x"_s << u".part-1-x"_s;
}

void TestStorage::anyNameCanBeImported()
{
    QFETCH(QString, name);
    QFETCH(QString, kept);
    const Storage storage(m_folder->path());
    const auto stored = storage.importFile(put(name, "x"));
    QVERIFY(stored);
    QCOMPARE(stored->originalName, name);
    QVERIFY2(stored->key.endsWith(u'/' + kept), qPrintable(stored->key));
    QCOMPARE(content(storage, stored->key), "x"_ba);
}

void TestStorage::whatCannotBeImportedSaysWhy()
{
    const Storage storage(m_folder->path());
    const QString fifo = m_outside->filePath(u"fifo"_s);
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    QCOMPARE(storage.importFile(m_outside->filePath(u"none"_s)).error().code, u"file_missing"_s);
    QCOMPARE(storage.importFile(m_outside->path()).error().code, u"not_a_file"_s);
    QCOMPARE(storage.importFile(fifo).error().code, u"not_a_file"_s);
    QCOMPARE(storage.importFile(put(u"empty"_s, {})).error().code, u"file_empty"_s);
}

void TestStorage::writingReplacesWhole()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"a/b.json"_s, "old and long"));
    QVERIFY(storage.write(u"a/b.json"_s, "new"));
    QCOMPARE(content(storage, u"a/b.json"_s), "new"_ba);
    QCOMPARE(entries(u"a"_s), QStringList{u"b.json"_s});
}

void TestStorage::aFullDiskLeavesNothingAndNamesTheKey()
{
    // A limit on the size of files fails in the same place as a full disk does, without needing one.
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"a/b"_s, "before"));
    const QString big = put(u"big"_s, QByteArray(200'000, 'x'));
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{100'000, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto written = storage.write(u"a/b"_s, QByteArray(200'000, 'x'));
    const auto imported = storage.importFile(big);
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, handler);

    QVERIFY(!written);
    QCOMPARE(written.error().code, u"disk_full"_s);
    QCOMPARE(written.error().kind, ErrorKind::Unavailable);
    QVERIFY(written.error().message.contains("a/b"_L1));
    QCOMPARE(content(storage, u"a/b"_s), "before"_ba);
    QCOMPARE(entries(u"a"_s), QStringList{u"b"_s});
    QVERIFY(!imported);
    QCOMPARE(imported.error().code, u"disk_full"_s);
    QVERIFY(entries(u"inputs"_s).isEmpty());
}

void TestStorage::publishingGivesTheFinalName()
{
    const Storage storage(m_folder->path());
    const auto temporary = storage.temporaryFor(u"out/job/clip %d.mp4"_s, u"2"_s);
    QVERIFY(temporary);
    QCOMPARE(*temporary, storage.root() + u"/out/job/.part-2-clip %d.mp4"_s);
    QFile file(*temporary);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("done");
    file.close();
    QVERIFY(storage.publish(*temporary, u"out/job/clip %d.mp4"_s));
    QCOMPARE(content(storage, u"out/job/clip %d.mp4"_s), "done"_ba);
    QCOMPARE(entries(u"out/job"_s), QStringList{u"clip %d.mp4"_s});

    const auto folder = storage.temporaryFor(u"out/job/frames"_s, u"2"_s);
    QVERIFY(QDir().mkpath(*folder));
    QVERIFY(QFile::copy(storage.root() + u"/out/job/clip %d.mp4"_s, *folder + u"/frame-000001.jpg"_s));
    QVERIFY(storage.publish(*folder, u"out/job/frames"_s));
    QCOMPARE(entries(u"out/job/frames"_s), QStringList{u"frame-000001.jpg"_s});
    QCOMPARE(storage.publish(*folder, u"out/job/again"_s).error().code, u"storage_failed"_s);
}

void TestStorage::sweepingTakesOnlyTemporaries()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"out/job/.part-1-a.mp4"_s, "half"));
    QVERIFY(storage.write(u"out/job/.part-1-frames/f.jpg"_s, "half"));
    QVERIFY(storage.write(u"out/job/a.part"_s, "whole"));
    QVERIFY(storage.write(u"out/other/.part-1-b"_s, "of another job"));
    QCOMPARE(*storage.sweepTemporaries(u"out/job"_s), 2);
    QCOMPARE(entries(u"out/job"_s), QStringList{u"a.part"_s});
    QCOMPARE(entries(u"out/other"_s), QStringList{u".part-1-b"_s});
    QCOMPARE(*storage.sweepTemporaries(u"out/none"_s), 0);
}

void TestStorage::removingIsQuietAboutWhatIsGone()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"a/b"_s, "x"));
    QVERIFY(storage.remove(u"a/b"_s));
    QVERIFY(storage.remove(u"a/b"_s));
    QVERIFY(storage.write(u"a/c/d"_s, "x"));
    QVERIFY(storage.removeFolder(u"a"_s));
    QVERIFY(storage.removeFolder(u"a"_s));
    QVERIFY(entries(u"."_s).isEmpty());
}

void TestStorage::factsAreThoseOfTheFile()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"a.json"_s, "hello"));
    const auto facts = storage.facts(u"a.json"_s);
    QVERIFY(facts);
    QCOMPARE(facts->sizeBytes, 5);
    QCOMPARE(facts->sha256, u"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"_s);
    QCOMPARE(facts->mimeType, u"application/json"_s);
    QCOMPARE(storage.facts(u"none"_s).error().code, u"file_missing"_s);
}

void TestStorage::aPathInsideHasAKey()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"a/b.mp4"_s, "x"));
    QCOMPARE(storage.keyOf(storage.root() + u"/a/b.mp4"_s), std::optional(u"a/b.mp4"_s));
    QCOMPARE(storage.keyOf(storage.root() + u"/a/../a/b.mp4"_s), std::optional(u"a/b.mp4"_s));
    QCOMPARE(storage.keyOf(put(u"b.mp4"_s, "x")), std::nullopt);
}

void TestStorage::aStorageThatIsOnlyReadIsNotMade()
{
    const QString real = m_folder->filePath(u"real"_s);
    QVERIFY(QDir().mkpath(real) && QFile::link(real, m_folder->filePath(u"link"_s)));
    const Storage storage(m_folder->filePath(u"link/not/there"_s));
    QVERIFY(!storage.facts(u"a"_s) && storage.resolve(u"inputs/a"_s));
    QVERIFY(QDir(real).isEmpty());
    QVERIFY(storage.write(u"inputs/a"_s, "x"));    // and who writes finds all as it should be
    QCOMPARE(content(storage, u"inputs/a"_s), "x"_ba);
    QCOMPARE(storage.root(), QFileInfo(real).canonicalFilePath() + u"/not/there"_s);
}

void TestStorage::aLinkIsRemovedAndNotWhatItLeadsTo()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"other/kept"_s, "x") && storage.write(u"outputs/a"_s, "x"));
    QVERIFY(QFile::link(m_folder->filePath(u"other"_s), m_folder->filePath(u"outputs/job"_s)));
    QVERIFY(storage.removeFolder(u"outputs/job"_s));
    QCOMPARE(content(storage, u"other/kept"_s), "x"_ba);
    QCOMPARE(entries(u"outputs"_s), QStringList{u"a"_s});
}

void TestStorage::onlyOldTemporariesAreSweptWhereAsked()
{
    const Storage storage(m_folder->path());
    QVERIFY(storage.write(u"inputs/.part-old"_s, "x") && storage.write(u"inputs/.part-new"_s, "x"));
    QFile old(m_folder->filePath(u"inputs/.part-old"_s));
    QVERIFY(old.open(QIODevice::ReadWrite));
    QVERIFY(old.setFileTime(QDateTime::currentDateTime().addSecs(-7200), QFileDevice::FileModificationTime));
    QCOMPARE(*storage.sweepTemporaries(u"inputs"_s, std::chrono::hours(1)), 1);
    QCOMPARE(entries(u"inputs"_s), QStringList{u".part-new"_s});
}

void TestStorage::namesAreCutByBytesAndWholeCharacters_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("cut");
    QTest::newRow("short") << u"a.mp4"_s << 255 << u"a.mp4"_s;
    QTest::newRow("from the middle") << u"abcdefgh"_s << 4 << u"abgh"_s;
    QTest::newRow("two bytes each") << u"äöüß"_s << 4 << u"äß"_s;
    QTest::newRow("four bytes each") << u"\U0001F40E\U0001F40F\U0001F410"_s << 11 << u"\U0001F40E\U0001F410"_s;
    QTest::newRow("a pair is not cut in two") << u"x\U0001F40Ey"_s << 5 << u"xy"_s;
}

void TestStorage::namesAreCutByBytesAndWholeCharacters()
{
    QFETCH(QString, name);
    QFETCH(int, bytes);
    QTEST(core::base::cutToBytes(name, bytes), "cut");
    for (int most = 1; most < 20; ++most)
        QVERIFY(!core::base::cutToBytes(name, most).toUtf8().contains('?'));    // what half a pair would become
}

void TestStorage::theHashOfAnImportIsInItsKey()    // so that nobody reads a large input only to learn what its name says
{
    const Storage storage(m_folder->path());
    const auto stored = storage.importFile(put(u"a"_s, "content"));
    QVERIFY(stored);
    QCOMPARE(storage.facts(stored->key)->sha256, stored->sha256);
    CancelSource stop;
    stop.cancel();
    QVERIFY(storage.facts(stored->key, stop.token()));    // it has not been read
    QVERIFY(storage.write(u"outputs/a"_s, "content"));
    QCOMPARE(storage.facts(u"outputs/a"_s)->sha256, stored->sha256);
    QCOMPARE(storage.facts(u"outputs/a"_s, stop.token()).error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestStorage)
#include "tst_storage.moc"
