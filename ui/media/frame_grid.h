// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

#include <QAbstractListModel>
#include <QListView>

#include <optional>

namespace ui {

class FrameImages;

/// Frames in their stored order.
class FrameModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        TimeRole = Qt::UserRole + 1,    ///< qint64, milliseconds
        KeyRole,                        ///< storage key
        MarkedRole                      ///< bool: inside the marked span
    };
    FrameModel(const core::tasks::FrameExtractOutput& output, QObject* parent = nullptr);

    [[nodiscard]] const QList<core::tasks::FrameInfo>& frames() const { return m_frames; }
    [[nodiscard]] QList<qint64> times() const;
    void setMarked(std::optional<std::pair<qint64, qint64>> span);
    [[nodiscard]] int markedCount() const;
    [[nodiscard]] int firstMarked() const;    ///< -1: none
    /// The last frame at or before that time; -1 without one.
    [[nodiscard]] int frameAt(qint64 ms) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] bool isMarked(const core::tasks::FrameInfo& frame) const;
    QList<core::tasks::FrameInfo> m_frames;
    std::optional<std::pair<qint64, qint64>> m_marked;
};

/// Cells of 16:9 with time and number below, as many side by side as fit. Pictures come when they are on screen.
class FrameGrid final : public QListView {
    Q_OBJECT

public:
    FrameGrid(FrameModel* model, FrameImages* images, QWidget* parent = nullptr);
    /// The width a cell has at least; cells grow to fill the line.
    void setCellWidth(int pixels);
    void setLeftInset(int pixels);
    [[nodiscard]] int cellsInLine() const { return m_cells; }

signals:
    void openAsked(int frame);
    void copyAsked(int frame);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void wantVisible();
    [[nodiscard]] QPair<int, int> visibleRows() const;

    FrameImages* m_images;
    int m_cellWidth;
    int m_cells = 1;
    QPair<int, int> m_wantedRows{-1, -1};
};

}
