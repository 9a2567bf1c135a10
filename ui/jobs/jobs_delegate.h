// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job_columns.h"

#include <QHash>
#include <QPixmap>
#include <QStyledItemDelegate>

namespace ui {

class JobRow;
class JobsModel;
struct StateInk;
struct Theme;

/// Paints the cells of the job list: hairline, status as icon, word and colour, progress bar, tabular digits. The frame of the current
/// row is the view's.
class JobsDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit JobsDelegate(JobsModel& model, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The width a column wants for what is loaded.
    [[nodiscard]] int widthOf(JobColumn column) const;

private:
    void paintStatus(QPainter* painter, const QRect& rect, const JobRow& row, const Theme& theme, bool rightToLeft) const;
    void paintProgress(QPainter* painter, const QRect& rect, const JobRow& row, const Theme& theme, const QColor& track,
                       bool rightToLeft) const;

    /// A bar with round corners, whole. Kept: most of what a list of running jobs paints are these.
    const QPixmap& bar(const QColor& color, const QSize& size, qreal devicePixelRatio) const;

    JobsModel& m_model;
    mutable QHash<QRgb, QPixmap> m_bars;
};

}
