// SPDX-License-Identifier: Apache-2.0
#include "ui/console/log_window.h"

#include "ui/base/log_view.h"
#include "ui/base/search_field.h"
#include "ui/console/log_buffer.h"
#include "ui/theme/metrics.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

namespace ui {

LogWindow::LogWindow(LogBuffer& log, QWidget* parent) : QDialog(parent), m_log(log), m_view(new LogView(tr("Log of this program"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Log of this program"));
    resize(scaled(900), scaled(520));
    auto* search = new QLineEdit(this);
    search->setPlaceholderText(tr("Search"));
    search->setAccessibleName(tr("Search the log"));
    search->setClearButtonEnabled(true);
    nameFieldButtons(search);
    auto* follow = new QCheckBox(tr("Follow"), this);
    follow->setChecked(true);
    auto* save = new QPushButton(tr("Save…"), this);
    auto* row = new QHBoxLayout;
    row->addWidget(search, 1);
    row->addWidget(follow);
    row->addWidget(save);
    auto* column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(m_view, 1);
    m_view->setFollowing(true);
    connect(search, &QLineEdit::textChanged, m_view, &LogView::setSearch);
    connect(search, &QLineEdit::returnPressed, this, [this] { m_view->findNext(false); });
    connect(follow, &QCheckBox::toggled, m_view, &LogView::setFollowing);
    connect(save, &QPushButton::clicked, this, &LogWindow::save);
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &LogWindow::refresh);
    m_timer.start();
    refresh();
}

void LogWindow::open(LogBuffer& log, QWidget* parent)
{
    auto* window = parent->findChild<LogWindow*>();
    if (!window)
        window = new LogWindow(log, parent);
    window->show();
    window->raise();
    window->activateWindow();
}

void LogWindow::refresh()
{
    const auto found = m_log.after(std::max<qint64>(0, m_last));
    if (found.last == m_last)
        return;
    QByteArray text;
    for (const QString& line : found.lines)
        text += line.toUtf8() + '\n';
    if (m_last < 0)
        m_view->setLog(text);
    else
        m_view->appendLog(text);
    m_last = found.last;
}

void LogWindow::save()
{
    auto* dialog = new QFileDialog(this, tr("Save the log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("signalbox.log"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(m_log.text()) >= 0 && file.commit())
            return;
        auto* box = new QMessageBox(QMessageBox::Warning, tr("The log was not saved"),
                                    tr("%1 cannot be written: %2").arg(path, file.errorString()), {}, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->addButton(tr("Close"), QMessageBox::RejectRole);
        box->open();
    });
    dialog->open();
}

}
