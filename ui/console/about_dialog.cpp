// SPDX-License-Identifier: Apache-2.0
#include "ui/console/about_dialog.h"

#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>

namespace ui {

using namespace Qt::StringLiterals;

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Signalbox"));
    auto* picture = new QLabel(this);
    picture->setPixmap(QIcon(u":/icons/signalbox.svg"_s).pixmap(scaled(64)));
    picture->setAccessibleName(tr("The signal box"));
    auto* title = new QLabel(u"Signalbox %1"_s.arg(QCoreApplication::applicationVersion()), this);
    keepFont(title, TextRole::Title);
    const QString facts =
        tr("Qt %1 on %2, %3").arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture());
    auto* words = new QLabel(tr("The console for media jobs, and the core that runs them. Apache License 2.0.") + u"\n\n"_s + facts, this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* closing = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    QPushButton* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    connect(closing, &QPushButton::clicked, this, &QDialog::close);
    connect(copy, &QPushButton::clicked, this, [title, facts] { QGuiApplication::clipboard()->setText(title->text() + u'\n' + facts); });
    auto* text = new QVBoxLayout;
    text->addWidget(title);
    text->addWidget(words, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(picture, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(buttons);
    setMinimumWidth(scaled(480));
}

}
