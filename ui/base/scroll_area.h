// SPDX-License-Identifier: Apache-2.0
#pragma once

class QScrollArea;
class QString;
class QWidget;

namespace ui {

/// Scrolls `page` up and down on the ground of what stands around it. Takes no focus itself: what stands in it does. `name` is
/// what a screen reader says of it and of its bars.
[[nodiscard]] QScrollArea* scrollAreaOf(QWidget* page, const QString& name, QWidget* parent = nullptr);

}
