// SPDX-License-Identifier: Apache-2.0
#include "tests/support/embedded_store.h"
#include "tests/support/store_fixture.h"

#include <QRegularExpression>

#include <functional>
#include <map>

using namespace Qt::StringLiterals;
using namespace core;

/// What may change something is refused by the core itself, with one code, whatever a program lets a person press.
class TestReadOnly : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCallThatTakesACallerIsHere();
    void everyMutatingCallIsRefused_data();
    void everyMutatingCallIsRefused();
    void everyMutatingCallIsRefusedInACaseFile();
    void workersDoNotStart();
    void whatOnlyLooksIsAnswered();
    void aSignatureIsExaminedAsFarAsTheKeyAllows();

private:
    using Backend = backend::Backend;
    using Call = std::function<std::optional<Error>(Backend&, const Caller&)>;
    [[nodiscard]] std::map<QString, Call> calls() const;
    [[nodiscard]] std::unique_ptr<backend::DirectBackend> open(bool readOnly);
    [[nodiscard]] QByteArray state() const;

    test_support::StoreFixture m_store;    // makes the rows; the backends come to them from outside
    JobId m_job;
    DeliveryId m_delivery;
};

namespace {

template <class T>
std::optional<Error> errorIn(const Pending<T>& pending)
{
    const auto answer = pending.wait();
    return answer ? std::nullopt : std::optional(answer.error());
}

}

/// One for each function of Backend that takes a Caller. A new one belongs here; a test below finds it if it does not stand here.
std::map<QString, TestReadOnly::Call> TestReadOnly::calls() const
{
    using tasks::Mode;
    const JobId job = m_job;
    const DeliveryId delivery = m_delivery;
    const QString file = m_store.storage().root() + u"/../outside.wav"_s;
    tasks::SubmitRequest request;
    request.type = JobType::MediaProbe;
    request.input = test_support::sampleInput(JobType::MediaProbe);
    return {
        {u"submit"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.submit(caller, request)); }},
        {u"explainSubmit"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.explainSubmit(caller, request)); }},
        {u"savePreset"_s,
         [=](Backend& to, const Caller& caller) {
             return errorIn(to.savePreset(caller, {{}, u"n"_s, {}, {}}));
         }},
        {u"removePreset"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.removePreset(caller, PresetId{u"p"_s})); }},
        {u"undo"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.undo(caller, JournalId{u"j"_s})); }},
        {u"importFile"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.importFile(caller, file)); }},
        {u"cancel"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.cancel(caller, job, u"r"_s)); }},
        {u"cancelMany"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.cancelMany(caller, {job}, u"r"_s)); }},
        {u"resubmit"_s,
         [=](Backend& to, const Caller& caller) {
             return errorIn(to.resubmit(caller, {job, {}, true}));
         }},
        {u"resubmitMany"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.resubmitMany(caller, {job}, u"r"_s)); }},
        {u"replay"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.replay(caller, {delivery}, Mode::Apply)); }},
        {u"post"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.post(caller, job, "{}", Mode::Apply)); }},
        {u"postEdited"_s,
         [=](Backend& to, const Caller& caller) {
             return errorIn(backend::deliveryActs(to).postEdited(caller, delivery, "{}", Mode::Apply));
         }},
        {u"prune"_s,
         [=](Backend& to, const Caller& caller) {
             return errorIn(to.prune(caller, {base::systemNow(), 10, false}));
         }},
        {u"takeHome"_s, [=](Backend& to, const Caller& caller) { return errorIn(backend::caseFiles(to).takeHome(caller, file, u"r"_s)); }},
        {u"setQueuePaused"_s, [=](Backend& to, const Caller& caller) { return errorIn(to.setQueuePaused(caller, true)); }},
    };
}

void TestReadOnly::initTestCase()
{
    m_job = m_store.submit(JobType::SilenceDetect);
    QVERIFY(m_store.service().recordWebhookEvents({test_support::trustedReport(m_job, R"({"status":"RUNNING"})")}, tasks::Mode::Apply));
    m_delivery = webhooks::WebhookRepository(m_store.database()).deliveries(m_job, {}, 1).value().first().id;
    QFile file(m_store.folder() + u"/outside.wav"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("RIFF") == 4);
}

std::unique_ptr<backend::DirectBackend> TestReadOnly::open(bool readOnly)
{
    backend::DirectBackendOptions options;
    options.storePath = m_store.storePath();
    options.storagePath = m_store.storage().root();
    options.readOnly = readOnly;
    auto opened = backend::DirectBackend::open(options);
    if (!opened)
        qFatal("%s", qUtf8Printable(opened.error().message));
    return std::move(*opened);
}

QByteArray TestReadOnly::state() const
{
    const auto connection = m_store.connect(database::Access::ReadOnly);
    return test_support::dump(*connection) + test_support::listing(m_store.storage().root()).join(u'\n').toUtf8();
}

void TestReadOnly::everyCallThatTakesACallerIsHere()
{
    QByteArray headers;
    for (const QString& name : {u"backend.h"_s, u"case_files.h"_s, u"delivery_acts.h"_s}) {
        QFile header(QStringLiteral(BACKEND_FOLDER "/") + name);
        QVERIFY(header.open(QIODevice::ReadOnly));
        headers += header.readAll();
    }
    static const QRegularExpression act(u"virtual Pending<[^;]*?> (\\w+)\\(const Caller& caller"_s);
    QStringList declared;
    for (auto each = act.globalMatch(QString::fromUtf8(headers)); each.hasNext();)
        declared << each.next().captured(1);
    declared.sort();
    QStringList tested;
    for (const auto& [name, call] : calls())
        tested << name;
    QCOMPARE(tested, declared);
}

void TestReadOnly::everyMutatingCallIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("connectionIsReadOnly");
    QTest::addColumn<bool>("callerIsReadOnly");
    for (const auto& [name, call] : calls()) {
        QTest::addRow("%s, both", qUtf8Printable(name)) << name << true << true;
        QTest::addRow("%s, a caller who says otherwise", qUtf8Printable(name)) << name << true << false;
        QTest::addRow("%s, only the caller", qUtf8Printable(name)) << name << false << true;
    }
}

void TestReadOnly::everyMutatingCallIsRefused()
{
    QFETCH(QString, name);
    QFETCH(bool, connectionIsReadOnly);
    QFETCH(bool, callerIsReadOnly);
    const QByteArray before = state();
    const auto backend = open(connectionIsReadOnly);
    const auto error = calls().at(name)(*backend, {u"ann"_s, u"operator"_s, callerIsReadOnly, u"test"_s});
    QVERIFY(error);
    QCOMPARE(error->code, u"read_only"_s);
    QCOMPARE(error->kind, ErrorKind::Forbidden);
    QVERIFY(state() == before);
}

void TestReadOnly::everyMutatingCallIsRefusedInACaseFile()
{
    const QString path = m_store.folder() + u"/one.sbcase"_s;
    QVERIFY(open(true)->exportCase({.job = m_job, .kinds = {}}, path).wait());
    const auto listed = [&] { return test_support::listing(m_store.folder()).filter(u"sbcase"_s); };
    const QStringList before = listed();
    QCOMPARE(before.size(), 1);
    backend::DirectBackendOptions options;
    options.storePath = path;    // opened as for writing
    auto opened = backend::DirectBackend::open(options);
    QVERIFY(opened);
    for (const auto& [name, call] : calls()) {
        const auto error = call(**opened, {u"ann"_s, u"operator"_s, false, u"test"_s});
        QVERIFY2(error, qPrintable(name));
        QCOMPARE(name + u' ' + error->code, name + u" case_file"_s);
        QCOMPARE(error->kind, ErrorKind::Forbidden);
        QVERIFY(error->message.contains(u"case file"_s));
    }
    QCOMPARE((*opened)->startWorkers({}).error().code, u"case_file"_s);
    opened->reset();
    QCOMPARE(listed(), before);
}

void TestReadOnly::workersDoNotStart()
{
    const auto backend = open(true);
    QCOMPARE(backend->startWorkers({}).error().code, u"read_only"_s);
}

void TestReadOnly::whatOnlyLooksIsAnswered()
{
    const QByteArray before = state();
    const auto backend = open(true);
    const Caller caller{u"ann"_s, u"operator"_s, true, u"test"_s};
    QVERIFY(backend->replay(caller, {m_delivery}, tasks::Mode::DryRun).wait());
    QVERIFY(backend->post(caller, m_job, R"({"status":"DONE","output_data":{"segments":[]}})", tasks::Mode::DryRun).wait());
    QVERIFY(backend->prune(caller, {base::systemNow(), 10, true}).wait());
    const auto scope = backend->freezeJobs({QList<JobId>{m_job}, tasks::ScopeStates::Active}).wait();
    QVERIFY(scope);
    QCOMPARE(scope->ids, QList<JobId>{m_job});
    QVERIFY(state() == before);
}

/// Read-only is how a support person looks: the same diagnosis where the key can be read, and never a wrong one.
void TestReadOnly::aSignatureIsExaminedAsFarAsTheKeyAllows()
{
    test_support::StoreFixture store;
    const QString keyPath = store.keyPath();
    QVERIFY(QDir().mkpath(QFileInfo(keyPath).path()));
    store.settings.masterKey = webhooks::MasterKey::load(keyPath, true).value();
    store.reconnect();
    const auto answer = store.submitAnswer(JobType::SilenceDetect);
    const auto reportOf = [&](const webhooks::MasterKey& key, std::chrono::seconds age) {
        const auto report = test_support::signedReport(key, answer.webhookId, R"({"status":"RUNNING"})", "msg_1", store.now - age);
        return store.service().recordWebhookEvents({report}, tasks::Mode::Apply)->first().deliveryId;
    };
    const DeliveryId old = reportOf(store.settings.masterKey, std::chrono::seconds(8999));
    const DeliveryId foreign = reportOf(webhooks::MasterKey(QByteArray(32, 'x')), std::chrono::seconds(1));
    backend::DirectBackendOptions options;
    options.storePath = store.storePath();
    options.storagePath = store.storage().root();
    const auto examine = [&](bool readOnly, const DeliveryId& id) {
        options.readOnly = readOnly;
        return backend::DirectBackend::open(options).value()->examineSignature(id, {}).wait().value();
    };
    for (const DeliveryId& id : {old, foreign}) {
        const auto wanted = examine(false, id);
        const auto found = examine(true, id);
        QCOMPARE(found.claim, wanted.claim);
        QCOMPARE(found.mismatch, wanted.mismatch);
        QCOMPARE(found.expectedBeginning, wanted.expectedBeginning);
        QCOMPARE(found.trials, wanted.trials);
    }
    QCOMPARE(examine(true, old).mismatch, webhooks::Mismatch::Time);
    QVERIFY(QFile::remove(keyPath));
    QCOMPARE(examine(true, old).mismatch, webhooks::Mismatch::Time);    // its verdict was found when the key was there
    QVERIFY(examine(true, foreign).claim.contains(u"key of this store is not at hand"_s));
    QCOMPARE(examine(true, foreign).expectedBeginning, QString());
    QVERIFY(!QFile::exists(keyPath));    // a look makes none

    const QString casePath = store.folder() + u"/one.sbcase"_s;
    options.readOnly = true;
    QVERIFY(backend::DirectBackend::open(options).value()->exportCase({.job = answer.jobId, .kinds = {}}, casePath).wait());
    options.storePath = casePath;
    const auto inCase = backend::DirectBackend::open(options).value()->examineSignature(foreign, {}).wait();
    QVERIFY(inCase);
    QVERIFY2(inCase->claim.contains(u"masked"_s), qPrintable(inCase->claim));
}

QTEST_GUILESS_MAIN(TestReadOnly)
#include "tst_read_only.moc"
