// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QPixmap>
#include <QRect>
#include <QString>

class QPainter;

namespace ui {

/// One of our drawings (resources/icons/NAME.svg) in one colour.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& color, int logicalSize, qreal devicePixelRatio);
void paintIcon(QPainter* painter, const QRect& rect, const QString& name, const QColor& color);

/// Follows the palette as it is painted: text 2 at rest, text under the pointer, disabled, text on a selection.
[[nodiscard]] QIcon ownIcon(const QString& name);
/// The desktop's icon of that name where it has one, else ours. For general acts; states, views and domain acts are always ours.
[[nodiscard]] QIcon actionIcon(const QString& name);

/// Ours in the ink of a state, whatever the button under it does.
[[nodiscard]] QIcon inkIcon(const QString& name, JobState state);

[[nodiscard]] QString stateIconName(JobState state);

}
