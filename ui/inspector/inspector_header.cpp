// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector_header.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setFlatLook(button);
    button->setIcon(ownIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}

InspectorHeader::InspectorHeader(QWidget* parent)
    : QWidget(parent),
      m_zone(QTimeZone::systemTimeZone()),
      m_word(new QWidget(this)),
      m_title(new InkLabel(TextRole::Title, InkLabel::Ink::Text, this)),
      m_id(new InkLabel(TextRole::Mono, InkLabel::Ink::Text2, this)),
      m_facts(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_copy(iconButton(u"edit-copy"_s, tr("Copy the whole id"), this)),
      m_cancel(iconButton(u"process-stop"_s, tr("Cancel this job…"), this)),
      m_resubmit(iconButton(u"act-resubmit"_s, tr("Resubmit this job…"), this)),
      m_export(iconButton(u"document-export"_s, tr("Export this job as a case file…"), this)),
      m_pin(iconButton(u"pin"_s, tr("Pin: keep this job while the selection moves"), this)),
      m_maximise(iconButton(u"view-fullscreen"_s, tr("Maximise the inspector"), this))
{
    auto* close = iconButton(u"window-close"_s, tr("Close the inspector"), this);
    m_pin->setCheckable(true);
    m_id->setAccessibleName(tr("Id"));
    m_id->setLayoutDirection(Qt::LeftToRight);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(4));
    first->addSpacing(scaled(20));    // the state's icon, painted
    m_word->setAttribute(Qt::WA_TransparentForMouseEvents);
    first->addWidget(m_word);
    first->addSpacing(scaled(4));
    first->addWidget(m_title, 1);
    first->addWidget(m_cancel);
    first->addWidget(m_resubmit);
    first->addWidget(m_export);
    first->addWidget(m_pin);
    first->addWidget(m_maximise);
    first->addWidget(close);
    auto* second = new QHBoxLayout;
    second->setSpacing(scaled(4));
    second->addWidget(m_id);
    second->addWidget(m_copy);
    second->addWidget(m_facts, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(8), scaled(12), scaled(2));
    column->setSpacing(0);
    column->addLayout(first);
    column->addLayout(second);

    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_job.id.text); });
    connect(m_cancel, &QToolButton::clicked, this, &InspectorHeader::cancelAsked);
    connect(m_resubmit, &QToolButton::clicked, this, &InspectorHeader::resubmitAsked);
    connect(m_export, &QToolButton::clicked, this, &InspectorHeader::exportAsked);
    connect(m_pin, &QToolButton::toggled, this, &InspectorHeader::pinned);
    connect(m_maximise, &QToolButton::clicked, this, &InspectorHeader::maximiseAsked);
    connect(close, &QToolButton::clicked, this, &InspectorHeader::closeAsked);
}

void InspectorHeader::showId(const core::JobId& id)
{
    m_job = {};
    m_job.id = id;
    m_isRead = false;
    m_word->setAccessibleName(QString());
    setCancel(tr("The job is not read yet."));
    setResubmit(tr("The job is not read yet."));
    m_title->setText(QString());
    m_facts->setText(QString());
    layOutId();
    update();
}

void InspectorHeader::showJob(const core::jobs::JobSummary& job, core::Time now, const QTimeZone& zone)
{
    m_job = job;
    m_zone = zone;
    m_isRead = true;
    fitWord();
    m_word->setAccessibleName(tr("Status %1").arg(statusWord(job)));
    m_title->setText(typeTitle(job.type, job.typeText));
    m_title->setToolTip(plainToolTip(job.typeText));
    layOutId();
    tick(now);
    update();
}

void InspectorHeader::fitWord()
{
    const QFontMetrics metrics(textFont(TextRole::SmallEmphasis));
    m_word->setFixedWidth(std::min(metrics.horizontalAdvance(statusWord(m_job)) + 2, scaled(160)));
}

void InspectorHeader::tick(core::Time now)
{
    if (!m_isRead)
        return;
    QStringList facts{QString()};
    if (!m_job.userId.isEmpty())
        facts << plainLine(m_job.userId);
    const QString age = relativeTime(m_job.createdAt, now);
    facts << (age == tr("now") ? age : tr("%1 ago").arg(age));
    if (const auto took = tookOf(m_job, now))
        facts << (m_job.finishedAt ? tr("took %1").arg(lengthText(*took)) : tr("runs for %1").arg(lengthText(*took)));
    if (m_job.attempt > 0)
        facts << tr("attempt %1").arg(m_job.attempt);
    m_facts->setText(facts.join(u" \u00b7 "_s));
    QString exact = tr("Created %1").arg(exactTime(m_job.createdAt, m_zone));
    if (m_job.startedAt)
        exact += u'\n' + tr("Started %1").arg(exactTime(*m_job.startedAt, m_zone));
    if (m_job.finishedAt)
        exact += u'\n' + tr("Finished %1").arg(exactTime(*m_job.finishedAt, m_zone));
    m_facts->setToolTip(exact);
}

/// The whole id where there is room for it; elided in the middle in a narrow pane. The copy is always whole.
void InspectorHeader::layOutId()
{
    const QString whole = plainLine(m_job.id.text);
    const QFontMetrics metrics(textFont(TextRole::Mono));
    const bool narrow = width() < scaled(480) || whole.size() > 40;
    m_id->setText(narrow ? metrics.elidedText(whole, Qt::ElideMiddle, std::max(scaled(96), width() / 4)) : whole);
    m_id->setToolTip(plainToolTip(whole));
    m_id->setAccessibleDescription(whole);
}

bool InspectorHeader::isPinned() const
{
    return m_pin->isChecked();
}

void InspectorHeader::setPinned(bool pinned)
{
    m_pin->setChecked(pinned);
}

void InspectorHeader::setMaximised(bool maximised)
{
    m_maximise->setIcon(ownIcon(maximised ? u"view-restore"_s : u"view-fullscreen"_s));
    const QString name = maximised ? tr("Restore the inspector") : tr("Maximise the inspector");
    m_maximise->setAccessibleName(name);
    m_maximise->setToolTip(name);
}

void InspectorHeader::setCancel(const QString& why)
{
    m_cancel->setEnabled(why.isEmpty());
    m_cancel->setToolTip(why.isEmpty() ? tr("Cancel this job…") : plainToolTip(tr("Cannot be cancelled: %1").arg(why)));
    m_cancel->setAccessibleDescription(why);
}

void InspectorHeader::setResubmit(const QString& why)
{
    m_resubmit->setEnabled(why.isEmpty());
    m_resubmit->setToolTip(why.isEmpty() ? tr("Resubmit this job…") : plainToolTip(tr("Cannot be resubmitted: %1").arg(why)));
    m_resubmit->setAccessibleDescription(why);
}

void InspectorHeader::paintEvent(QPaintEvent*)
{
    if (!m_isRead)
        return;
    QPainter painter(this);
    const JobState state = stateOf(m_job);
    const QColor ink = themeOf(palette()).state(state).ink;
    const int side = scaled(16);
    const int left = layoutDirection() == Qt::RightToLeft ? width() - scaled(16) - side : scaled(16);
    paintIcon(&painter, QRect(left, m_word->geometry().center().y() - side / 2, side, side), stateIconName(state), ink);
    painter.setFont(textFont(TextRole::SmallEmphasis));
    painter.setPen(state == JobState::Done ? themeOf(palette()).text2 : ink);
    painter.drawText(m_word->geometry(), Qt::AlignVCenter | Qt::AlignLeading, statusWord(m_job));
}

void InspectorHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOutId();
}

void InspectorHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    if (m_isRead)
        fitWord();
    layOutId();
}

}
