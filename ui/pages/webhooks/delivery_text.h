// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/webhooks/models.h"
#include "ui/base/row_model.h"

namespace ui {

[[nodiscard]] QString outcomeText(core::webhooks::Outcome outcome);
[[nodiscard]] QString verdictText(core::webhooks::Verdict verdict);
[[nodiscard]] QString sourceText(core::webhooks::Source source);
[[nodiscard]] QString stageText(core::webhooks::Stage stage);

[[nodiscard]] QList<RowColumn> deliveryColumns();
[[nodiscard]] PageRow deliveryRow(const core::webhooks::Delivery& delivery);

}
