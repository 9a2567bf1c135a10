// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTextDocument>

namespace ui {

/// Outside text for a tool tip. Qt guesses whether a tip is HTML; text that looks like tags must stay text.
[[nodiscard]] inline QString plainToolTip(const QString& text)
{
    return text.isEmpty() ? QString() : Qt::convertFromPlainText(text.left(2000), Qt::WhiteSpaceNormal);
}

}
