// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/statistics_models.h"
#include "ui/base/row_model.h"

#include <QTimeZone>
#include <QWidget>

namespace ui {

struct Theme;

/// Values over the parts of a window, painted from y = 0. The pointer or the arrow keys move a cursor whose values stand in a box; the
/// same values are a table (tableRows) and the text that a screen reader gets.
class BucketChart : public QWidget {
    Q_OBJECT

public:
    explicit BucketChart(const QString& name, QWidget* parent = nullptr);

    void setStatistics(const core::jobs::JobStatistics& statistics, const QTimeZone& zone);
    [[nodiscard]] const core::jobs::JobStatistics& statistics() const { return m_statistics; }
    /// The part that the cursor stands on; -1 for none.
    [[nodiscard]] int cursor() const { return m_cursor; }
    void setCursorAt(int bucket);

    /// One sentence over all of it.
    [[nodiscard]] virtual QString summary() const = 0;
    /// "02:30 · p50 6 s · p95 34 s".
    [[nodiscard]] virtual QString valueText(int bucket) const = 0;
    [[nodiscard]] virtual QList<RowColumn> tableColumns() const = 0;
    [[nodiscard]] QList<PageRow> tableRows() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void cursorMoved(int bucket);

protected:
    /// The highest value that is painted, in the unit of the axis.
    [[nodiscard]] virtual double highest() const = 0;
    [[nodiscard]] virtual bool countsThings() const = 0;
    /// Room right of the plot for the labels of the series, in pixels of 13 px text.
    [[nodiscard]] virtual int labelRoom() const = 0;
    virtual void paintSeries(QPainter* painter, const Theme& theme) = 0;
    [[nodiscard]] virtual QList<RowCell> tableCells(int bucket) const = 0;

    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xOf(double bucket) const;    ///< the left edge of a part
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] QString bucketName(int bucket) const;
    [[nodiscard]] const QTimeZone& zone() const { return m_zone; }
    [[nodiscard]] int buckets() const { return static_cast<int>(m_statistics.buckets.size()); }

    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void paintAxes(QPainter* painter, const Theme& theme) const;
    void paintUnread(QPainter* painter, const Theme& theme) const;
    void paintCursor(QPainter* painter, const Theme& theme) const;
    [[nodiscard]] double top() const;

    core::jobs::JobStatistics m_statistics;
    QTimeZone m_zone = QTimeZone::utc();
    int m_cursor = -1;
};

}
