// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter_text.h"

#include <cmath>

namespace core::jobs {

QString asciiLower(QStringView text)
{
    QString lower = text.toString();
    for (QChar& c : lower) {
        if (c >= u'A' && c <= u'Z')
            c = QChar(c.unicode() + ('a' - 'A'));
    }
    return lower;
}

bool matchesPattern(QStringView text, QStringView pattern)
{
    // Greedy with one place to fall back to: only the last star can be worth stretching, so this never blows up.
    qsizetype t = 0;
    qsizetype p = 0;
    qsizetype star = -1;
    qsizetype starText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern.at(p) == u'*') {
            star = p++;
            starText = t;
        } else if (p < pattern.size() && pattern.at(p) == text.at(t)) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern.at(p) == u'*')
        ++p;
    return p == pattern.size();
}

std::optional<double> numberIn(const QString& text)
{
    // toDouble alone would also take blanks, "inf" and "nan".
    for (const QChar c : text) {
        if (!(c >= u'0' && c <= u'9') && c != u'-' && c != u'+' && c != u'.' && c != u'e' && c != u'E')
            return {};
    }
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

}
