// SPDX-License-Identifier: Apache-2.0
#include "ui/media/frame_grid.h"

#include "ui/base/format.h"
#include "ui/media/frame_images.h"
#include "ui/media/media_axis.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

int captionHeight()
{
    return scaled(20);
}

/// The picture's place in a cell: room for the ring at its left, the rest of the gap at its right.
QRect pictureRect(const QRect& cell)
{
    const QRect inner = cell.adjusted(scaled(4), scaled(4), -scaled(12), 0);
    return {inner.left(), inner.top(), inner.width(), inner.width() * 9 / 16};
}

class FrameDelegate final : public QStyledItemDelegate {
public:
    FrameDelegate(const FrameImages& images, QObject* parent) : QStyledItemDelegate(parent), m_images(images) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const QRect picture = pictureRect(option.rect);
        const QString key = index.data(FrameModel::KeyRole).toString();
        const QImage image = m_images.image(key);
        painter->fillRect(picture, theme.alternateBase);
        if (!image.isNull()) {
            const QSize shown = image.size().scaled(picture.size(), Qt::KeepAspectRatio);
            QRect place(QPoint(), shown);
            place.moveCenter(picture.center());
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->drawImage(place, image);
        } else if (const QString error = m_images.error(key); !error.isEmpty()) {
            paintError(painter, picture, error, theme);
        }
        const bool marked = index.data(FrameModel::MarkedRole).toBool();
        paintFrame(painter, picture, theme, option.state & QStyle::State_Selected, marked);

        const QRect caption(picture.left(), picture.bottom() + 3, picture.width(), captionHeight() - 2);
        QFont mono = textFont(TextRole::Mono);
        mono.setBold(marked);
        painter->setFont(mono);
        painter->setPen(theme.text);
        painter->drawText(caption, Qt::AlignLeft | Qt::AlignVCenter, timecode(index.data(FrameModel::TimeRole).toLongLong()));
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(theme.text2);
        painter->drawText(caption, Qt::AlignRight | Qt::AlignVCenter, countText(index.row() + 1));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* grid = qobject_cast<const QListView*>(option.widget);
        return grid ? grid->gridSize() : QStyledItemDelegate::sizeHint(option, index);
    }

private:
    static void paintError(QPainter* painter, const QRect& picture, const QString& error, const Theme& theme)
    {
        const int side = scaled(18);
        const int top = picture.center().y() - scaled(18);
        paintIcon(painter, QRect(picture.center().x() - side / 2, top, side, side), u"state-failed"_s, theme.failed.ink);
        painter->setFont(textFont(TextRole::SmallEmphasis));
        painter->setPen(theme.failed.ink);
        const QRect words(picture.left() + 6, top + side + 3, picture.width() - 12, scaled(18));
        painter->drawText(words, Qt::AlignHCenter | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(error, Qt::ElideRight, words.width()));
    }

    /// One pixel of border at rest, two of accent inside the marked span, a ring around that for the current cell.
    static void paintFrame(QPainter* painter, const QRect& picture, const Theme& theme, bool current, bool marked)
    {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(marked ? QPen(theme.accent, 2) : QPen(theme.border, 1));
        if (marked)
            painter->drawRect(picture.adjusted(1, 1, -1, -1));
        else
            painter->drawRect(QRectF(picture).adjusted(0.5, 0.5, -0.5, -0.5));
        if (!current)
            return;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(theme.accent, 2));
        painter->drawRoundedRect(QRectF(picture).adjusted(-3, -3, 3, 3), 3, 3);
        painter->setRenderHint(QPainter::Antialiasing, false);
    }

    const FrameImages& m_images;
};

}

FrameModel::FrameModel(const core::tasks::FrameExtractOutput& output, QObject* parent) : QAbstractListModel(parent), m_frames(output.frames)
{
    for (auto& frame : m_frames)
        frame.timestampMs = MediaAxis::bounded(frame.timestampMs);
}

QList<qint64> FrameModel::times() const
{
    QList<qint64> times;
    times.reserve(m_frames.size());
    for (const auto& frame : m_frames)
        times << frame.timestampMs;
    return times;
}

bool FrameModel::isMarked(const core::tasks::FrameInfo& frame) const
{
    return m_marked && frame.timestampMs >= m_marked->first && frame.timestampMs < m_marked->second;
}

void FrameModel::setMarked(std::optional<std::pair<qint64, qint64>> span)
{
    if (m_marked == span)
        return;
    m_marked = span;
    if (!m_frames.isEmpty())
        emit dataChanged(index(0), index(rowCount() - 1), {MarkedRole});
}

int FrameModel::markedCount() const
{
    return int(std::count_if(m_frames.cbegin(), m_frames.cend(), [this](const auto& frame) { return isMarked(frame); }));
}

int FrameModel::firstMarked() const
{
    const auto first = std::find_if(m_frames.cbegin(), m_frames.cend(), [this](const auto& frame) { return isMarked(frame); });
    return first == m_frames.cend() ? -1 : int(first - m_frames.cbegin());
}

int FrameModel::frameAt(qint64 ms) const
{
    int best = -1;
    for (qsizetype i = 0; i < m_frames.size(); ++i) {
        if (m_frames[i].timestampMs <= ms && (best < 0 || m_frames[i].timestampMs >= m_frames[best].timestampMs))
            best = int(i);
    }
    return best;
}

int FrameModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_frames.size());
}

QVariant FrameModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& frame = m_frames.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return timecode(frame.timestampMs);
    case Qt::AccessibleTextRole: return tr("Frame %1 at %2").arg(index.row() + 1).arg(timecode(frame.timestampMs));
    case TimeRole: return frame.timestampMs;
    case KeyRole: return frame.filePath;
    case MarkedRole: return isMarked(frame);
    default: return {};
    }
}

FrameGrid::FrameGrid(FrameModel* model, FrameImages* images, QWidget* parent)
    : QListView(parent), m_images(images), m_cellWidth(scaled(190))
{
    setModel(model);
    setItemDelegate(new FrameDelegate(*images, this));
    setAccessibleName(tr("Frames"));
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setUniformItemSizes(true);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);    // or its coming and going would change how many cells fit
    verticalScrollBar()->setSingleStep(scaled(40));
    setFrameShape(QFrame::NoFrame);
    connect(images, &FrameImages::arrived, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& at) { emit openAsked(at.row()); });
}

void FrameGrid::setCellWidth(int pixels)
{
    if (pixels == m_cellWidth)
        return;
    m_cellWidth = pixels;
    layOut();
}

void FrameGrid::setLeftInset(int pixels)
{
    setViewportMargins(pixels, 0, 0, 0);
}

void FrameGrid::layOut()
{
    const int width = viewport()->width();
    m_cells = std::max(1, width / std::max(40, m_cellWidth + scaled(16)));
    // a pixel short: a line that is filled to its last pixel would wrap before its last cell
    const int cell = std::max(1, (width - 1) / m_cells);
    const int picture = std::max(1, cell - scaled(16));
    const QSize size(cell, picture * 9 / 16 + captionHeight() + scaled(12));
    if (size != gridSize())
        setGridSize(size);
    const qreal ratio = devicePixelRatioF();
    m_images->setSize(QSize(qRound(picture * ratio), qRound(picture * 9 / 16 * ratio)));
    m_wantedRows = {-1, -1};
}

QPair<int, int> FrameGrid::visibleRows() const
{
    const int line = std::max(1, gridSize().height());
    const int top = verticalScrollBar()->value() / line;
    const int lines = viewport()->height() / line + 2;
    const int last = model()->rowCount() - 1;
    return {std::min(top * m_cells, last), std::min((top + lines) * m_cells - 1, last)};
}

void FrameGrid::wantVisible()
{
    const auto rows = visibleRows();
    if (rows == m_wantedRows || rows.second < 0)
        return;
    m_wantedRows = rows;
    QStringList keys;
    for (int row = std::max(0, rows.first); row <= rows.second; ++row)
        keys << model()->index(row, 0).data(FrameModel::KeyRole).toString();
    m_images->want(keys);
}

void FrameGrid::resizeEvent(QResizeEvent* event)
{
    layOut();
    QListView::resizeEvent(event);
}

void FrameGrid::paintEvent(QPaintEvent* event)
{
    wantVisible();
    QListView::paintEvent(event);
}

void FrameGrid::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    if (row >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit openAsked(row);
        return;
    }
    if (row >= 0 && event->matches(QKeySequence::Copy)) {
        emit copyAsked(row);
        return;
    }
    // at the end of a line to the next one, as one reads
    if ((event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && event->modifiers() == Qt::NoModifier) {
        const int next = std::clamp(row + (event->key() == Qt::Key_Left ? -1 : 1), 0, std::max(0, model()->rowCount() - 1));
        setCurrentIndex(model()->index(next, 0));
        return;
    }
    QListView::keyPressEvent(event);
}

}
