// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/payload/typed_view.h"

#include <QObject>

#include <functional>

namespace ui {

/// What media views ask of a job and of files, and the words for it.

/// The stored input of the context's job: the one at hand at once, else read from the store, then later in the receiver's thread. Not called if
/// it cannot be read.
void withInput(const PayloadContext& context, QObject* receiver, const std::function<void(const core::tasks::InputPayload&)>& use);

/// "28.4 s", or "3:24.180" from a minute on.
[[nodiscard]] QString mediaLength(qint64 ms);
/// The last part of a storage key: "interview-0412.wav".
[[nodiscard]] QString fileNameOf(const QString& storageKey);
/// Why there is no wave: "This file has no sound.", "The file is not in the storage any more.", ...
[[nodiscard]] QString soundErrorText(const core::Error& error);
/// The same for pictures.
[[nodiscard]] QString pictureErrorText(const core::Error& error);

}
