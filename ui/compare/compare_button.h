// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/navigator.h"

#include <QMenu>
#include <QToolButton>

#include <functional>
#include <optional>

namespace ui {

/// "Compare…" beside a payload: what it may be compared with, as the window knows it when it is asked.
class CompareButton final : public QToolButton {
    Q_OBJECT

public:
    /// `payload`: what is shown beside it now; none while nothing is.
    CompareButton(Navigator& navigator, std::function<std::optional<PayloadRef>()> payload, QWidget* parent);
};

}
