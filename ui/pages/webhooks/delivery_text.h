// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/webhooks/models.h"
#include "ui/base/row_model.h"

#include <QTimeZone>

namespace ui {

[[nodiscard]] QString outcomeText(core::webhooks::Outcome outcome);
[[nodiscard]] QString verdictText(core::webhooks::Verdict verdict);
[[nodiscard]] QString sourceText(core::webhooks::Source source);
[[nodiscard]] QString stageText(core::webhooks::Stage stage);

[[nodiscard]] QList<RowColumn> deliveryColumns();
[[nodiscard]] PageRow deliveryRow(const core::webhooks::Delivery& delivery);
/// What came: facts, headers, body. A body that is no UTF-8 is shown with replacement signs and says so.
[[nodiscard]] QString deliveryAsText(const core::webhooks::Delivery& delivery, const QTimeZone& zone);

}
