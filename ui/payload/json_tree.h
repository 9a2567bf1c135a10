// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "core/base/lane.h"
#include "ui/payload/json_ranges.h"

#include <QTreeView>

class QMenu;

namespace ui {

class JsonTreeModel;

/// The rows of a JSON document with their keys: arrows open and close, ctrl+C copies the value, the menu key offers key, pointer and subtree.
class JsonTree final : public QTreeView {
    Q_OBJECT

public:
    explicit JsonTree(QWidget* parent = nullptr);
    /// Where copies of long values are made; without one, at once.
    void setLane(core::Lane* lane) { m_lane = lane; }
    /// `keepsPlace`: expansion, current row and scroll stay where the document still has them.
    /// `ranges`: of that text, where they were made on a lane.
    void setText(const std::optional<core::JsonText>& text, bool keepsPlace, const std::optional<JsonRanges>& ranges = {});
    [[nodiscard]] JsonTreeModel& rows() const { return *m_model; }

    /// What is marked in keys and values; empty for nothing.
    void setMarked(const QString& text, bool matchesCase);
    /// Opens what is above the row of that byte and makes it current.
    void showOffset(qsizetype offset);

    void copyValue();
    void copyKey();
    void copyPointer();
    /// The bytes of the value and all below it, as they are stored. No copy has the value of a key that names a secret.
    void copySubtree();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    void applyMetrics();
    void fillMenu(QMenu& menu);
    void copyCurrent(bool plainStrings);
    JsonTreeModel* m_model;
    core::Lane* m_lane = nullptr;
};

}
