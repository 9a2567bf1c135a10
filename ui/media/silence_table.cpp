// SPDX-License-Identifier: Apache-2.0
#include "ui/media/silence_table.h"

#include "ui/base/format.h"
#include "ui/media/media_axis.h"
#include "ui/media/row_painting.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Held within what can be subtracted.
qint64 lengthOf(const core::tasks::Segment& silence)
{
    return MediaAxis::bounded(silence.endMs) - MediaAxis::bounded(silence.startMs);
}

class SilenceDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        paintRowGround(painter, option, index.column() == 0);
        const auto column = static_cast<SilenceModel::Column>(index.column());
        const bool current = option.state & QStyle::State_Selected;
        if (column == SilenceModel::Column::Share) {
            paintShare(painter, option, index, theme, current);
            return;
        }
        const bool isTime = column == SilenceModel::Column::Start || column == SilenceModel::Column::End;
        painter->setFont(textFont(isTime ? TextRole::Mono : TextRole::Body));
        painter->setPen(column == SilenceModel::Column::Number ? theme.text2 : theme.text);
        painter->drawText(option.rect.adjusted(scaled(8), 0, -scaled(8), 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(Qt::DisplayRole).toString());
    }

private:
    static void paintShare(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const Theme& theme,
                           bool current)
    {
        const int sign = scaled(16);
        const QRect bar = option.rect.adjusted(scaled(8), 0, -scaled(16) - sign, 0);
        const int height = scaled(6);
        const double share = index.data(SilenceModel::ShareRole).toDouble();
        if (share > 0)
            painter->fillRect(QRectF(bar.left(), bar.center().y() - height / 2 + 1, std::max(1.0, bar.width() * share), height),
                              current ? theme.accent : theme.warning().ink);
        if (!index.data(SilenceModel::DoubtRole).toString().isEmpty())
            paintIcon(painter, QRect(option.rect.right() - scaled(8) - sign, option.rect.center().y() - sign / 2, sign, sign),
                      u"dialog-warning"_s, theme.warning().ink);
    }
};

}

void SilenceModel::setSilences(const QList<core::tasks::Segment>& silences, qint64 durationMs)
{
    beginResetModel();
    m_silences = silences;
    m_durationMs = durationMs;
    m_longestMs = 0;
    for (const auto& silence : silences)
        m_longestMs = std::max(m_longestMs, lengthOf(silence));
    endResetModel();
}

QString SilenceModel::csv() const
{
    QString text = u"start_ms,end_ms,length_ms\n"_s;
    for (const auto& silence : m_silences)
        text += u"%1,%2,%3\n"_s.arg(silence.startMs).arg(silence.endMs).arg(lengthOf(silence));
    return text;
}

QString SilenceModel::json() const
{
    QStringList lines;
    for (const auto& silence : m_silences)
        lines << u"  {\"start_ms\": %1, \"end_ms\": %2}"_s.arg(silence.startMs).arg(silence.endMs);
    return lines.isEmpty() ? u"[]\n"_s : u"[\n"_s + lines.join(u",\n"_s) + u"\n]\n"_s;
}

int SilenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_silences.size());
}

int SilenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 5;
}

QString SilenceModel::doubt(const core::tasks::Segment& silence) const
{
    if (silence.endMs <= silence.startMs)
        return tr("It ends before it starts.");
    if (silence.startMs < 0)
        return tr("It starts before the file does.");
    if (m_durationMs > 0 && silence.endMs > m_durationMs)
        return tr("It ends after the file does.");
    return {};
}

QVariant SilenceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& silence = m_silences[index.row()];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Column::Number: return countText(index.row() + 1);
        case Column::Start: return timecode(MediaAxis::bounded(silence.startMs));
        case Column::End: return timecode(MediaAxis::bounded(silence.endMs));
        case Column::Length: return tr("%1 s").arg(QString::number(double(lengthOf(silence)) / 1000, 'f', 2));
        case Column::Share: return {};
        }
        return {};
    case Qt::ToolTipRole: return doubt(silence);
    case Qt::TextAlignmentRole: return column == Column::Share ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        if (column != Column::Share)
            return {};
        return tr("%1% of the longest. %2").arg(qRound(data(index, ShareRole).toDouble() * 100)).arg(doubt(silence)).trimmed();
    case ShareRole: return m_longestMs > 0 ? std::clamp(double(lengthOf(silence)) / double(m_longestMs), 0.0, 1.0) : 0.0;
    case DoubtRole: return doubt(silence);
    default: return {};
    }
}

QVariant SilenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant((column == Column::Share ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Number: return tr("#");
    case Column::Start: return tr("Start");
    case Column::End: return tr("End");
    case Column::Length: return tr("Length");
    case Column::Share: return tr("Share of longest");
    }
    return {};
}

SilenceTable::SilenceTable(SilenceModel* model, QWidget* parent) : QTableView(parent)
{
    setModel(model);
    setItemDelegate(new SilenceDelegate(this));
    setAccessibleName(tr("Silences"));
    setUpRows(this, scaled(24));
    for (const auto& [column, width] : {std::pair(SilenceModel::Column::Number, 44), std::pair(SilenceModel::Column::Start, 92),
                                        std::pair(SilenceModel::Column::End, 92), std::pair(SilenceModel::Column::Length, 84)})
        setColumnWidth(int(column), scaled(width));
    horizontalHeader()->setStretchLastSection(true);
}

int SilenceTable::heightFor(int rows) const
{
    const int shown = std::clamp(model()->rowCount(), 1, rows);
    return horizontalHeader()->sizeHint().height() + shown * verticalHeader()->defaultSectionSize() + 2 * frameWidth();
}

}
