// SPDX-License-Identifier: Apache-2.0
#include "ui/window/task_area.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/session/ui_context.h"
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
    m_list->setToolTip(tr("All background tasks of this connection"));
    m_list->setPopupMode(QToolButton::InstantPopup);
    m_list->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &TaskArea::fillMenu);
    connect(m_abort, &QPushButton::clicked, this, [this] {
        if (BackgroundTask* task = newest())
            emit task->abortAsked();
    });
    connect(m_result, &QPushButton::clicked, this, [this] {
        if (const BackgroundTask* task = newest())
            showResult(*task);
    });
    follow(*new BackgroundTasks(this));
}

TaskArea::~TaskArea() = default;

void TaskArea::follow(BackgroundTasks& tasks)
{
    if (m_tasks)
        m_tasks->disconnect(this);
    m_tasks = &tasks;
    connect(&tasks, &BackgroundTasks::changed, this, &TaskArea::refresh);
    refresh();
}

void TaskArea::setContext(const UiContext& context, QWidget* window)
{
    m_context = std::make_unique<UiContext>(context);
    m_window = window;
}

void TaskArea::showResult(const BackgroundTask& task)
{
    if (m_context)
        task.showResult(*m_context, m_window);
}

BackgroundTask* TaskArea::newest() const
{
    return m_tasks && !m_tasks->all().isEmpty() ? m_tasks->all().last() : nullptr;
}

void TaskArea::add(BackgroundTask* task)
{
    m_tasks->add(task);
}

bool TaskArea::hasRunning() const
{
    return m_tasks && !m_tasks->running().isEmpty();
}

void TaskArea::refresh()
{
    const BackgroundTask* task = newest();
    const QString text = task ? progressOf(*task) : tr("No background tasks");
    // elided here: a label that is as wide as its text would widen the whole window
    m_text->setText(m_text->fontMetrics().elidedText(text, Qt::ElideRight, scaled(widestText)));
    m_text->setAccessibleName(text);
    QStringList tip;
    if (m_text->text() != text)
        tip << text;
    if (task && !task->detail().isEmpty())
        tip << task->detail();
    m_text->setToolTip(plainToolTip(tip.join(u'\n')));
    m_bar->setVisible(task && !task->isOver());
    m_abort->setVisible(task && !task->isOver());
    m_abort->setAccessibleName(task ? tr("Abort %1").arg(task->title()) : QString());
    m_result->setVisible(task && task->isOver() && task->hasResult());
    m_result->setAccessibleName(task ? tr("Result of %1").arg(task->title()) : QString());
    m_list->setVisible(task);
    update();
}

void TaskArea::fillMenu()
{
    m_menu->clear();
    const auto tasks = m_tasks ? m_tasks->all() : QList<BackgroundTask*>();
    for (auto each = tasks.crbegin(); each != tasks.crend(); ++each) {
        BackgroundTask* task = *each;
        const bool isOver = task->isOver();
        QAction* line = m_menu->addAction(isOver ? u"%1: %2"_s.arg(task->title(), task->ending()) : tr("Abort: %1").arg(progressOf(*task)));
        line->setEnabled(!isOver || task->hasResult());
        connect(line, &QAction::triggered, task, [self = QPointer(this), task, isOver] {
            if (!isOver)
                emit task->abortAsked();
            else if (self)
                self->showResult(*task);
        });
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("Clear those that are over"), this, [this] {
        if (m_tasks)
            m_tasks->clearThoseOver();
    });
}

void TaskArea::paintEvent(QPaintEvent*)
{
    const BackgroundTask* running = newest();
    if (!running || running->isOver())
        return;
    const BackgroundTask& task = *running;
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
