// SPDX-License-Identifier: Apache-2.0
#include "ui/base/log_view.h"

#include "core/base/secrets.h"
#include "ui/base/scroll_bar_names.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int linesAtOnce = 20'000;    // a few milliseconds, whatever stands in them

/// Tells the current line as the value of a list that is read only, and as its description: AT-SPI has no values that are words.
class LogViewAccessible final : public QAccessibleWidget {
public:
    explicit LogViewAccessible(LogView* view) : QAccessibleWidget(view, QAccessible::List) {}
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto* view = static_cast<const LogView*>(object());
        const bool hasLine = view->currentLine() >= 0 && view->currentLine() < view->lines().count();
        if (kind == QAccessible::Description && !hasLine)
            return view->lines().count() == 1 ? LogView::tr("1 line") : LogView::tr("%1 lines").arg(view->lines().count());
        if ((kind == QAccessible::Value || kind == QAccessible::Description) && hasLine)
            return LogView::tr("Line %1: %2").arg(view->currentLine() + 1).arg(view->lines().visible(view->currentLine()));
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object)
{
    if (auto* view = qobject_cast<LogView*>(object); view && className == QLatin1StringView(LogView::staticMetaObject.className()))
        return new LogViewAccessible(view);
    return nullptr;
}

}

LogView::LogView(const QString& name, QWidget* parent) : QAbstractScrollArea(parent)
{
    static const bool installed = (QAccessible::installFactory(makeAccessible), true);
    Q_UNUSED(installed)
    setAccessibleName(name);
    nameScrollBars(*this);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setLayoutDirection(Qt::LeftToRight);    // what tools print is never mirrored
    setLayoutDirection(Qt::LeftToRight);
    setFont(textFont(TextRole::Mono));
    m_more.setSingleShot(true);
    connect(&m_more, &QTimer::timeout, this, &LogView::readMore);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::noteScroll);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
}

void LogView::setLog(const QByteArray& text)
{
    if (!m_lines.setText(text, linesAtOnce)) {
        m_current = -1;
        m_anchor = -1;
    }
    takeLines();
}

void LogView::appendLog(const QByteArray& text)
{
    m_lines.append(text, linesAtOnce);
    takeLines();
}

void LogView::takeLines()
{
    if (m_lines.isRead())
        m_more.stop();
    else
        m_more.start();
    updateBars();
    updateGeometry();
}

void LogView::readMore()
{
    m_lines.readMore(linesAtOnce);
    takeLines();
    emit linesRead();
}

void LogView::setFirstNumber(int number)
{
    m_firstNumber = number;
    viewport()->update();
}

void LogView::setWhole(bool whole)
{
    m_whole = whole;
    setVerticalScrollBarPolicy(whole ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, whole ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    updateGeometry();
}

void LogView::setMarksTrouble(bool marks)
{
    m_marksTrouble = marks;
    viewport()->update();
}

void LogView::setFollowing(bool follows)
{
    if (m_follows != follows) {
        m_follows = follows;
        emit followingChanged(follows);
    }
    updateBars();
}

void LogView::setSearch(const QString& text)
{
    m_search = text.toUtf8().toLower();
    viewport()->update();
}

bool LogView::findNext(bool backwards)
{
    const int from = m_current < 0 ? (backwards ? m_lines.count() - 1 : 0) : m_current + (backwards ? -1 : 1);
    const int line = m_lines.find(m_search, from, backwards);
    if (line < 0)
        return false;
    moveTo(line, false);
    return true;
}

void LogView::setCurrentLine(int line)
{
    moveTo(line, false);
}

QString LogView::selectedText() const
{
    if (m_current < 0)
        return {};
    if (m_copyAs)
        return m_copyAs(std::min(m_current, m_anchor), std::max(m_current, m_anchor));
    const QByteArrayView first = m_lines.raw(std::min(m_current, m_anchor));
    const QByteArrayView last = m_lines.raw(std::max(m_current, m_anchor));
    const char* const begin = m_lines.text().constData();
    return textFor(first.data() - begin, last.data() + last.size() - first.data()).replace(u"\r\n"_s, u"\n"_s) + u'\n';
}

QString LogView::textFor(qsizetype from, qsizetype size) const
{
    return QString::fromUtf8(m_masksCopies ? core::base::maskedPart(m_lines.text(), from, size) : m_lines.text().mid(from, size));
}

void LogView::copyAll() const
{
    QGuiApplication::clipboard()->setText(m_copyAs && m_lines.count() > 0 ? m_copyAs(0, m_lines.count() - 1)
                                                                          : textFor(0, m_lines.text().size()));
}

void LogView::selectAll()
{
    m_lines.readMore(LogLines::allLines);
    if (m_lines.count() == 0)
        return;
    m_anchor = 0;
    m_current = m_lines.count() - 1;
    viewport()->update();
}

QSize LogView::sizeHint() const
{
    if (!m_whole)
        return {scaled(400), scaled(240)};
    const bool scrolls = horizontalScrollBar()->maximum() > 0;
    const int bar = scrolls ? horizontalScrollBar()->sizeHint().height() : 0;
    return {scaled(200), std::max(1, m_lines.count()) * lineHeight() + 2 * scaled(6) + 2 * frameWidth() + bar};
}

QSize LogView::minimumSizeHint() const
{
    return m_whole ? QSize(scaled(120), sizeHint().height()) : QSize(scaled(120), 3 * lineHeight());
}

int LogView::lineHeight() const
{
    return scaled(17);
}

int LogView::gutterWidth() const
{
    const auto digits = QString::number(m_firstNumber + std::max(1, m_lines.count())).size();
    return digitWidth(fontMetrics()) * static_cast<int>(std::max<qsizetype>(digits, 3)) + scaled(8) + scaled(20);
}

int LogView::lineAt(int y) const
{
    const int line = verticalScrollBar()->value() + (y - scaled(6)) / lineHeight();
    return std::clamp(line, 0, std::max(0, m_lines.count() - 1));
}

int LogView::linesInSight() const
{
    return std::max(1, (viewport()->height() - 2 * scaled(6)) / lineHeight());
}

void LogView::updateBars()
{
    m_settingBars = true;
    const int hidden = m_whole ? 0 : std::max(0, m_lines.count() - linesInSight());
    verticalScrollBar()->setRange(0, hidden);
    verticalScrollBar()->setPageStep(linesInSight());
    constexpr qsizetype widestLine = 4000;
    const double advance = QFontMetricsF(font()).horizontalAdvance(u'0');    // not rounded: it adds up over a line
    const int width = qRound(static_cast<double>(std::min(m_lines.longestBytes(), widestLine)) * advance);
    horizontalScrollBar()->setRange(0, std::max(0, gutterWidth() + width + scaled(12) - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(scaled(24));
    if (m_follows)
        verticalScrollBar()->setValue(hidden);
    m_settingBars = false;
    viewport()->update();
}

/// A person who scrolls away from the end stops following; back at the end it goes on.
void LogView::noteScroll()
{
    viewport()->update();
    if (m_settingBars || m_whole)
        return;
    const bool atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    if (m_follows && !atEnd) {
        m_follows = false;
        emit followingChanged(false);
    }
}

void LogView::moveTo(int line, bool selects)
{
    if (m_lines.count() == 0)
        return;
    m_current = std::clamp(line, 0, m_lines.count() - 1);
    if (!selects || m_anchor < 0)
        m_anchor = m_current;
    const int top = verticalScrollBar()->value();
    if (m_current < top)
        verticalScrollBar()->setValue(m_current);
    else if (m_current >= top + linesInSight())
        verticalScrollBar()->setValue(m_current - linesInSight() + 1);
    viewport()->update();
    emit currentLineChanged(m_current);
    QAccessibleValueChangeEvent told(this, m_lines.visible(m_current));
    QAccessible::updateAccessibility(&told);
    QAccessibleEvent described(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&described);
}

void LogView::copy() const
{
    QGuiApplication::clipboard()->setText(selectedText());
}

void LogView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const Theme& theme = themeOf(palette());
    painter.fillRect(event->rect(), theme.alternateBase);
    painter.setFont(font());
    int y = scaled(6);
    for (int line = verticalScrollBar()->value(); line < m_lines.count() && y < viewport()->height(); ++line, y += lineHeight())
        paintLine(painter, line, QRect(0, y, viewport()->width(), lineHeight()));
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void LogView::paintLine(QPainter& painter, int line, const QRect& rect) const
{
    const Theme& theme = themeOf(palette());
    const bool selected = m_current >= 0 && line >= std::min(m_current, m_anchor) && line <= std::max(m_current, m_anchor);
    const bool trouble = m_marksTrouble && looksLikeTrouble(m_lines.raw(line));
    if (selected && (hasFocus() || m_current != m_anchor))
        painter.fillRect(rect, hasFocus() ? theme.highlight : theme.inactiveHighlight);
    else if (trouble)
        painter.fillRect(rect, theme.failed.fill);
    const int gutter = gutterWidth();
    const QString text = m_lines.visible(line);
    const QRect body(gutter - horizontalScrollBar()->value(), rect.top(), 100'000, rect.height());
    painter.save();
    painter.setClipRect(QRect(gutter, rect.top(), rect.width() - gutter, rect.height()));
    if (!m_search.isEmpty()) {
        const QString wanted = QString::fromUtf8(m_search);
        for (qsizetype at = text.indexOf(wanted, 0, Qt::CaseInsensitive); at >= 0; at = text.indexOf(wanted, at + 1, Qt::CaseInsensitive)) {
            const int left = painter.fontMetrics().horizontalAdvance(text.left(at));
            const int right = painter.fontMetrics().horizontalAdvance(text.left(at + wanted.size()));
            painter.fillRect(QRect(body.left() + left, rect.top() + 1, right - left, rect.height() - 2), theme.hit.fill);
        }
    }
    painter.setPen(theme.text);
    painter.drawText(body, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    painter.restore();
    painter.setPen(trouble && !selected ? theme.text2 : theme.text3);
    painter.drawText(QRect(0, rect.top(), gutter - scaled(20), rect.height()), Qt::AlignVCenter | Qt::AlignRight,
                     QString::number(m_firstNumber + line));
    if (trouble) {
        painter.setPen(theme.failed.ink);
        painter.drawText(QRect(gutter - scaled(20), rect.top(), scaled(18), rect.height()), Qt::AlignCenter, u"!"_s);
    }
}

void LogView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    const int before = horizontalScrollBar()->maximum();
    updateBars();
    if (m_whole && (before > 0) != (horizontalScrollBar()->maximum() > 0))
        updateGeometry();
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    const bool selects = event->modifiers() & Qt::ShiftModifier;
    const int current = m_current < 0 ? verticalScrollBar()->value() - 1 : m_current;
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    switch (event->key()) {
    case Qt::Key_Down: return moveTo(current + 1, selects);
    case Qt::Key_Up: return moveTo(std::max(0, current - 1), selects);
    case Qt::Key_PageDown: return moveTo(current + linesInSight(), selects);
    case Qt::Key_PageUp: return moveTo(current - linesInSight(), selects);
    case Qt::Key_Home: return moveTo(0, selects);
    case Qt::Key_End: return moveTo(m_lines.count() - 1, selects);
    case Qt::Key_Left:
    case Qt::Key_Right:
        horizontalScrollBar()->triggerAction(event->key() == Qt::Key_Left ? QScrollBar::SliderSingleStepSub
                                                                          : QScrollBar::SliderSingleStepAdd);
        return;
    default: event->ignore();
    }
}

void LogView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        moveTo(lineAt(qRound(event->position().y())), event->modifiers() & Qt::ShiftModifier);
}

void LogView::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        moveTo(lineAt(qRound(event->position().y())), true);
}

void LogView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(actionIcon(u"edit-copy"_s), tr("Copy"), this, &LogView::copy)->setEnabled(m_current >= 0);
    menu->addAction(tr("Copy all"), this, &LogView::copyAll);
    menu->addAction(tr("Select all"), this, &LogView::selectAll);
    menu->popup(event->globalPos());
}

void LogView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        if (font() != textFont(TextRole::Mono))
            setFont(textFont(TextRole::Mono));
        updateBars();
        updateGeometry();
    }
}

void LogView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}
