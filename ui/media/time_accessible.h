// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QtGlobal>

class QWidget;

namespace ui {

/// What a painted strip of time is to a screen reader: a slider over the medium, whose value is a place in words.
class TimeStrip {
public:
    virtual ~TimeStrip() = default;
    [[nodiscard]] virtual qint64 placeMs() const = 0;
    [[nodiscard]] virtual qint64 lengthMs() const = 0;
    virtual void moveTo(qint64 ms) = 0;
    /// "0:44.100, silence 3 of 9".
    [[nodiscard]] virtual QString placeText() const = 0;
};

/// Once for the process, before the first strip is shown; more calls change nothing.
void installTimeAccessibility();
/// Tells screen readers that the strip (a QWidget that is a TimeStrip) says something else now.
void notePlaceChanged(QWidget* strip);

}
