// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/acts/scope_box.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/window/main_window.h"
#include "ui/window/task_area.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

namespace test_support {

/// A window on a real store; without workers jobs stay as they are.
struct ActsFixture {
    explicit ActsFixture(bool readOnly = false, ui::Environment environment = ui::Environment::Embedded)
    {
        wrong = console.open(0, readOnly);
        if (!wrong.isEmpty())
            return;
        ui::ConnectionProfile profile = console.session->profile();
        profile.environment = environment;
        session = std::make_shared<ui::StoreSession>(profile);
        session->open();
    }
    ~ActsFixture() { delete window.data(); }

    /// Pending ones, newest first.
    QList<core::JobId> add(int count, core::JobType type = core::JobType::SilenceDetect)
    {
        QList<core::jobs::JobSummary> jobs;
        for (int i = 0; i < count; ++i) {
            auto job = JobRows::done(std::chrono::seconds(5 + i), type);
            job.startedAt.reset();
            job.attempt = 0;
            job.progressPct = 0;
            JobRows::setStatus(job, core::JobStatus::Pending);
            jobs << job;
        }
        JobRows(console.store.options.storePath).insert(jobs);
        QList<core::JobId> ids;
        for (const auto& job : jobs)
            ids << job.id;
        return ids;
    }
    /// Until so many rows are there; -1: some.
    bool show(int rows)
    {
        window = new ui::MainWindow(session, console.preferences);
        window->resize(1440, 900);
        window->show();
        return QTest::qWaitForWindowActive(window) && QTest::qWaitFor(
                                                          [&] {
                                                              const int shown = window->jobsPage().model()->rowCount();
                                                              return rows < 0 ? shown > 0 : shown == rows;
                                                          },
                                                          10'000);
    }
    [[nodiscard]] QAction* act(const QString& text) const
    {
        const auto acts = window->acts();
        for (QAction* each : acts) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }
    /// The dialog that was opened, with its scope counted.
    template <class Dialog>
    [[nodiscard]] Dialog* dialog(qsizetype jobs) const
    {
        const bool there = QTest::qWaitFor([&] {
            const auto* found = window->findChild<Dialog*>();
            return found && found->template findChild<ui::ScopeBox*>()->scope().ids.size() == jobs;
        });
        return there ? window->findChild<Dialog*>() : nullptr;
    }
    [[nodiscard]] static QPushButton* button(QWidget* in, const QString& text)
    {
        const auto all = in->findChildren<QPushButton*>();
        for (auto* each : all) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] static QLineEdit* field(QWidget* in, const QString& name)
    {
        const auto all = in->findChildren<QLineEdit*>();
        for (auto* each : all) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] QString taskText() const { return window->tasks().findChild<QLabel*>()->text(); }
    [[nodiscard]] core::JobStatus statusOf(const core::JobId& id) const { return console.store.job(id).status; }
    [[nodiscard]] QStringList journal() const
    {
        QStringList lines;
        const auto entries = console.store.backend->journal(1000).wait();
        for (const auto& entry : *entries)
            lines << QStringLiteral("%1 %2 %3").arg(entry.action, entry.target, entry.reason);
        lines.sort();
        return lines;
    }
    void select(const QList<core::JobId>& ids) const { window->jobsPage().view()->jobSelection()->restore(ids, ids.constFirst()); }

    ConsoleFixture console;
    QString wrong;
    std::shared_ptr<ui::StoreSession> session;
    QPointer<ui::MainWindow> window;
};

}
