// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"

#include <QByteArray>

#include <vector>

namespace ui {

/// Finds bytes in bytes. Ignoring case means ASCII letters only: the bytes may be in any encoding.
class ByteFinder {
public:
    ByteFinder(QByteArray needle, bool matchesCase);
    /// -1 if there is none at or after `from`. An empty needle is nowhere.
    [[nodiscard]] qsizetype indexIn(QByteArrayView bytes, qsizetype from) const;
    [[nodiscard]] qsizetype size() const { return m_needle.size(); }

private:
    [[nodiscard]] bool matchesAt(const char* at) const;
    QByteArray m_needle;
    bool m_matchesCase;
    qsizetype m_rare = 0;    // the place in the needle of its rarest byte: memchr runs over that one
};

/// Where a text was found, in order, not overlapping.
struct SearchHits {
    std::vector<qsizetype> offsets;
    qsizetype length = 0;
    bool isCut = false;    ///< there are more than were kept
};

inline constexpr qsizetype mostHits = 1'000'000;

/// Stops early when told to; what it found by then is of no use.
[[nodiscard]] SearchHits findAll(QByteArrayView bytes, const ByteFinder& finder, const core::CancelToken& token);

}
