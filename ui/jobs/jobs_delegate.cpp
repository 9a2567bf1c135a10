// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_delegate.h"

#include "ui/base/cell_text.h"
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

constexpr int barWidth = 30;
constexpr int barHeight = 6;

/// A part of `rect` that is `width` wide and begins `from` pixels after its leading edge.
QRect leading(const QRect& rect, int from, int width, bool rightToLeft)
{
    const int left = rightToLeft ? rect.right() + 1 - from - width : rect.left() + from;
    return {left, rect.top(), width, rect.height()};
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
        return defaultWidth(column);
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

    const QColor& quiet = selected ? (focused ? theme.highlight : theme.inactiveHighlight) : theme.base;
    painter->fillRect(option.rect, flashes ? theme.running.fill : quiet);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);

    const auto* view = qobject_cast<const QTableView*>(option.widget);
    const bool isFirst = view && view->horizontalHeader()->visualIndex(index.column()) == 0;
    const int before = scaled(isFirst ? firstCellPadding : cellPadding);
    const QRect rect = leading(option.rect, before, option.rect.width() - before - scaled(cellPadding), rightToLeft);
    if (column == JobColumn::Status) {
        paintStatus(painter, rect, row, theme, rightToLeft);
        return;
    }
    if (column == JobColumn::Progress) {
        paintProgress(painter, rect, row, theme, selected ? theme.base : theme.track, rightToLeft);
        return;
    }
    painter->setPen(inkOf(column, stateOf(row.job()), theme));
    const QFont font = textFont(isMono(column) ? TextRole::Mono : TextRole::Body);
    const QString& text = row.text(column, m_model.timeStyle());
    if (factsOf(column).isNumber)
        paintDigits(painter, font, rect, text);
    else
        paintCellText(painter, font, rect, text, rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

void JobsDelegate::paintStatus(QPainter* painter, const QRect& rect, const JobRow& row, const Theme& theme, bool rightToLeft) const
{
    const JobState state = stateOf(row.job());
    const int icon = scaled(statusIcon);
    const int gap = scaled(statusGap);
    paintIcon(painter, leading(rect, 0, icon, rightToLeft), stateIconName(state), theme.state(state).ink);
    painter->setPen(state == JobState::Done ? theme.text2 : theme.state(state).ink);
    paintCellText(painter, textFont(TextRole::SmallEmphasis), leading(rect, icon + gap, rect.width() - icon - gap, rightToLeft),
                  row.text(JobColumn::Status, m_model.timeStyle()), rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

void JobsDelegate::paintProgress(QPainter* painter, const QRect& rect, const JobRow& row, const Theme& theme, const QColor& track,
                                 bool rightToLeft) const
{
    const ProgressShown shown = progressOf(row.job());
    if (shown == ProgressShown::Nothing)
        return;
    painter->setPen(theme.text2);
    const QFont font = textFont(TextRole::Body);
    const QString& text = row.text(JobColumn::Progress, m_model.timeStyle());
    if (shown == ProgressShown::Dash) {
        paintCellText(painter, font, rect, text, rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
        return;
    }
    const int width = scaled(barWidth);
    const int height = scaled(barHeight);
    QRect place = leading(rect, 0, width, rightToLeft);
    place.setTop(place.top() + (place.height() - height) / 2);
    place.setHeight(height);
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(place.topLeft(), bar(track, place.size(), ratio));
    const int percent = std::clamp(row.job().progressPct, 0, 100);
    if (percent > 0) {
        // a part of a whole one: its corners are those of the track
        const QRect done = leading(place, 0, std::max(1, width * percent / 100), rightToLeft);
        const QRect from = done.translated(-place.topLeft());
        painter->drawPixmap(QRectF(done), bar(theme.state(stateOf(row.job())).ink, place.size(), ratio),
                            QRectF(from.x() * ratio, from.y() * ratio, from.width() * ratio, from.height() * ratio));
    }
    paintDigits(painter, font, rightToLeft ? rect.adjusted(0, 0, -width - scaled(4), 0) : rect.adjusted(width + scaled(4), 0, 0, 0), text);
}

const QPixmap& JobsDelegate::bar(const QColor& color, const QSize& size, qreal devicePixelRatio) const
{
    QPixmap& kept = m_bars[color.rgba()];
    if (kept.size() == size * devicePixelRatio && kept.devicePixelRatio() == devicePixelRatio)
        return kept;
    kept = QPixmap(size * devicePixelRatio);
    kept.setDevicePixelRatio(devicePixelRatio);
    kept.fill(Qt::transparent);
    QPainter painter(&kept);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRect(QPoint(), size), 2, 2);
    return kept;
}

}
