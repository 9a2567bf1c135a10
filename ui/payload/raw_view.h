// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/lane.h"
#include "ui/payload/byte_search.h"

#include <QWidget>

#include <memory>

class QLineEdit;

namespace ui {

class FindBar;
class RawArea;

/// The stored bytes, unchanged, with a search line over them. Nothing is laid out but what is on screen.
class RawView final : public QWidget {
    Q_OBJECT

public:
    /// The lane outlives all work that is asked of this view.
    explicit RawView(core::Lane& lane, QWidget* parent = nullptr);
    ~RawView() override;
    /// Shows the first screen at once. `keepsPlace`: the same payload after a change; scroll and search stay.
    void setBytes(const QByteArray& bytes, bool keepsPlace);
    void clear();
    void goToOffset(qsizetype offset);

private:
    void search(bool jumps);
    void takeHits(const std::shared_ptr<const SearchHits>& hits, bool jumps);
    void step(int direction);
    void goToTyped();

    core::Lane& m_lane;
    FindBar* m_find;
    QLineEdit* m_place;
    RawArea* m_area;
    core::CancelSource m_searching;
    quint64 m_generation = 0;
    std::shared_ptr<const SearchHits> m_hits;
    qsizetype m_current = -1;
};

}
