// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"

namespace core::jobs {

/// A value as it stood in the text.
struct RawFilterValue {
    QString text;
    bool isQuoted = false;
};

/// What a raw value means for a key: one value, or several where a short form stands for more. The error is a sentence.
[[nodiscard]] tl::expected<QList<FilterValue>, QString> filterValues(FilterKey key, const RawFilterValue& raw, Time now);
/// The text that means this value again.
[[nodiscard]] QString filterValueText(FilterKey key, const FilterValue& value);

/// The words that can be written for a key, in lower-case kebab.
[[nodiscard]] QStringList statusWords();
[[nodiscard]] QStringList typeWords();
[[nodiscard]] QStringList hasWords();

}
