// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bare_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/floor.h"
#include "tests/bench/job_store.h"
#include "tests/bench/json_floor.h"
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/console_on_trial.h"
#include "tests/bench/ui/process_facts.h"
#include "tests/bench/ui/script.h"
#include "tests/bench/ui/trials.h"
#include "tests/bench/ui/watchdog.h"
#include "ui/base/segmented_switch.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_view.h"
#include "ui/payload/find_bar.h"
#include "ui/payload/json_tree.h"
#include "ui/payload/raw_area.h"
#include "ui/payload/raw_view.h"
#include "ui/window/main_window.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QToolButton>

#include <cstring>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int ended = 1000;

struct PayloadTrial {
    Report report;
    Script script;
    QTemporaryDir folder;
    qsizetype bytes = 0;
    std::unique_ptr<Watchdog> watchdog = std::make_unique<Watchdog>();
    std::unique_ptr<ConsoleOnTrial> console;
    ui::RawView* raw = nullptr;
    ui::RawArea* area = nullptr;
    ui::JsonTree* tree = nullptr;
    quint64 before = 0;

    [[nodiscard]] QString path() const { return folder.filePath(u"payload.db"_s); }
    [[nodiscard]] static core::JobId job() { return core::JobId{QString::fromLatin1(jobStoreId(ended))}; }
    void begin(QWidget* watched)
    {
        BenchApplication::instance().watch(watched);
        before = BenchApplication::instance().frames();
    }
    [[nodiscard]] bool isPainted() const { return BenchApplication::instance().frames() > before; }
    void noteMemory(const QString& name) { report.add(u"memory-"_s + name, memoryNow().anonymousMb); }
    void noteStall(const QString& name)
    {
        const Stall stall = watchdog->takeLongest();
        const auto longest = BenchApplication::instance().takeLongestEvent();
        report.add(u"stall-"_s + name, stall.wallMs);
        report.add(u"stall-cpu-"_s + name, stall.cpuMs);
        report.say(u"longest-"_s + name, u"%1 (%2 ms of its thread)"_s.arg(longest.what).arg(longest.cpuMs, 0, 'f', 1));
    }
};

/// With one word at its very end that is nowhere else.
QByteArray document()
{
    QByteArray text = bigDocument();
    text.chop(1);
    return text + R"(,"note":"zebra"})";
}

/// Reading the column into memory, as the product must; searching and indexing bytes that are there.
void measureFloors(PayloadTrial& own)
{
    QByteArray text;
    for (int round = 0; round < 3; ++round) {
        text.clear();
        const double begun = machineMs();
        BareStore store(own.path());
        FloorStatement read(store.connection(), "SELECT output_data FROM jobs WHERE id = ?");
        read.read(
            [&](sqlite3_stmt* row) {
                text = QByteArray(static_cast<const char*>(sqlite3_column_blob(row, 0)), sqlite3_column_bytes(row, 0));
            },
            std::string_view(jobStoreId(ended).constData(), 36));
        own.report.add(u"bare-read"_s, machineMs() - begun);
        const double searched = machineMs();
        if (!std::memchr(text.constData(), 'z', static_cast<size_t>(text.size())))
            giveUp(u"the word is not there"_s);
        own.report.add(u"bare-search"_s, machineMs() - searched);
    }
    if (!OnDemand::isThere())
        return;
    OnDemand peer(text);
    for (int round = 0; round < 3; ++round) {
        const double begun = machineMs();
        peer.walk();
        own.report.add(u"bare-index"_s, machineMs() - begun);
    }
}

void openIt(PayloadTrial& own)
{
    own.script.add(
        u"first rows"_s,
        [&own] {
            own.console = std::make_unique<ConsoleOnTrial>(own.path(), 0);
            own.begin(own.console->view().viewport());
        },
        [&own] { return own.console->rows().rowCount() > 0 && own.isPainted(); });
    own.script.rest(1000);
    own.script.add(
        u"a small payload"_s,
        [&own] {
            auto& window = own.console->window();
            window.showJob(core::JobId{QString::fromLatin1(jobStoreId(1))}, ui::InspectorTab::Output);
        },
        [&own] {
            own.area = nullptr;
            for (auto* area : own.console->window().findChildren<ui::RawArea*>()) {
                if (area->isVisible() && !area->bytes().isEmpty())
                    own.area = area;
            }
            return own.area != nullptr;
        });
    own.script.rest(1000);
    own.script.add([&own] {
        for (QWidget* at = own.area; at && !own.raw; at = at->parentWidget())
            own.raw = qobject_cast<ui::RawView*>(at);
        own.noteMemory(u"before"_s);
        own.noteStall(u"start"_s);
    });
    own.script.add(
        u"first screen"_s,
        [&own] {
            own.begin(own.area->viewport());
            own.console->window().showJob(PayloadTrial::job(), ui::InspectorTab::Output);
        },
        [&own] {
            if (own.area->bytes().size() < own.bytes) {
                own.before = BenchApplication::instance().frames();
                return false;
            }
            return own.isPainted();
        },
        [&own](const Taken& taken) { own.report.add(u"first-screen"_s, taken.wallMs); });
    own.script.rest(2000);
    own.script.add([&own] {
        own.noteMemory(u"raw"_s);
        own.noteStall(u"open"_s);
    });
}

void searchIt(PayloadTrial& own)
{
    own.script.add(
        u"search"_s,
        [&own] {
            auto* field = own.raw->findChild<ui::FindBar*>()->findChild<QLineEdit*>();
            field->setText(u"zebra"_s);
            QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
            QCoreApplication::sendEvent(field, &enter);
        },
        [&own] {
            const auto buttons = own.raw->findChild<ui::FindBar*>()->findChildren<QToolButton*>();
            return std::any_of(buttons.begin(), buttons.end(),
                               [](const QToolButton* button) { return button->isEnabled() && button->toolTip().contains(u"F3"_s); });
        },
        [&own](const Taken& taken) { own.report.add(u"search"_s, taken.wallMs); });
    own.script.rest(500);
    own.script.add([&own] { own.noteStall(u"search"_s); });
}

void indexIt(PayloadTrial& own)
{
    own.script.add(
        u"tree"_s,
        [&own] {
            QWidget* parent = own.raw->parentWidget();
            while (parent && !parent->findChild<ui::SegmentedSwitch*>())
                parent = parent->parentWidget();
            auto* chooser = parent->findChild<ui::SegmentedSwitch*>();
            own.tree = parent->findChild<ui::JsonTree*>();
            own.begin(own.tree->viewport());
            chooser->setCurrent(1);
            emit chooser->chosen(1);
        },
        [&own] { return own.tree->model()->rowCount() > 0 && own.isPainted(); },
        [&own](const Taken& taken) { own.report.add(u"index"_s, taken.wallMs); });
    own.script.rest(1000);
    own.script.add([&own] {
        own.noteMemory(u"tree"_s);
        own.noteStall(u"tree"_s);
    });
}

void closeIt(PayloadTrial& own)
{
    own.script.add([&own] { own.console->window().inspector().showNothing(); });
    own.script.rest(1500);
    own.script.add([&own] {
        own.noteMemory(u"closed"_s);
        own.noteStall(u"close"_s);
    });
}

}

Trial tryPayload(const TrialWish&, const Finish& finish)
{
    auto trial = std::make_shared<PayloadTrial>();
    PayloadTrial* own = trial.get();
    {
        const QByteArray text = document();
        own->bytes = text.size();
        own->report.add(u"file"_s, static_cast<double>(text.size()) / 1e6);
        makeJobStore(own->path(), {ended, 0, text});
    }
    openIt(*own);
    searchIt(*own);
    indexIt(*own);
    closeIt(*own);
    own->script.run([own, finish] {
        own->watchdog.reset();    // what follows runs in this thread
        measureFloors(*own);
        finish(own->report);
    });
    return trial;
}

}
