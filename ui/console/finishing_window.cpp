// SPDX-License-Identifier: Apache-2.0
#include "ui/console/finishing_window.h"

#include "ui/console/quit_dialog.h"
#include "ui/theme/text_size.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

FinishingWindow::FinishingWindow(const StillRunning& running)
{
    setWindowTitle(tr("Signalbox ends soon"));
    setMinimumWidth(scaled(480));
    setAttribute(Qt::WA_QuitOnClose, false);
    auto* title = new QLabel(stillRunningText(running), this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    keepFont(title, TextRole::Title);
    auto* words =
        new QLabel(tr("Signalbox takes nothing new and ends when they have ended. Until then it cannot be started again. Stopped, "
                      "jobs wait in the queue and begin again at the next start, and tasks end after the step under way; nothing is lost."),
                   this);
    words->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* handBack = buttons->addButton(tr("Stop them and quit"), QDialogButtonBox::ActionRole);
    handBack->setAutoDefault(false);    // not by an Enter that was meant for something else
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(words);
    column->addWidget(buttons);
    connect(handBack, &QPushButton::clicked, this, [this, handBack] {
        handBack->setEnabled(false);
        emit handBackAsked();
    });
}

}
