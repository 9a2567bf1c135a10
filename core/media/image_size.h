// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>

namespace core::media {

struct ImageSize {
    int width = 0;
    int height = 0;
    bool operator==(const ImageSize&) const = default;
};

/// From the head of a PNG or a JPEG; nothing when it is neither or is cut short before its size.
[[nodiscard]] std::optional<ImageSize> imageSize(QByteArrayView bytes);

}
