// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl_process.h"
#include "tests/support/job_rows.h"
#include "tests/ui/inspector/story_fixture.h"
#include "ui/acts/cancel_acts.h"
#include "ui/acts/cancel_dialog.h"
#include "ui/acts/resubmit_many_acts.h"
#include "ui/acts/resubmit_many_dialog.h"
#include "ui/casefile/case_acts.h"
#include "ui/casefile/take_home_dialog.h"
#include "ui/housekeeping/prune_acts.h"
#include "ui/housekeeping/prune_dialog.h"
#include "ui/pages/journal/undo_dialog.h"
#include "ui/pages/presets/preset_editor.h"
#include "ui/pages/presets/remove_preset_dialog.h"
#include "ui/replay/replay_acts.h"
#include "ui/replay/replay_dialog.h"
#include "ui/submit/resubmit_dialog.h"
#include "ui/submit/submit_acts.h"
#include "ui/submit/submit_dialog.h"
#include "ui/window/task_area.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;
using core::JobId;
using core::jobs::JournalEntry;
using test_support::JobRows;
using test_support::StoryFixture;

namespace {

const QString reason = u"ticket 4471"_s;

/// One store twice: the console acts on the one, signalboxctl on a copy that was made before.
struct Twins {
    [[nodiscard]] QString open()
    {
        if (const QString wrong = console.open(); !wrong.isEmpty())
            return wrong;
        failed = {console.failedCaptions(), console.failedCaptions(1)};
        JobRows rows(console.store.options.storePath);
        rows.insertMany(7, std::chrono::hours(24) * 40);
        QList<core::jobs::JobSummary> waiting;
        for (int i = 0; i < 5; ++i) {
            waiting << JobRows::done(std::chrono::seconds(5 + i), core::JobType::MediaProbe);
            waiting.last().startedAt.reset();
            JobRows::setStatus(waiting.last(), core::JobStatus::Pending);
            pending << waiting.last().id;
        }
        rows.insert(waiting);
        deliveries = console.store.backend->deliveries(failed.first(), 20).wait().value_or(QList<core::webhooks::Delivery>{});
        const auto saved = console.store.backend->savePreset(console.store.caller, {{}, u"News"_s, {}, {}}).wait();
        const auto journal = console.store.backend->journal(1).wait();
        if (!saved || !journal || deliveries.size() < 2)
            return u"The store is not as it should be"_s;
        preset = *saved;
        presetMade = journal->constFirst();
        return makeForeignCase() && copy() ? QString() : u"The store could not be copied"_s;
    }
    /// Runs the program on the copy, with the same operator.
    [[nodiscard]] test::Run run(QStringList words) const
    {
        words << u"--store"_s << copyPath << u"--storage"_s << copyStorage << u"--operator"_s << console.session->caller().operatorName;
        return ctl.run(words);
    }
    [[nodiscard]] static QStringList ids(const QList<JobId>& jobs)
    {
        QStringList texts;
        for (const JobId& id : jobs)
            texts << id.text;
        return texts;
    }
    /// What was journalled since, oldest first, without id, time and connection; ids that the twins did not have in common are numbered.
    [[nodiscard]] QStringList actsOf(core::backend::Backend& backend) const
    {
        const auto journal = backend.journal(1000).wait();
        QStringList lines;
        for (auto entry = journal->rbegin(); entry != journal->rend(); ++entry) {
            if (entry->createdAt <= presetMade.createdAt)
                continue;
            lines << u"%1|%2|%3|%4|%5|%6|%7"_s.arg(entry->operatorName, entry->role, entry->action, withoutNewIds(entry->target),
                                                   entry->reason, QString::fromUtf8(entry->before.value_or("-")),
                                                   QString::fromUtf8(entry->after.value_or("-")));
        }
        lines.sort();    // acts on many go in the order that each was given
        return lines;
    }
    [[nodiscard]] QString withoutNewIds(const QString& target) const
    {
        const QString id = target.section(u':', 1);
        return known.contains(id) ? target : target.section(u':', 0, 0) + u":new"_s;
    }

    StoryFixture console;
    StoryFixture elsewhere;    ///< where the case comes from
    test::CtlProcess ctl;
    QList<JobId> failed;
    QList<JobId> pending;
    QList<core::webhooks::Delivery> deliveries;
    core::PresetId preset;
    JournalEntry presetMade;
    QString casePath;
    JobId foreign;
    QString copyPath;
    QString copyStorage;
    QSet<QString> known;

private:
    [[nodiscard]] bool makeForeignCase()
    {
        casePath = ctl.path(u"foreign.sbcase"_s);
        if (!elsewhere.open().isEmpty())
            return false;
        foreign = elsewhere.failedCaptions();
        return elsewhere.store.backend->exportCase({.job = foreign, .kinds = {}}, casePath).wait().has_value();
    }
    [[nodiscard]] bool copy()
    {
        copyPath = ctl.path(u"twin.db"_s);
        copyStorage = ctl.path(u"twin"_s);
        if (!console.database().exec(("VACUUM INTO '" + copyPath.toUtf8() + "'").constData()))
            return false;
        QFile::copy(console.store.options.storePath + u".key"_s, copyPath + u".key"_s);
        if (QProcess::execute(u"cp"_s, {u"-r"_s, console.store.options.storagePath, copyStorage}) != 0)
            return false;
        for (const JobId& id : failed + pending)
            known << id.text;
        known << foreign.text << preset.text;
        for (const auto& delivery : deliveries)
            known << delivery.id.text;
        const auto rows = console.store.backend->jobIds({}, 1000).wait();
        for (const JobId& id : rows->ids)
            known << id.text;
        return true;
    }
};

/// The window's side of the twins.
struct Window {
    explicit Window(Twins& of) : twins(of) {}
    Twins& twins;
    QWidget widget;
    ui::TaskArea tasks;
    ui::UiContext context{twins.console.context()};
    ui::CancelActs cancels{context, tasks, &widget};
    ui::ResubmitManyActs resubmits{context, tasks, &widget};
    ui::SubmitActs submits{context, tasks, &widget};
    ui::ReplayActs replays{context, tasks, &widget};
    ui::PruneActs prunes{context, tasks, &widget};
    ui::CaseActs cases{context, tasks, &widget};
};

using Dialog = std::function<ui::ActDialog*(Window&)>;
using Words = std::function<QStringList(Twins&)>;

QLineEdit* fieldNamed(const QWidget& in, const QString& name)
{
    const auto all = in.findChildren<QLineEdit*>();
    for (QLineEdit* each : all) {
        if (each->accessibleName() == name && each->isVisible())
            return each;
    }
    return nullptr;
}

/// Also what would change nothing: here it is about the journal.
ui::ReplayDialog* askToReplay(Window& window, qsizetype count)
{
    auto* dialog = window.replays.ask(window.twins.deliveries.mid(0, count), u"selected"_s);
    (void)QTest::qWaitFor([&] { return !dialog->isRunningDry(); });
    dialog->findChild<QCheckBox*>()->setChecked(false);
    return dialog;
}

/// The button that does it, once it may be pressed.
QPushButton* actThatBegins(const QWidget& in, const QString& beginning)
{
    QPushButton* found = nullptr;
    (void)QTest::qWaitFor(
        [&] {
            const auto all = in.findChildren<QPushButton*>();
            for (QPushButton* each : all) {
                if (each->text().startsWith(beginning) && each->isEnabled())
                    found = each;
            }
            return found != nullptr;
        },
        10'000);
    return found;
}

}
Q_DECLARE_METATYPE(Dialog)
Q_DECLARE_METATYPE(Words)

/// "The same acts through signalboxctl leave the same journal rows."
class SameJournalTest : public QObject {
    Q_OBJECT

    static void row(const char* name, const char* button, int entries, Dialog dialog, Words words)
    {
        QTest::newRow(name) << QString::fromLatin1(button) << entries << std::move(dialog) << std::move(words);
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void byDialogAndByCommandLine_data();
    void byDialogAndByCommandLine()
    {
        QFETCH(QString, button);
        QFETCH(int, entries);
        QFETCH(Dialog, dialog);
        QFETCH(Words, words);
        Twins twins;
        QCOMPARE(twins.open(), QString());
        Window window(twins);

        QPointer<ui::ActDialog> asked = dialog(window);
        QVERIFY(asked);
        if (!asked->isVisible())
            asked->show();
        QTRY_VERIFY(asked->isActiveWindow());
        if (QLineEdit* why = fieldNamed(*asked, u"Reason"_s))
            QTest::keyClicks(why, reason);
        QPushButton* act = actThatBegins(*asked, button);
        QVERIFY(act);
        act->setFocus();
        QTest::keyClick(act, Qt::Key_Space);
        QTRY_COMPARE(twins.actsOf(*twins.console.store.backend).size(), entries);

        EXITS(twins.run(words(twins)), 0);
        core::backend::DirectBackendOptions options;
        options.storePath = twins.copyPath;
        options.storagePath = twins.copyStorage;
        const auto copy = core::backend::DirectBackend::open(options);
        QVERIFY(copy);
        const QStringList byDialog = twins.actsOf(*twins.console.store.backend);
        QCOMPARE(twins.actsOf(**copy), byDialog);
        if (asked)
            asked->close();
        QTRY_VERIFY(!window.tasks.hasRunning());
    }
};

void SameJournalTest::byDialogAndByCommandLine_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("entries");
    QTest::addColumn<Dialog>("dialog");
    QTest::addColumn<Words>("words");
    row(
        "cancel one", "Cancel 1 job", 1, [](Window& window) { return window.cancels.askAboutJobs({window.twins.pending.first()}); },
        [](Twins& twins) -> QStringList {
            return {u"cancel"_s, twins.pending.first().text, u"--reason"_s, reason};
        });
    row(
        "cancel many", "Cancel 3 jobs", 3, [](Window& window) { return window.cancels.askAboutJobs(window.twins.pending.mid(0, 3)); },
        [](Twins& twins) -> QStringList {
            return QStringList{u"cancel"_s} + Twins::ids(twins.pending.mid(0, 3)) + QStringList{u"--reason"_s, reason, u"--yes"_s};
        });
    row(
        "cancel all that match", "Cancel 5 jobs", 5,
        [](Window& window) {
            const QString text = u"type:media-probe status:pending"_s;
            return window.cancels.askAboutMatching(core::jobs::parseFilter(text, core::base::systemNow()).value(), text);
        },
        [](Twins&) -> QStringList {
            return {u"cancel"_s, u"--filter"_s, u"type:media-probe status:pending"_s, u"--reason"_s, reason, u"--yes"_s};
        });
    row(
        "submit", "Submit 1 job", 1,
        [](Window& window) {
            return window.submits.submit({.type = core::JobType::MediaProbe, .input = R"({"file_path":"inputs/talk-07.mp4"})"});
        },
        [](Twins&) -> QStringList {
            return {u"submit"_s, u"media-probe"_s, u"inputs/talk-07.mp4"_s};
        });
    row(
        "resubmit", "Resubmit 1 job", 1, [](Window& window) { return window.submits.resubmit(window.twins.failed.first()); },
        [](Twins& twins) -> QStringList {
            return {u"resubmit"_s, twins.failed.first().text};
        });
    row(
        "resubmit many", "Resubmit 2 jobs", 2, [](Window& window) { return window.resubmits.askAboutJobs(window.twins.failed); },
        [](Twins&) -> QStringList { return {u"resubmit"_s, u"--filter"_s, u"status:failed"_s, u"--reason"_s, reason, u"--yes"_s}; });
    row(
        "replay one", "Replay 1 delivery", 1, [](Window& window) -> ui::ActDialog* { return askToReplay(window, 1); },
        [](Twins& twins) -> QStringList {
            return {u"replay"_s, twins.deliveries.at(0).id.text, u"--reason"_s, reason};
        });
    row(
        "replay many", "Replay 2 deliveries", 2, [](Window& window) -> ui::ActDialog* { return askToReplay(window, 2); },
        [](Twins& twins) -> QStringList {
            return {u"replay"_s, twins.deliveries.at(0).id.text, twins.deliveries.at(1).id.text, u"--reason"_s, reason, u"--yes"_s};
        });
    row(
        "prune", "Remove 7 jobs", 7, [](Window& window) { return window.prunes.ask(); },
        [](Twins&) -> QStringList { return {u"prune"_s, u"--older-than"_s, u"30d"_s, u"--reason"_s, reason, u"--yes"_s}; });
    row(
        "preset", "Save preset", 1,
        [](Window& window) -> ui::ActDialog* {
            auto* editor = new ui::PresetEditor(*window.twins.console.session, {{}, u"Evening"_s, {}, {}}, &window.widget);
            editor->open();
            return editor;
        },
        [](Twins&) -> QStringList {
            return {u"presets"_s, u"save"_s, u"Evening"_s};
        });
    row(
        "remove preset", "Delete", 1,
        [](Window& window) -> ui::ActDialog* {
            const auto all = window.twins.console.store.backend->presets().wait();
            auto* dialog = new ui::RemovePresetDialog(*window.twins.console.session, all->constLast(), &window.widget);
            dialog->open();
            return dialog;
        },
        [](Twins& twins) -> QStringList {
            return {u"presets"_s, u"remove"_s, twins.preset.text};
        });
    row(
        "undo", "Delete the preset", 1,
        [](Window& window) -> ui::ActDialog* {
            auto* dialog = new ui::UndoDialog(*window.twins.console.session, window.twins.presetMade, &window.widget);
            dialog->open();
            return dialog;
        },
        [](Twins& twins) -> QStringList {
            return {u"undo"_s, twins.presetMade.id.text};
        });
    row(
        "take home", "Take 1 job home", 1, [](Window& window) { return window.cases.takeHome(window.twins.casePath); },
        [](Twins& twins) -> QStringList {
            return {u"case"_s, u"take"_s, twins.casePath, u"--reason"_s, reason};
        });
}

QTEST_MAIN(SameJournalTest)
#include "tst_same_journal.moc"
