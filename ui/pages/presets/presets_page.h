// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"

namespace ui {

class RowTable;

/// The caption presets with every field of their style, to read.
class PresetsPage final : public PageFrame {
    Q_OBJECT

public:
    explicit PresetsPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] RowTable& table() const { return *m_table; }

protected:
    void reload() override;

private:
    void take(const QList<core::captions::Preset>& presets);

    RowTable* m_table;
};

}
