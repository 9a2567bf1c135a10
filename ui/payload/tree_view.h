// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "core/base/lane.h"

#include <QWidget>

namespace ui {

/// A JSON document as a tree, with a search line over it.
class TreeView final : public QWidget {
    Q_OBJECT

public:
    /// The lane outlives all work that is asked of this view.
    explicit TreeView(core::Lane& lane, QWidget* parent = nullptr);
    ~TreeView() override;
    /// `keepsPlace`: the same payload after a change; expansion, scroll and search stay.
    void setText(const core::JsonText& text, bool keepsPlace);
    void clear();
};

}
