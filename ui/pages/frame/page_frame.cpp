// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/frame/page_frame.h"

#include "ui/base/empty_state.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/pane_keys.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/base/search_field.h"
#include "ui/base/segmented_switch.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastPauseMs = 2000;
constexpr int costFactor = 4;    // a read that took a second is not repeated for four

}

PageFrame::PageFrame(const UiContext& context, const QString& title, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_titleBar(new QWidget(this)),
      m_error(new ErrorBar(this)),
      m_states(new QStackedWidget(this)),
      m_content(new QWidget),
      m_empty(new EmptyState),
      m_loading(new InkLabel(tr("Reading the store…"), TextRole::Body, InkLabel::Ink::Text2))
{
    setAccessibleName(title);
    m_titleLine = new QHBoxLayout(m_titleBar);
    buildTitle(title);
    m_loading->setAlignment(Qt::AlignCenter);
    m_loading->setMargin(scaled(48));
    for (QWidget* state : std::initializer_list<QWidget*>{m_loading, m_content, m_empty})
        m_states->addWidget(state);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_titleBar);
    layout->addWidget(m_error);
    layout->addWidget(m_states, 1);

    takeKey(this, QKeySequence::Refresh, [this] { refresh(); });

    m_wait.setSingleShot(true);
    m_second.setInterval(1000);
    m_poll.setInterval(std::chrono::seconds(15));
    connect(&m_wait, &QTimer::timeout, this, &PageFrame::refresh);
    connect(&m_poll, &QTimer::timeout, this, &PageFrame::noteChange);
    connect(&m_second, &QTimer::timeout, this, &PageFrame::updateAge);
    connect(m_error, &ErrorBar::retryAsked, this, &PageFrame::refresh);
    connect(&context.session, &StoreSession::changed, this, &PageFrame::noteChange);
    connect(&context.session, &StoreSession::changedMuch, this, &PageFrame::noteChange);
    connect(&context.session, &StoreSession::liveChanged, this, [this](bool live) {
        if (live && m_stale)
            schedule();
        if (!live)
            m_wait.stop();
    });
    connect(&context.session, &StoreSession::stateChanged, this, [this] {
        if (m_context.session.isOpen() && (m_stale || m_failed) && isVisible())
            refresh();
    });
    connect(&context.preferences, &Preferences::changed, this, &PageFrame::updateAge);
}

PageFrame::~PageFrame()
{
    giveUpReads();
}

void PageFrame::buildTitle(const QString& title)
{
    m_titleLine->setContentsMargins(scaled(24), scaled(12), scaled(24), scaled(12));
    m_titleLine->setSpacing(scaled(12));
    m_caption = new InkLabel(TextRole::Small, InkLabel::Ink::Text2, m_titleBar);
    m_caption->setMinimumWidth(0);
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_filterError = new InkLabel(TextRole::Small, InkLabel::Ink::Failed, m_titleBar);
    m_filterError->hide();
    m_age = new InkLabel(TextRole::Small, InkLabel::Ink::Text2, m_titleBar);
    m_titleLine->addWidget(new InkLabel(title, TextRole::Title, InkLabel::Ink::Text, m_titleBar));
    m_titleLine->addWidget(m_caption, 1);
    m_titleLine->addWidget(m_filterError);
    m_titleLine->addWidget(m_age);
    followTextSize(m_titleBar, [this] { m_titleBar->setMinimumHeight(scaled(52)); });
}

void PageFrame::addWindowSwitch()
{
    QStringList names;
    for (const LookBack back : allLookBacks())
        names += shortName(back);
    m_switch = new SegmentedSwitch(tr("Time window"), names, m_titleBar);
    for (auto* part : m_switch->findChildren<QAbstractButton*>())
        keepHeight(part, 28);
    m_switch->setCurrent(static_cast<int>(LookBack::Day));
    m_titleLine->insertWidget(1, m_switch);
    connect(m_switch, &SegmentedSwitch::chosen, this, &PageFrame::refresh);
}

void PageFrame::addFilterField()
{
    m_filterField = new QLineEdit(m_titleBar);
    m_filterField->setPlaceholderText(tr("Filter, for example type:captions"));
    m_filterField->setAccessibleName(tr("Filter of this page"));
    m_filterField->setToolTip(tr("Only jobs that this filter takes. Enter applies it."));
    m_filterField->setClearButtonEnabled(true);
    keepWidth(m_filterField, 260);
    m_filterField->setMaxLength(static_cast<int>(core::jobs::maxFilterLength));
    m_filterField->addAction(ownIcon(u"edit-find"_s), QLineEdit::LeadingPosition);
    nameFieldButtons(m_filterField);
    addToTitle(m_filterField);
    connect(m_filterField, &QLineEdit::returnPressed, this, &PageFrame::applyFilter);
    connect(m_filterField, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            applyFilter();
    });
}

void PageFrame::addToTitle(QWidget* widget)
{
    widget->setParent(m_titleBar);
    m_titleLine->insertWidget(m_titleLine->indexOf(m_age), widget);
}

void PageFrame::setCaption(const QString& text)
{
    m_caption->setText(text);
    m_caption->setToolTip(plainToolTip(text));
}

QString PageFrame::filterText() const
{
    return core::jobs::takesAll(m_filter) ? QString() : core::jobs::toText(m_filter);
}

LookBack PageFrame::lookBack() const
{
    return m_switch ? static_cast<LookBack>(m_switch->current()) : LookBack::Day;
}

core::jobs::Window PageFrame::window() const
{
    return windowOf(lookBack(), core::base::systemNow());
}

core::backend::Backend& PageFrame::backend() const
{
    return *m_context.session.backend();
}

core::backend::ReadHandle PageFrame::aRead()
{
    return m_reads.emplace_back();
}

void PageFrame::giveUpReads()
{
    for (const core::backend::ReadHandle& read : m_reads)
        read.giveUp();
    m_reads.clear();
}

void PageFrame::applyFilter()
{
    const auto filter = core::jobs::readFilter(m_filterField->text(), core::base::systemNow());
    m_filterError->setVisible(!filter);
    if (!filter) {
        m_filterError->setText(plainLine(filter.error().message));
        m_filterField->setSelection(static_cast<int>(filter.error().offset),
                                    static_cast<int>(std::max<qsizetype>(1, filter.error().length)));
        return;
    }
    if (*filter == m_filter)
        return;
    m_filter = *filter;
    refresh();
}

void PageFrame::refresh()
{
    m_wait.stop();
    if (!m_context.session.backend()) {
        m_stale = true;
        return;
    }
    giveUpReads();
    ++m_round;
    m_open = 0;
    m_stale = false;
    m_givenUp = false;
    m_reading = true;
    m_failed = false;
    m_sinceRead.start();
    reload();
}

void PageFrame::answered(const core::Error* error)
{
    --m_open;
    if (error) {
        m_failed = true;
        m_context.session.noteFailure(*error);
        m_error->showError(tr("This page could not be read."), *error,
                           m_readAt ? tr("What it shows is as it was read before.") : QString());
    }
    if (m_open > 0)
        return;
    m_reading = false;
    m_costMs = m_sinceRead.elapsed();
    if (!m_failed) {
        m_readAt = core::base::systemNow();
        m_error->clear();
    }
    updateAge();
    showState();
    if (m_stale)
        schedule();
}

void PageFrame::setIsEmpty(bool isEmpty)
{
    m_isEmpty = isEmpty;
}

void PageFrame::showState()
{
    QWidget* shown = m_content;
    if (!m_readAt)
        shown = m_loading;
    else if (m_isEmpty)
        shown = m_empty;
    m_loading->setText(m_failed ? QString() : tr("Reading the store…"));
    m_states->setCurrentWidget(shown);
}

void PageFrame::noteChange()
{
    m_stale = true;
    schedule();
}

void PageFrame::schedule()
{
    if (!isVisible() || !m_context.session.isLive() || m_reading || m_wait.isActive())
        return;
    const qint64 pause = std::max<qint64>(leastPauseMs, m_costMs * costFactor);
    const qint64 past = m_sinceRead.isValid() ? m_sinceRead.elapsed() : pause;
    m_wait.start(static_cast<int>(std::max<qint64>(0, pause - past)));
}

void PageFrame::updateAge()
{
    if (!m_readAt)
        return;
    const core::Time now = core::base::systemNow();
    const QString age = relativeTime(*m_readAt, now);
    m_age->setText(now - *m_readAt < std::chrono::seconds(1) ? tr("as of now") : tr("as of %1 ago").arg(age));
    m_age->setToolTip(exactTime(*m_readAt, m_context.preferences.timeZone()));
}

void PageFrame::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_second.start();
    m_poll.start();
    if (!m_readAt || m_givenUp || (m_stale && m_context.session.isLive()))
        refresh();
    showState();
}

void PageFrame::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_second.stop();
    m_poll.stop();
    m_wait.stop();
    m_stale = true;    // it did not listen
    giveUpReads();
    if (m_reading) {
        ++m_round;
        m_reading = false;
        m_givenUp = true;
    }
}

void PageFrame::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.alternateBase);
    painter.fillRect(m_titleBar->geometry(), theme.window);
    painter.fillRect(QRect(0, m_titleBar->geometry().bottom(), width(), 1), theme.border);
}

}
