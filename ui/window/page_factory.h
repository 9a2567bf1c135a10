// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/navigator.h"
#include "ui/session/ui_context.h"

class QWidget;

namespace ui {

/// The widget of a page of the sidebar. Page::Jobs is not made here: the window builds it with its filter bar.
[[nodiscard]] QWidget* createPage(Page page, const UiContext& context, QWidget* parent);

}
