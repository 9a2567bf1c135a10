// SPDX-License-Identifier: Apache-2.0
#include "ui/console/quit_dialog.h"

#include "ui/base/format.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

QString stillRunningText(const StillRunning& running)
{
    constexpr qsizetype mostNamed = 3;
    QStringList sentences;
    if (running.jobs > 0)
        sentences << (running.jobs == 1 ? QuitDialog::tr("1 job runs in this program.")
                                        : QuitDialog::tr("%1 jobs run in this program.").arg(running.jobs));
    if (!running.tasks.isEmpty()) {
        QStringList named = running.tasks.mid(0, mostNamed);
        if (running.tasks.size() > mostNamed)
            named << QuitDialog::tr("%1 more").arg(running.tasks.size() - mostNamed);
        const QString names = plainLine(named.join(u", "_s));
        sentences << (running.tasks.size() == 1
                          ? QuitDialog::tr("1 background task is under way: %1.").arg(names)
                          : QuitDialog::tr("%1 background tasks are under way: %2.").arg(countText(running.tasks.size()), names));
    }
    return sentences.join(u' ');
}

QuitDialog::QuitDialog(const StillRunning& running, Leaving leaving, QWidget* parent) : QDialog(parent)
{
    const bool isProgram = leaving == Leaving::Program;
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(isProgram ? tr("Quit Signalbox") : tr("Close the window"));
    setMinimumWidth(scaled(560));
    auto* title = new QLabel(stillRunningText(running), this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    keepFont(title, TextRole::Title);
    QStringList says;
    if (running.jobs > 0)
        says << tr(
            "Jobs that are finished in the background end as they would. Stopped, they wait in the queue and begin again at the next "
            "start; nothing is lost.");
    if (!running.tasks.isEmpty())
        says << tr(
            "A task that is finished does all that it was asked. Stopped, it ends after the step under way, and what is done by then "
            "stays done. Its result is not shown any more; what it did stands in the journal.");
    auto* words = new QLabel(says.join(u"\n\n"_s), this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* stay = buttons->addButton(tr("Stay"), QDialogButtonBox::RejectRole);
    QPushButton* handBack =
        buttons->addButton(isProgram ? tr("Stop them and quit") : tr("Stop them and close"), QDialogButtonBox::ActionRole);
    QPushButton* finish =
        buttons->addButton(isProgram ? tr("Finish them, then quit") : tr("Finish them in the background"), QDialogButtonBox::ActionRole);
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
