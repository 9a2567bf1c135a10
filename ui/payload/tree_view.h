// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/json_text.h"
#include "core/base/lane.h"
#include "ui/payload/byte_search.h"
#include "ui/payload/json_ranges.h"

#include <QWidget>

#include <memory>

namespace ui {

class FindBar;
class JsonTree;

/// A JSON document as a tree, with a search line over it. The search runs over the document's bytes: it finds what is spelt so, in keys and values.
class TreeView final : public QWidget {
    Q_OBJECT

public:
    /// The lane outlives all work that is asked of this view.
    explicit TreeView(core::Lane& lane, QWidget* parent = nullptr);
    ~TreeView() override;
    /// `keepsPlace`: the same payload after a change; expansion, scroll and search stay.
    void setText(const core::JsonText& text, const JsonRanges& ranges, bool keepsPlace);
    void clear();
    [[nodiscard]] JsonTree& tree() const { return *m_tree; }

private:
    void search(bool jumps);
    void takeHits(const std::shared_ptr<const SearchHits>& hits, bool jumps);
    void step(int direction);

    core::Lane& m_lane;
    FindBar* m_find;
    JsonTree* m_tree;
    core::CancelSource m_searching;
    quint64 m_generation = 0;
    std::shared_ptr<const SearchHits> m_hits;
    qsizetype m_current = -1;
};

}
