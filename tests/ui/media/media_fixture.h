// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/ui_fixture.h"
#include "ui/payload/typed_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QVBoxLayout>

namespace test_support {

/// The context of a job of that type whose input is these bytes; nothing of it is in the store.
[[nodiscard]] inline ui::PayloadContext contextOf(ConsoleFixture& console, core::JobType type, const QByteArray& input)
{
    core::jobs::JobSummary job;
    job.id = core::JobId{QStringLiteral("0192f3a1-7c44-7be2-9a10-5d2f0c81e6b7")};
    job.type = type;
    job.typeText = core::jobs::jobTypeName(type);
    job.status = core::JobStatus::Done;
    job.statusText = QStringLiteral("DONE");
    return {console.context(), job, input};
}

/// A white pane with the page inset around a view, as the inspector has it.
inline void showInPane(QWidget& pane, QWidget* view, const QSize& size, int inset = 16)
{
    pane.setBackgroundRole(QPalette::Base);
    pane.setAutoFillBackground(true);
    auto* lines = new QVBoxLayout(&pane);
    lines->setContentsMargins(inset, inset, inset, inset);
    lines->addWidget(view);
    pane.resize(size);
    pane.show();
    pane.activateWindow();
}

}
