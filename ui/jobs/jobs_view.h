// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/jobs_model.h"

#include <QTableView>
#include <QTimer>

namespace ui {

class JobSelection;
class JobsDelegate;
class JobsHeader;
class Preferences;

/// The table of jobs. It scrolls within the model's window and asks it for more long before an end; rows that come or go above leave
/// what is shown where it stands.
class JobsView final : public QTableView {
    Q_OBJECT

public:
    JobsView(JobsModel* model, Preferences& preferences, QWidget* parent = nullptr);

    [[nodiscard]] JobsHeader* header() const { return m_header; }
    [[nodiscard]] JobSelection* jobSelection() const { return m_selection; }
    /// The rows on the screen, from 0; last < first without any.
    [[nodiscard]] int firstShown() const;
    [[nodiscard]] int lastShown() const;
    /// The very first row of the list is on the screen.
    [[nodiscard]] bool isAtTop() const;
    void goToTop();
    void goToEnd();
    /// The line below the last row, once all older rows are there; empty for none.
    void setEndLine(const QString& text);
    /// A widget between header and rows, shown or not. Rows that a person has scrolled to stay where they stand on the screen as it comes
    /// and goes; at the very top they make room for it, as none is to hide behind it.
    void setStrip(QWidget* strip);
    void setStripShown(bool shown);
    /// Covers the rows: an empty state. Null for none. Strip and cover become children of the view's parent: assistive technology sees
    /// only cells below a table.
    void setCover(QWidget* cover);

signals:
    /// Scrolled, resized, or rows came and went: firstShown() and lastShown() may answer otherwise.
    void shownChanged();
    void refreshAsked();
    void copyAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;
    void updateGeometries() override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyboardSearch(const QString& search) override;

private:
    void keepPlace(int first, int rows);
    void paintCells(QPainter& painter, QStyleOptionViewItem& option, const QRect& part);
    void paintCurrent(QPainter& painter);
    void paintBelow(QPainter& painter);
    void updateRow(const QModelIndex& index);
    void applySizes();
    void makeRoom(int by);
    void placeBeside();
    [[nodiscard]] int rowHeightNow() const;

    JobsModel& m_model;
    JobSelection* m_selection = nullptr;
    JobsHeader* m_header;
    JobsDelegate* m_delegate;
    QString m_endLine;
    QWidget* m_cover = nullptr;
    QWidget* m_strip = nullptr;
    QTimer m_settle;    // one look ahead after any number of scroll steps and insertions
};

}
