// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "tests/ui/dialogs/dialog_look.h"
#include "tests/ui/inspector/story_fixture.h"
#include "ui/acts/bulk_result_dialog.h"
#include "ui/acts/cancel_dialog.h"
#include "ui/acts/resubmit_many_dialog.h"
#include "ui/acts/scope_box.h"
#include "ui/casefile/export_case_dialog.h"
#include "ui/casefile/take_home_dialog.h"
#include "ui/compare/compare_dialog.h"
#include "ui/compare/compare_payloads_dialog.h"
#include "ui/connections/connection_dialog.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/secret_store.h"
#include "ui/console/about_dialog.h"
#include "ui/console/finishing_window.h"
#include "ui/console/log_buffer.h"
#include "ui/console/log_window.h"
#include "ui/console/preferences_dialog.h"
#include "ui/console/quit_dialog.h"
#include "ui/help/help_window.h"
#include "ui/housekeeping/prune_dialog.h"
#include "ui/pages/journal/undo_dialog.h"
#include "ui/pages/presets/preset_editor.h"
#include "ui/pages/presets/remove_preset_dialog.h"
#include "ui/pages/queues/pause_queue_dialog.h"
#include "ui/replay/edit_event_dialog.h"
#include "ui/replay/replay_dialog.h"
#include "ui/stepping/stepping_dialog.h"
#include "ui/submit/resubmit_dialog.h"
#include "ui/submit/submit_dialog.h"

#include <QPointer>

#include <memory>

using namespace Qt::StringLiterals;
using core::JobId;
using test_support::DialogLook;
using test_support::JobRows;
using test_support::StoryFixture;
using ui::Environment;

namespace {

/// A store with one failed job and its reports, thirty that wait, old ones, a case file and a preset; a session on it.
struct Desk {
    [[nodiscard]] QString open(Environment environment)
    {
        if (const QString wrong = store.open(); !wrong.isEmpty())
            return wrong;
        failed = store.failedCaptions();
        again = store.failedCaptions(1);
        JobRows rows(store.store.options.storePath);
        rows.insertMany(40, std::chrono::hours(24) * 40);
        QList<core::jobs::JobSummary> waiting;
        for (int i = 0; i < 30; ++i) {
            waiting << JobRows::done(std::chrono::seconds(5 + i));
            waiting.last().startedAt.reset();
            JobRows::setStatus(waiting.last(), core::JobStatus::Pending);
            pending << waiting.last().id;
        }
        rows.insert(waiting);
        deliveries = store.store.backend->deliveries(failed, 20).wait().value_or(QList<core::webhooks::Delivery>{});
        preset.name = u"News, large and yellow, for the late edition"_s;
        const auto saved = store.store.backend->savePreset(store.store.caller, {{}, preset.name, preset.style, {}}).wait();
        const auto journal = store.store.backend->journal(1).wait();
        if (!saved || !journal || deliveries.isEmpty())
            return u"The store is not as it should be"_s;
        preset.id = *saved;
        act = journal->constFirst();
        casePath = store.store.folder.filePath(u"the talk of last week.sbcase"_s);
        if (!store.store.backend->exportCase({.job = failed, .kinds = {}}, casePath).wait())
            return u"No case file was written"_s;
        ui::ConnectionProfile profile = store.session->profile();
        profile.name = u"media-prod-eu-west-1"_s;
        profile.environment = environment;
        session = std::make_unique<ui::StoreSession>(profile);
        session->open();
        return QTest::qWaitFor([&] { return session->isOpen(); }) ? QString() : u"The session does not open"_s;
    }
    [[nodiscard]] ui::UiContext context() { return {*session, store.preferences, store.navigator}; }
    [[nodiscard]] static core::tasks::BulkAnswer answer()
    {
        core::tasks::BulkAnswer answer;
        answer.asked = 6;
        answer.add({{u"018f0000-0000-7000-8000-000000000001"_s, core::tasks::BulkResult::Acted, {}, {}, {}, {}},
                    {u"018f0000-0000-7000-8000-000000000002"_s,
                     core::tasks::BulkResult::Skipped,
                     u"job_terminal"_s,
                     u"It had ended already, as DONE."_s,
                     u"DONE"_s,
                     {}}});
        return answer;
    }

    StoryFixture store;
    JobId failed;
    JobId again;
    QList<JobId> pending;
    QList<core::webhooks::Delivery> deliveries;
    core::captions::Preset preset;
    core::jobs::JournalEntry act;
    QString casePath;
    std::unique_ptr<ui::StoreSession> session;
    core::Lane lane;
    ui::SecretStore secrets;
    ui::LogBuffer log;
    QWidget window;    ///< whose some of them are
};

using Make = std::function<QWidget*(Desk&)>;
using Ready = std::function<bool(QWidget&)>;

bool always(QWidget&)
{
    return true;
}

bool isCounted(QWidget& dialog)
{
    return !dialog.findChild<ui::ScopeBox*>()->scope().ids.isEmpty();
}

}
Q_DECLARE_METATYPE(Make)
Q_DECLARE_METATYPE(Ready)

/// Every dialog of the console, at the scale that the test was started with: it fits a small screen, cuts no words, has a name for every
/// control and is gone through by Tab alone. With SIGNALBOX_SHOTS each leaves its picture in both themes.
class EveryDialogTest : public QObject {
    Q_OBJECT

    static void row(const char* name, Make make, Ready ready = always, Environment environment = Environment::Development)
    {
        QTest::newRow(name) << std::move(make) << std::move(ready) << environment;
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(QGuiApplication::primaryScreen()->availableSize().width(), qEnvironmentVariableIsSet("QT_SCALE_FACTOR") ? 1280 : 1366);
        test_support::useConsoleLook();
    }
    void isReadAndReached_data();
    void isReadAndReached()
    {
        QFETCH(Make, make);
        QFETCH(Ready, ready);
        QFETCH(Environment, environment);
        Desk desk;
        QCOMPARE(desk.open(environment), QString());
        QPointer<QWidget> dialog = make(desk);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QTRY_VERIFY(ready(*dialog));
        const QString name = u"dialog-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-') +
                             (dialog->devicePixelRatioF() > 1 ? u"-1.5x"_s : QString());
        QStringList faults;
        (void)QTest::qWaitFor([&] { return (faults = DialogLook(*dialog).faults()).isEmpty(); }, 3000);    // what came last is laid out
        test_support::shoot(*dialog, name);
        delete dialog.data();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

void EveryDialogTest::isReadAndReached_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<Ready>("ready");
    QTest::addColumn<Environment>("environment");
    const auto many = [](Desk& desk) -> QWidget* {
        return new ui::CancelDialog(*desk.session, {desk.pending}, u"selected in the list"_s, nullptr);
    };
    row(
        "cancel one",
        [](Desk& desk) { return new ui::CancelDialog(*desk.session, {desk.pending.mid(0, 1)}, u"selected in the list"_s, nullptr); },
        isCounted);
    row("cancel many", many, isCounted);
    row("cancel many on production", many, isCounted, Environment::Production);
    row(
        "resubmit many",
        [](Desk& desk) {
            return new ui::ResubmitManyDialog(*desk.session, {QList<JobId>{desk.failed, desk.again}}, u"selected in the list"_s, nullptr);
        },
        isCounted);
    row("result", [](Desk& desk) {
        return new ui::BulkResultDialog(desk.session->profile(), u"Cancel 6 jobs"_s, Desk::answer(), u"cancelled"_s, nullptr);
    });
    row("submit", [](Desk& desk) { return new ui::SubmitDialog(desk.context(), {}, nullptr); });
    row("submit captions",
        [](Desk& desk) { return new ui::SubmitDialog(desk.context(), {.type = core::JobType::CaptionsGenerate}, nullptr); });
    row(
        "resubmit", [](Desk& desk) { return new ui::ResubmitDialog(desk.context(), desk.failed, nullptr); },
        [](QWidget& dialog) { return static_cast<ui::ResubmitDialog&>(dialog).editor() != nullptr; });
    row(
        "replay",
        [](Desk& desk) { return new ui::ReplayDialog(desk.context(), desk.deliveries, u"selected on the page Webhooks"_s, nullptr); },
        [](QWidget& dialog) { return !static_cast<ui::ReplayDialog&>(dialog).isRunningDry(); });
    row(
        "replay on production",
        [](Desk& desk) { return new ui::ReplayDialog(desk.context(), desk.deliveries, u"selected on the page Webhooks"_s, nullptr); },
        [](QWidget& dialog) { return !static_cast<ui::ReplayDialog&>(dialog).isRunningDry(); }, Environment::Production);
    row("edit event", [](Desk& desk) { return new ui::EditEventDialog(desk.context(), desk.deliveries.constFirst().id, nullptr); });
    row(
        "step through",
        [](Desk& desk) {
            auto* dialog = new ui::SteppingDialog(desk.context(), desk.lane, nullptr);
            dialog->load(desk.failed);
            return dialog;
        },
        [](QWidget& dialog) { return static_cast<ui::SteppingDialog&>(dialog).isSettled(); });
    row(
        "compare jobs", [](Desk& desk) { return new ui::CompareDialog(desk.context(), desk.lane, desk.failed, desk.again, nullptr); },
        [](QWidget& dialog) { return static_cast<ui::CompareDialog&>(dialog).isSettled(); });
    row(
        "compare payloads",
        [](Desk& desk) {
            return new ui::ComparePayloadsDialog(desk.context(), desk.lane, {.job = desk.failed}, {.job = desk.again}, nullptr);
        },
        [](QWidget& dialog) { return static_cast<ui::ComparePayloadsDialog&>(dialog).isSettled(); });
    row(
        "export case", [](Desk& desk) { return new ui::ExportCaseDialog(*desk.session, desk.failed, nullptr); },
        [](QWidget& dialog) { return static_cast<ui::ExportCaseDialog&>(dialog).plan().has_value(); });
    row(
        "take home", [](Desk& desk) { return new ui::TakeHomeDialog(*desk.session, desk.casePath, nullptr); },
        [](QWidget& dialog) { return static_cast<ui::TakeHomeDialog&>(dialog).summary().has_value(); });
    row(
        "prune", [](Desk& desk) { return new ui::PruneDialog(*desk.session, nullptr); },
        [](QWidget& dialog) { return static_cast<ui::PruneDialog&>(dialog).preview().has_value(); });
    row(
        "prune on production", [](Desk& desk) { return new ui::PruneDialog(*desk.session, nullptr); },
        [](QWidget& dialog) { return static_cast<ui::PruneDialog&>(dialog).preview().has_value(); }, Environment::Production);
    row("preset", [](Desk& desk) {
        return new ui::PresetEditor(*desk.session, {desk.preset.id, desk.preset.name, desk.preset.style, {}}, nullptr);
    });
    row("remove preset", [](Desk& desk) { return new ui::RemovePresetDialog(*desk.session, desk.preset, nullptr); });
    row("pause queue", [](Desk& desk) { return new ui::PauseQueueDialog(*desk.session, {u"default"_s, false, 1131, 2, {}}, nullptr); });
    row("undo", [](Desk& desk) { return new ui::UndoDialog(*desk.session, desk.act, nullptr); });
    row("connections", [](Desk& desk) {
        static std::unique_ptr<ui::ConnectionStore> connections;    // outlives the dialog
        connections = std::make_unique<ui::ConnectionStore>(desk.store.store.folder.filePath(u"connections.json"_s));
        (void)connections->save(desk.session->profile());
        return new ui::ConnectionDialog(*connections, desk.secrets, desk.session->profile().id);
    });
    row("preferences", [](Desk& desk) { return new ui::PreferencesDialog(desk.store.preferences); });
    row("help", [](Desk& desk) -> QWidget* {
        ui::HelpWindow::open({}, &desk.window);
        return desk.window.findChild<ui::HelpWindow*>();
    });
    row("log", [](Desk& desk) -> QWidget* {
        ui::LogWindow::open(desk.log, &desk.window);
        return desk.window.findChild<ui::LogWindow*>();
    });
    row("quit", [](Desk&) { return new ui::QuitDialog({2, {u"Cancel 1,131 jobs"_s}}, ui::QuitDialog::Leaving::Program); });
    row("close the last window", [](Desk&) { return new ui::QuitDialog({0, {u"Cancel 1,131 jobs"_s}}, ui::QuitDialog::Leaving::Window); });
    row("finishing", [](Desk&) { return new ui::FinishingWindow({2, {u"Cancel 1,131 jobs"_s}}); });
    row("about", [](Desk&) { return new ui::AboutDialog; });
}

QTEST_MAIN(EveryDialogTest)
#include "tst_every_dialog.moc"
