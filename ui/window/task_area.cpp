// SPDX-License-Identifier: Apache-2.0
#include "ui/window/task_area.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestText = 360;

QString progressOf(const BackgroundTask& task)
{
    if (task.isOver())
        return task.ending();
    if (task.total())
        return TaskArea::tr("%1 %2 of %3").arg(task.title(), countText(task.done()), countText(*task.total()));
    return u"%1 %2"_s.arg(task.title(), countText(task.done()));
}

}

void BackgroundTask::report(qint64 done, std::optional<qint64> total)
{
    m_done = done;
    m_total = total;
    emit changed();
}

void BackgroundTask::end(const QString& ending, bool failed)
{
    m_ending = ending;
    m_failed = failed;
    emit changed();
}

void BackgroundTask::setHasResult(bool has)
{
    m_hasResult = has;
    emit changed();
}

void BackgroundTask::setDetail(const QString& detail)
{
    m_detail = detail;
    emit changed();
}

TaskArea::TaskArea(QWidget* parent)
    : QWidget(parent),
      m_text(new QLabel(this)),
      m_bar(new QWidget(this)),
      m_abort(new QPushButton(tr("Abort"), this)),
      m_result(new QPushButton(tr("Result"), this)),
      m_list(new QToolButton(this)),
      m_menu(new QMenu(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(m_abort);
    row->addWidget(m_result);
    row->addWidget(m_list);
    m_text->setTextFormat(Qt::PlainText);
    keepFont(m_text, TextRole::Small);
    followTextSize(m_bar, [this] { m_bar->setFixedSize(scaled(92), scaled(20)); });    // painted by this widget
    setFlatLook(m_abort);
    setFlatLook(m_result);
    setFlatLook(m_list);
    m_list->setIcon(actionIcon(u"go-up"_s));
    m_list->setAccessibleName(tr("Background tasks"));
    m_list->setToolTip(tr("All background tasks of this window"));
    m_list->setPopupMode(QToolButton::InstantPopup);
    m_list->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &TaskArea::fillMenu);
    connect(m_abort, &QPushButton::clicked, this, [this] {
        if (!m_tasks.isEmpty())
            emit m_tasks.last()->abortAsked();
    });
    connect(m_result, &QPushButton::clicked, this, [this] {
        if (!m_tasks.isEmpty())
            emit m_tasks.last()->resultAsked();
    });
    refresh();
}

void TaskArea::add(BackgroundTask* task)
{
    task->setParent(this);
    m_tasks << task;
    connect(task, &BackgroundTask::changed, this, &TaskArea::refresh);
    connect(task, &BackgroundTask::changed, this, [this, task, isTold = false]() mutable {
        if (task->isOver() && !std::exchange(isTold, true))
            emit taskEnded(task->title(), task->ending(), task->hasFailed());
    });
    refresh();
}

bool TaskArea::hasRunning() const
{
    return std::any_of(m_tasks.begin(), m_tasks.end(), [](const BackgroundTask* task) { return !task->isOver(); });
}

void TaskArea::refresh()
{
    const BackgroundTask* newest = m_tasks.isEmpty() ? nullptr : m_tasks.last();
    const QString text = newest ? progressOf(*newest) : tr("No background tasks");
    // elided here: a label that is as wide as its text would widen the whole window
    m_text->setText(m_text->fontMetrics().elidedText(text, Qt::ElideRight, scaled(widestText)));
    m_text->setAccessibleName(text);
    QStringList tip;
    if (m_text->text() != text)
        tip << text;
    if (newest && !newest->detail().isEmpty())
        tip << newest->detail();
    m_text->setToolTip(plainToolTip(tip.join(u'\n')));
    m_bar->setVisible(newest && !newest->isOver());
    m_abort->setVisible(newest && !newest->isOver());
    m_abort->setAccessibleName(newest ? tr("Abort %1").arg(newest->title()) : QString());
    m_result->setVisible(newest && newest->isOver() && newest->hasResult());
    m_result->setAccessibleName(newest ? tr("Result of %1").arg(newest->title()) : QString());
    m_list->setVisible(newest);
    update();
}

void TaskArea::fillMenu()
{
    m_menu->clear();
    for (auto each = m_tasks.crbegin(); each != m_tasks.crend(); ++each) {
        BackgroundTask* task = *each;
        QAction* line =
            m_menu->addAction(task->isOver() ? u"%1: %2"_s.arg(task->title(), task->ending()) : tr("Abort: %1").arg(progressOf(*task)));
        line->setEnabled(!task->isOver() || task->hasResult());
        connect(line, &QAction::triggered, task, task->isOver() ? &BackgroundTask::resultAsked : &BackgroundTask::abortAsked);
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("Clear those that are over"), this, [this] {
        const auto over = std::stable_partition(m_tasks.begin(), m_tasks.end(), [](const BackgroundTask* task) { return !task->isOver(); });
        for (auto each = over; each != m_tasks.end(); ++each)
            (*each)->deleteLater();
        m_tasks.erase(over, m_tasks.end());
        refresh();
    });
}

void TaskArea::paintEvent(QPaintEvent*)
{
    if (m_tasks.isEmpty() || m_tasks.last()->isOver())
        return;
    const BackgroundTask& task = *m_tasks.last();
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const QRect track(m_bar->x(), (height() - 6) / 2, m_bar->width(), 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.track);
    painter.drawRoundedRect(track, 2, 2);
    if (task.total() && *task.total() > 0) {
        QRect part = track;
        part.setWidth(static_cast<int>(track.width() * std::min<qint64>(task.done(), *task.total()) / *task.total()));
        painter.setBrush(theme.accent);
        painter.drawRoundedRect(part, 2, 2);
    }
}

}
