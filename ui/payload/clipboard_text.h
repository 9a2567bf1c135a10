// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"

#include <QString>

#include <functional>

class QObject;

namespace ui {

/// A clipboard is no place for more: another program that takes it would freeze the desktop.
inline constexpr qsizetype mostCopied = qsizetype{64} << 20;

/// Puts on the clipboard what `make` makes. It is made at once where `cost`, the bytes it looks at, is small or there is no lane; else on the
/// lane, and comes when it is ready.
void copyText(core::Lane* lane, QObject* owner, qsizetype cost, const std::function<QString()>& make);

}
