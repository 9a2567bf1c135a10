// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>

#include <functional>

class QWidget;

namespace ui {

/// Within this pane the key does `act`, also where its window has a shortcut of the same key. Two shortcuts would be ambiguous there,
/// and Qt does neither of such two.
void takeKey(QWidget* pane, QKeySequence::StandardKey key, std::function<void()> act);

}
