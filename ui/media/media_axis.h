// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QRect>
#include <QString>

class QPainter;
class QPalette;

namespace ui {

struct AxisTick {
    qint64 ms = 0;
    double x = 0;
    QString label;    ///< "0:30"; "0:30.5" where steps are shorter than a second
};

/// A stretch of a medium's time laid over a width: what waves, strips and their labels share. Times are milliseconds from the
/// beginning. Whatever outside data says, times are held within a length that can be reckoned with.
class MediaAxis {
public:
    /// Nothing in here is longer than ten years; what claims to be is cut.
    static constexpr qint64 longestMs = qint64{10} * 366 * 86'400'000;
    [[nodiscard]] static qint64 bounded(qint64 ms);

    /// Fits the view to all of it. 0 or less: an axis without length, on which everything lies at the left.
    void setDuration(qint64 ms);
    void setWidth(int pixels);
    [[nodiscard]] qint64 durationMs() const { return m_durationMs; }
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] double fromMs() const { return m_from; }
    [[nodiscard]] double toMs() const { return m_to; }

    [[nodiscard]] double xOf(double ms) const;
    /// Within the medium.
    [[nodiscard]] qint64 msAt(double x) const;

    [[nodiscard]] bool isFit() const;
    void fit();
    /// Over 1 shows less time, never under ten milliseconds; `aroundMs` stays where it is.
    void zoom(double factor, double aroundMs);
    void panBy(double ms);
    /// Pans just as far as needed to see it.
    void reveal(qint64 fromMs, qint64 toMs);

    /// At round times, so far apart that labels of `labelWidth` pixels do not touch.
    [[nodiscard]] QList<AxisTick> ticks(int labelWidth) const;

private:
    void show(double from, double length);

    qint64 m_durationMs = 0;
    int m_width = 1;
    double m_from = 0;
    double m_to = 0;
};

/// The labels in text 3 and the small type, in `band` below what they measure; the first stands at the very left.
void paintAxisLabels(QPainter* painter, const MediaAxis& axis, const QRect& band, const QPalette& palette);

}
