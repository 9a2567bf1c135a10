// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"

#include <QWidget>

namespace ui {

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
};

}
