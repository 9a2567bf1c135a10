// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_delegate.h"

#include "ui/base/digits.h"
#include "ui/base/format.h"
#include "ui/jobs/jobs_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include <algorithm>

namespace ui {

namespace {

constexpr int cellPadding = 8;
constexpr int firstPadding = 12;    // of the column that stands first
constexpr int barWidth = 30;
constexpr int barHeight = 6;

/// A part of `rect` that is `width` wide and begins `from` pixels after its leading edge.
QRect leading(const QRect& rect, int from, int width, bool rightToLeft)
{
    const int left = rightToLeft ? rect.right() + 1 - from - width : rect.left() + from;
    return {left, rect.top(), width, rect.height()};
}

/// Whether no measuring is needed: most cells hold a few Latin letters in much room, and measuring costs as much as drawing.
bool surelyFits(const QFontMetrics& metrics, const QString& text, int width)
{
    constexpr QChar widest = u'W';
    constexpr QChar lastPlain = u'~';
    return text.size() * metrics.horizontalAdvance(widest) <= width &&
           std::all_of(text.begin(), text.end(), [=](QChar each) { return each >= u' ' && each <= lastPlain; });
}

void paintText(QPainter* painter, const QRect& rect, const QString& text, Qt::Alignment side)
{
    const QFontMetrics metrics = painter->fontMetrics();
    if (side == Qt::AlignLeft && surelyFits(metrics, text, rect.width())) {
        painter->drawText(rect.left(), rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent(), text);
        return;
    }
    painter->drawText(rect, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                      metrics.elidedText(text, Qt::ElideRight, rect.width()));
}

QColor inkOf(JobColumn column, JobState state, const Theme& theme)
{
    switch (column) {
    case JobColumn::Type:
    case JobColumn::Took: return theme.text;
    case JobColumn::Message:
        if (state == JobState::Failed)
            return theme.text;
        return state == JobState::CancelAsked || state == JobState::Unknown ? theme.state(state).ink : theme.text2;
    case JobColumn::Status:
    case JobColumn::Progress:
    case JobColumn::Created:
    case JobColumn::Owner:
    case JobColumn::Updated:
    case JobColumn::Project:
    case JobColumn::Attempt:
    case JobColumn::Id:
    case JobColumn::ErrorCode: return theme.text2;
    }
    Q_UNREACHABLE();
}

bool isMono(JobColumn column)
{
    return column == JobColumn::Id || column == JobColumn::ErrorCode;
}

}

JobsDelegate::JobsDelegate(JobsModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

QSize JobsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {widthOf(static_cast<JobColumn>(index.column())), scaled(28)};
}

int JobsDelegate::widthOf(JobColumn column) const
{
    if (column == JobColumn::Status || column == JobColumn::Progress)
        return scaled(factsOf(column).width);
    const QFontMetrics metrics(textFont(isMono(column) ? TextRole::Mono : TextRole::Body));
    int widest = QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(factsOf(column).title) + scaled(20);
    for (int row = 0; row < m_model.rowCount(); ++row)
        widest = std::max(widest, metrics.horizontalAdvance(m_model.rowAt(row).text(column, m_model.timeStyle())));
    return widest + scaled(2 * cellPadding + 2);
}

void JobsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto column = static_cast<JobColumn>(index.column());
    const JobRow& row = m_model.rowAt(index.row());
    const Theme& theme = themeOf(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool focused = option.widget && option.widget->hasFocus();
    const bool rightToLeft = option.direction == Qt::RightToLeft;
    const bool flashes = (row.flash >> static_cast<unsigned>(column)) & 1U;

    if (selected)
        painter->fillRect(option.rect, focused ? theme.highlight : theme.inactiveHighlight);
    if (flashes)
        painter->fillRect(option.rect.adjusted(0, 0, 0, -1), theme.running.fill);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);

    const auto* view = qobject_cast<const QTableView*>(option.widget);
    const bool isFirst = view && view->horizontalHeader()->visualIndex(index.column()) == 0;
    const int before = scaled(isFirst ? firstPadding : cellPadding);
    const QRect rect = leading(option.rect, before, option.rect.width() - before - scaled(cellPadding), rightToLeft);
    if (column == JobColumn::Status) {
        paintStatus(painter, rect, row, theme, rightToLeft);
        return;
    }
    if (column == JobColumn::Progress) {
        paintProgress(painter, rect, row, theme, selected ? theme.base : theme.track, rightToLeft);
        return;
    }
    painter->setFont(textFont(isMono(column) ? TextRole::Mono : TextRole::Body));
    painter->setPen(inkOf(column, stateOf(row.job()), theme));
    const QString& text = row.text(column, m_model.timeStyle());
    if (factsOf(column).isNumber)
        paintDigits(painter, rect, text);
    else
        paintText(painter, rect, text, rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

void JobsDelegate::paintStatus(QPainter* painter, const QRect& rect, const JobRow& row, const Theme& theme, bool rightToLeft) const
{
    const JobState state = stateOf(row.job());
    const int icon = scaled(16);
    const int gap = scaled(5);
    paintIcon(painter, leading(rect, 0, icon, rightToLeft), stateIconName(state), theme.state(state).ink);
    painter->setFont(textFont(TextRole::SmallEmphasis));
    painter->setPen(state == JobState::Done ? theme.text2 : theme.state(state).ink);
    paintText(painter, leading(rect, icon + gap, rect.width() - icon - gap, rightToLeft), row.text(JobColumn::Status, m_model.timeStyle()),
              rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

void JobsDelegate::paintProgress(QPainter* painter, const QRect& rect, const JobRow& row, const Theme& theme, const QColor& track,
                                 bool rightToLeft) const
{
    const ProgressShown shown = progressOf(row.job());
    if (shown == ProgressShown::Nothing)
        return;
    painter->setFont(textFont(TextRole::Body));
    painter->setPen(theme.text2);
    const QString& text = row.text(JobColumn::Progress, m_model.timeStyle());
    if (shown == ProgressShown::Dash) {
        paintText(painter, rect, text, rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
        return;
    }
    const int width = scaled(barWidth);
    const int height = scaled(barHeight);
    QRect bar = leading(rect, 0, width, rightToLeft);
    bar.setTop(bar.top() + (bar.height() - height) / 2);
    bar.setHeight(height);
    const int percent = std::clamp(row.job().progressPct, 0, 100);
    QRect done = leading(bar, 0, percent == 0 ? 0 : std::max(1, width * percent / 100), rightToLeft);
    done.setHeight(height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(track);
    painter->drawRoundedRect(bar, 2, 2);
    if (!done.isEmpty()) {
        painter->setBrush(theme.state(stateOf(row.job())).ink);
        painter->setClipRect(done);    // the filled part keeps the round corners of the whole
        painter->drawRoundedRect(bar, 2, 2);
    }
    painter->restore();
    paintDigits(painter, rightToLeft ? rect.adjusted(0, 0, -width - scaled(4), 0) : rect.adjusted(width + scaled(4), 0, 0, 0), text);
}

}
