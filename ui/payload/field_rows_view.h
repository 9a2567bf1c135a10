// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

class QWidget;

namespace ui {

/// Key and value of every field, for payloads without a view of their own.
[[nodiscard]] QWidget* createFieldRowsView(const QList<core::tasks::FieldRow>& rows, QWidget* parent);

}
