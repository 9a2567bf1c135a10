// SPDX-License-Identifier: Apache-2.0
#include "ui/media/wave_view.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ui {

namespace {

constexpr qsizetype mostDrawnApart = 2000;

constexpr int quietestFullHeight = 3277;    // a tenth of full scale: noise is not blown up to look like speech

}

WaveView::WaveView(QWidget* parent) : QWidget(parent), m_waveHeight(scaled(150))
{
    installTimeAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Sound over time"));
    setAccessibleDescription(tr("Left and right move through time, up and down step through the marked spans, plus and minus zoom."));
}

void WaveView::setDuration(qint64 ms)
{
    m_axis.setDuration(ms);
    m_playheadMs = std::clamp<qint64>(m_playheadMs, 0, m_axis.durationMs());
    update();
}

void WaveView::setSpans(const QList<core::tasks::Segment>& spans)
{
    m_spans = spans;
    for (auto& span : m_spans) {
        span.startMs = MediaAxis::bounded(span.startMs);
        span.endMs = MediaAxis::bounded(span.endMs);
    }
    m_current = -1;
    update();
}

void WaveView::setPeaks(const core::media::Peaks& peaks)
{
    m_peaks = peaks;
    m_loudest = quietestFullHeight;
    for (const auto& peak : peaks.pieces)
        m_loudest = std::max({m_loudest, int(peak.high), -int(peak.low)});
    m_note.clear();
    update();
}

void WaveView::setMarks(const QList<qint64>& marks)
{
    m_marks = marks;
    update();
}

void WaveView::setNote(const QString& note)
{
    m_note = note;
    update();
}

void WaveView::setWaveHeight(int pixels)
{
    m_waveHeight = pixels;
    updateGeometry();
}

void WaveView::setShowsLabels(bool shows)
{
    m_showsLabels = shows;
    updateGeometry();
}

void WaveView::setCurrent(int span)
{
    m_current = span >= 0 && span < m_spans.size() ? span : -1;
    if (m_current >= 0) {
        const auto& chosen = m_spans[m_current];
        const qint64 from = std::clamp<qint64>(chosen.startMs, 0, m_axis.durationMs());
        const qint64 to = std::clamp<qint64>(chosen.endMs, from, m_axis.durationMs());
        m_axis.reveal(from, to);
        // a playhead that stands in it already stays
        if (m_playheadMs < from || m_playheadMs > to)
            m_playheadMs = from;
        emit shownTimeChanged(shownMs());
    }
    notePlaceChanged(this);
    update();
}

void WaveView::zoomBy(double factor)
{
    const bool seen = double(m_playheadMs) >= m_axis.fromMs() && double(m_playheadMs) <= m_axis.toMs();
    m_axis.zoom(factor, seen ? double(m_playheadMs) : (m_axis.fromMs() + m_axis.toMs()) / 2);
    update();
}

void WaveView::zoomToFit()
{
    m_axis.fit();
    update();
}

void WaveView::moveTo(qint64 ms)
{
    m_playheadMs = std::clamp<qint64>(ms, 0, m_axis.durationMs());
    m_axis.reveal(m_playheadMs, m_playheadMs);
    emit shownTimeChanged(shownMs());
    notePlaceChanged(this);
    update();
}

QString WaveView::placeText() const
{
    const QString time = timecode(m_playheadMs);
    if (m_current < 0)
        return time;
    const auto& span = m_spans[m_current];
    return tr("%1, span %2 of %3, %4 to %5")
        .arg(time)
        .arg(m_current + 1)
        .arg(m_spans.size())
        .arg(timecode(span.startMs), timecode(span.endMs));
}

QSize WaveView::sizeHint() const
{
    return {scaled(540), m_waveHeight + (m_showsLabels ? scaled(20) : 0)};
}

QSize WaveView::minimumSizeHint() const
{
    return {scaled(160), sizeHint().height()};
}

QRect WaveView::frame() const
{
    return {0, 0, width(), m_waveHeight};
}

QRect WaveView::waveRect() const
{
    return frame().adjusted(1, 1, -1, -scaled(12) - 2);
}

QRect WaveView::stripRect() const
{
    const QRect all = frame().adjusted(1, 1, -1, -1);
    return {all.left(), all.bottom() + 1 - scaled(12), all.width(), scaled(12)};
}

std::optional<std::pair<double, double>> WaveView::reach(const core::tasks::Segment& span) const
{
    if (span.endMs <= span.startMs || double(span.endMs) <= m_axis.fromMs() || double(span.startMs) >= m_axis.toMs())
        return {};
    const double left = std::max(0.0, m_axis.xOf(double(span.startMs)));
    const double right = std::min(double(m_axis.width()), m_axis.xOf(double(span.endMs)));
    return std::pair(left, std::max(left + 1, right));
}

int WaveView::spanAt(qint64 ms) const
{
    for (qsizetype i = 0; i < m_spans.size(); ++i) {
        if (ms >= m_spans[i].startMs && ms < m_spans[i].endMs)
            return int(i);
    }
    return -1;
}

void WaveView::paintSpans(QPainter* painter, const Theme& theme) const
{
    const QRect wave = waveRect();
    const QRect strip = stripRect();
    // of many in one pixel one is enough, in whatever order they come
    const auto isFirstAt = [](std::vector<bool>& columns, double x) {
        const auto column = static_cast<size_t>(std::max(0.0, std::floor(x)));
        if (column >= columns.size() || columns.at(column))
            return false;
        columns.at(column) = true;
        return true;
    };
    std::vector<bool> spans(static_cast<size_t>(wave.width()) + 2);
    std::vector<bool> marks(spans.size());
    const auto fill = [&](double left, double length) {
        painter->fillRect(QRectF(wave.left() + left, wave.top(), length, wave.height()), theme.warning().fill);
        painter->fillRect(QRectF(wave.left() + left, strip.top(), std::max(2.0, length), strip.height()), theme.warning().ink);
    };
    std::vector<int> covers(spans.size() + 1);    // of very many: where they begin and end, so that each column is painted once
    for (const auto& span : m_spans) {
        const auto drawn = reach(span);
        if (!drawn || (drawn->second - drawn->first <= 1 && !isFirstAt(spans, drawn->first)))
            continue;
        if (m_spans.size() <= mostDrawnApart) {
            fill(drawn->first, drawn->second - drawn->first);
            continue;
        }
        const auto column = [&](double x) { return std::min(covers.size() - 1, static_cast<size_t>(std::max(0.0, x))); };
        ++covers.at(column(std::floor(drawn->first)));
        --covers.at(column(std::ceil(drawn->second)));
    }
    for (size_t column = 0, begin = 0, deep = 0; column < covers.size(); ++column) {
        const size_t before = deep;
        deep += static_cast<size_t>(covers.at(column));    // wraps and comes back: it is never below nothing
        if (before == 0 && deep > 0)
            begin = column;
        if (before > 0 && deep == 0)
            fill(static_cast<double>(begin), static_cast<double>(column - begin));
    }
    for (const qint64 mark : m_marks) {
        const double at = m_axis.xOf(double(mark));
        if (at < -1 || !isFirstAt(marks, at))
            continue;
        const double x = wave.left() + at;
        painter->fillRect(QRectF(x - 0.5, wave.top(), 1, wave.height()), theme.warning().ink);
        painter->fillRect(QRectF(x - 1.5, strip.top(), 3, strip.height()), theme.warning().ink);
    }
    if (m_current < 0)
        return;
    if (const auto drawn = reach(m_spans[m_current])) {
        const double left = std::floor(wave.left() + drawn->first);
        const double length = std::max(3.0, std::ceil(drawn->second - drawn->first));
        painter->fillRect(QRectF(left, wave.top(), length, wave.height()), theme.highlight);
        painter->fillRect(QRectF(left, wave.top(), 1, wave.height()), theme.accent);
        painter->fillRect(QRectF(left + length - 1, wave.top(), 1, wave.height()), theme.accent);
        painter->fillRect(QRectF(left, strip.top(), length, strip.height()), theme.accent);
    }
}

void WaveView::paintWave(QPainter* painter, const Theme& theme) const
{
    const QRect wave = waveRect();
    const double middle = wave.top() + wave.height() / 2.0;
    painter->fillRect(QRectF(wave.left(), middle - 0.5, wave.width(), 1), theme.border);
    if (m_peaks.pieces.isEmpty() || m_peaks.durationMs <= 0)
        return;
    const qint64 count = m_peaks.pieces.size();
    const double piecesPerMs = double(count) / double(m_peaks.durationMs);
    const double half = wave.height() / 2.0 * 0.96;
    const double column = 1 / devicePixelRatioF();
    const double msPerPixel = (m_axis.toMs() - m_axis.fromMs()) / m_axis.width();
    for (double x = 0; x < wave.width(); x += column) {
        const double from = m_axis.fromMs() + x * msPerPixel;
        const auto first = qint64(from * piecesPerMs);
        if (first >= count)
            break;
        const qint64 last = std::clamp(qint64((from + column * msPerPixel) * piecesPerMs) - 1, first, count - 1);
        core::media::Peak peak = m_peaks.pieces[first];
        for (qint64 i = first + 1; i <= last; ++i) {
            peak.low = std::min(peak.low, m_peaks.pieces[i].low);
            peak.high = std::max(peak.high, m_peaks.pieces[i].high);
        }
        const double top = middle - double(peak.high) / m_loudest * half;
        const double bottom = middle - double(peak.low) / m_loudest * half;
        painter->fillRect(QRectF(wave.left() + x, top - 0.5, column, std::max(1.0, bottom - top + 1)), theme.text3);
    }
}

void WaveView::paintPlayhead(QPainter* painter, const Theme& theme) const
{
    const QRect wave = waveRect();
    const double x = m_axis.xOf(double(m_playheadMs));
    if (x < 0 || x > m_axis.width())
        return;
    const double at = std::clamp(std::round(wave.left() + x), double(wave.left()), double(wave.right()));
    painter->fillRect(QRectF(at - 0.5, wave.top(), 1.5, frame().height() - 2), theme.text);
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath cap;
    cap.moveTo(at - 4, wave.top());
    cap.lineTo(at + 4.5, wave.top());
    cap.lineTo(at + 0.25, wave.top() + 6);
    painter->fillPath(cap, theme.text);
    painter->setRenderHint(QPainter::Antialiasing, false);
}

void WaveView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(frame().adjusted(1, 1, -1, -1), theme.base);
    painter.fillRect(stripRect(), theme.track);
    painter.save();
    painter.setClipRect(frame().adjusted(1, 1, -1, -1));
    paintSpans(&painter, theme);
    paintWave(&painter, theme);
    if (!m_note.isEmpty()) {
        painter.setFont(textFont(TextRole::Small));
        const QRect words = waveRect().adjusted(scaled(12), 0, -scaled(12), 0);
        const QRect bounds = painter.boundingRect(words, Qt::AlignCenter | Qt::TextWordWrap, m_note);
        painter.fillRect(bounds.adjusted(-8, -4, 8, 4), theme.base);
        painter.setPen(theme.text2);
        painter.drawText(words, Qt::AlignCenter | Qt::TextWordWrap, m_note);
    }
    if (m_axis.durationMs() > 0)
        paintPlayhead(&painter, theme);
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? theme.accent : theme.border, hasFocus() ? 2 : 1));
    const double inset = hasFocus() ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(frame()).adjusted(inset, inset, -inset, -inset), 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_showsLabels)
        paintAxisLabels(&painter, m_axis, QRect(1, m_waveHeight + 2, width() - 2, scaled(18)), palette());
}

void WaveView::resizeEvent(QResizeEvent* event)
{
    m_axis.setWidth(waveRect().width());
    QWidget::resizeEvent(event);
}

void WaveView::choose(int span)
{
    if (span == m_current)
        return;
    setCurrent(span);
    emit currentChanged(span);
}

void WaveView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const qint64 ms = m_axis.msAt(event->position().x() - waveRect().left());
    m_playheadMs = ms;
    if (const int span = spanAt(ms); span >= 0)
        choose(span);
    emit shownTimeChanged(shownMs());
    notePlaceChanged(this);
    update();
}

void WaveView::mouseMoveEvent(QMouseEvent* event)
{
    m_pointerMs = m_axis.msAt(event->position().x() - waveRect().left());
    if (event->buttons() & Qt::LeftButton) {
        m_playheadMs = *m_pointerMs;
        update();
    }
    emit shownTimeChanged(shownMs());
}

void WaveView::leaveEvent(QEvent*)
{
    m_pointerMs.reset();
    emit shownTimeChanged(shownMs());
}

void WaveView::wheelEvent(QWheelEvent* event)
{
    const double notches = event->angleDelta().y() / 120.0;
    if (event->modifiers() & Qt::ControlModifier) {
        m_axis.zoom(std::pow(1.5, notches), double(m_axis.msAt(event->position().x() - waveRect().left())));
    } else if (!m_axis.isFit()) {
        m_axis.panBy(-notches * (m_axis.toMs() - m_axis.fromMs()) / 8);
    } else {
        event->ignore();    // nothing to pan: the page around it scrolls
        return;
    }
    update();
}

void WaveView::stepSpan(int by)
{
    if (m_spans.isEmpty())
        return;
    const int last = int(m_spans.size()) - 1;
    choose(m_current < 0 ? (by > 0 ? 0 : last) : std::clamp(m_current + by, 0, last));
}

void WaveView::keyPressEvent(QKeyEvent* event)
{
    const double step = (m_axis.toMs() - m_axis.fromMs()) / ((event->modifiers() & Qt::ShiftModifier) ? 500 : 100);
    const qint64 by = std::max<qint64>(1, std::llround(step));
    switch (event->key()) {
    case Qt::Key_Left: moveTo(m_playheadMs - by); break;
    case Qt::Key_Right: moveTo(m_playheadMs + by); break;
    case Qt::Key_Home: moveTo(0); break;
    case Qt::Key_End: moveTo(m_axis.durationMs()); break;
    case Qt::Key_Up: stepSpan(-1); break;
    case Qt::Key_Down: stepSpan(1); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomIn(); break;
    case Qt::Key_Minus: zoomOut(); break;
    case Qt::Key_0: zoomToFit(); break;
    default: QWidget::keyPressEvent(event);
    }
}

bool WaveView::event(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::event(event);
}

}
