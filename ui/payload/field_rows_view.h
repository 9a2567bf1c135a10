// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

class QWidget;

namespace ui {

/// What nobody here has a schema for: its tree where it is JSON, else a sentence that leads to the raw view.
[[nodiscard]] QWidget* createUnknownView(const core::tasks::UnknownPayload& payload, QWidget* parent);
/// A tree of a few hundred kilobytes at most, of fixed height; bigger ones get a sentence.
[[nodiscard]] QWidget* createSmallTree(const QByteArray& bytes, QWidget* parent);

}
