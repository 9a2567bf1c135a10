// SPDX-License-Identifier: Apache-2.0
#include "ui/console/quit_dialog.h"

#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

QuitDialog::QuitDialog(qint64 running, QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Quit Signalbox"));
    setMinimumWidth(scaled(560));
    auto* title = new QLabel(running == 1 ? tr("1 job runs in this program.") : tr("%1 jobs run in this program.").arg(running), this);
    keepFont(title, TextRole::Title);
    auto* words = new QLabel(tr("Finished in the background, they end as they would. Stopped, they wait in the queue and begin again at "
                                "the next start; nothing is lost."),
                             this);
    words->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* stay = buttons->addButton(tr("Stay"), QDialogButtonBox::RejectRole);
    QPushButton* handBack = buttons->addButton(tr("Stop them and quit"), QDialogButtonBox::ActionRole);
    QPushButton* finish = buttons->addButton(tr("Finish them, then quit"), QDialogButtonBox::ActionRole);
    setPrimaryLook(finish);
    stay->setFocus();
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(words);
    column->addWidget(buttons);
    connect(stay, &QPushButton::clicked, this, &QDialog::close);
    connect(handBack, &QPushButton::clicked, this, [this] {
        emit handBackAsked();
        close();
    });
    connect(finish, &QPushButton::clicked, this, [this] {
        emit finishAsked();
        close();
    });
}

}
