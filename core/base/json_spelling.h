// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace core::base {

enum class LoneSurrogates { Keep, Replace };

/// The text of a JSON string, quotes included, that has been checked. Lone surrogates stay in the QString or become U+FFFD.
[[nodiscard]] QString decodeJsonString(QByteArrayView quoted, LoneSurrogates surrogates);

/// A JSON string in UTF-8. Only what must be escaped is; a lone surrogate is written as its escape, so that it comes back.
[[nodiscard]] QByteArray encodeJsonString(QStringView text);

/// The shortest spelling that reads back as the same double, without an exponent where that is natural: 0.4, 25, 1e+300. "null" if not finite.
[[nodiscard]] QByteArray encodeJsonNumber(double value);

/// A JSON number exactly as the decimal it spells: (-1)^negative * digits * 10^exponent. Zero has no digits.
struct JsonDecimal {
    bool negative = false;
    QByteArray digits;    ///< no zeros at either end
    qint64 exponent = 0;

    /// `spelling` must be a JSON number or look like one; none if it does not ("abc", "1.", "0x10", "").
    [[nodiscard]] static std::optional<JsonDecimal> parse(QByteArrayView spelling);
    [[nodiscard]] std::optional<qint64> toInt64() const;
    [[nodiscard]] bool isInteger() const { return exponent >= 0; }
    /// One spelling for each value: 1000 for 1e3 and 1000.0, 0 for -0.0, 15e-1 for 1.50.
    [[nodiscard]] QByteArray canonical() const;
};

/// The nearest double; none beyond its range (what is too small is 0).
[[nodiscard]] std::optional<double> jsonNumberToDouble(QByteArrayView spelling);

}
