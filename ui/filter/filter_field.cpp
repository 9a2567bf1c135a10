// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_field.h"

#include "ui/base/keycap.h"
#include "ui/filter/filter_chip.h"
#include "ui/filter/filter_draft.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QLabel* note(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setAttribute(Qt::WA_TransparentForMouseEvents);
    return label;
}

}

FilterField::FilterField(QWidget* parent)
    : QWidget(parent),
      m_port(new QWidget(this)),
      m_draft(new FilterDraft(m_port)),
      m_count(note(this)),
      m_key(new Keycap(tr("Enter"), this)),
      m_hint(note(this))
{
    setFocusProxy(m_draft);
    setCursor(Qt::IBeamCursor);
    setAccessibleName(tr("Filter"));
    m_count->setObjectName(u"filter-count"_s);
    m_hint->setText(tr("applies"));
    m_draft->installEventFilter(this);
    connect(m_draft, &FilterDraft::textChanged, this, [this] {
        layOut();
        reveal(m_draft);
    });
    connect(m_draft, &FilterDraft::leftAsked, this, [this] { focusChip(m_chips.size() - 1); });
    connect(m_draft, &FilterDraft::reopenAsked, this, [this] {
        if (!m_chips.isEmpty())
            reopenChip(m_chips.constLast());
    });
    setUpLook();
    showNote();
}

void FilterField::setUpLook()
{
    setFixedHeight(scaled(32));
    for (QLabel* label : {m_count, m_hint})
        label->setFont(textFont(TextRole::Small));
    m_draft->setFont(textFont(TextRole::Mono));
    // the box is drawn here, once, around chips and draft
    QPalette clear = palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    clear.setColor(QPalette::WindowText, themeOf(palette()).text2);
    m_draft->setPalette(clear);
    m_count->setPalette(clear);
    m_hint->setPalette(clear);
}

QList<FilterPiece> FilterField::pieces() const
{
    QList<FilterPiece> pieces;
    for (const FilterChip* chip : m_chips)
        pieces << chip->piece();
    return pieces;
}

void FilterField::setPieces(const QList<FilterPiece>& pieces)
{
    const bool hadFocus = focusedChip() >= 0;
    if (hadFocus)
        m_draft->setFocus();
    for (FilterChip* chip : std::exchange(m_chips, {})) {
        chip->hide();
        chip->deleteLater();    // it may be the one whose event this is
    }
    for (const FilterPiece& piece : pieces)
        addChip(piece);
    layOut();
    reveal(m_draft);
}

void FilterField::addChip(const FilterPiece& piece)
{
    auto* chip = new FilterChip(piece, m_port);
    chip->installEventFilter(this);
    connect(chip, &FilterChip::removeAsked, this, [this, chip] { removeChip(chip); });
    connect(chip, &FilterChip::clicked, this, [this, chip] { reopenChip(chip); });
    m_chips << chip;
    chip->show();
}

void FilterField::removeChip(FilterChip* chip)
{
    const qsizetype index = m_chips.indexOf(chip);
    if (index < 0)
        return;
    const bool hadFocus = chip->hasFocus();
    m_chips.removeAt(index);
    if (hadFocus)
        focusChip(std::min(index, m_chips.size() - 1));
    chip->hide();
    chip->deleteLater();
    layOut();
    emit pieceRemoved();
}

void FilterField::reopenChip(FilterChip* chip)
{
    const QString opened = chip->piece().text;
    const QString typed = m_draft->text();
    m_chips.removeOne(chip);
    m_draft->setFocus();
    chip->hide();
    chip->deleteLater();
    m_draft->setText(typed.isEmpty() ? opened : opened + u' ' + typed);
    m_draft->setCursorPosition(static_cast<int>(opened.size()));
    layOut();
    emit pieceReopened();
}

qsizetype FilterField::focusedChip() const
{
    const auto found = std::find_if(m_chips.begin(), m_chips.end(), [](const FilterChip* chip) { return chip->hasFocus(); });
    return found == m_chips.end() ? -1 : found - m_chips.begin();
}

void FilterField::focusChip(qsizetype index)
{
    QWidget* target = index < 0 || index >= m_chips.size() ? static_cast<QWidget*>(m_draft) : m_chips.at(index);
    target->setFocus(Qt::OtherFocusReason);
    reveal(target);
}

bool FilterField::chipKey(FilterChip* chip, QKeyEvent* event)
{
    const qsizetype index = m_chips.indexOf(chip);
    switch (event->key()) {
    case Qt::Key_Left: focusChip(std::max<qsizetype>(0, index - 1)); return true;
    case Qt::Key_Right:
        m_draft->setCursorPosition(0);
        focusChip(index + 1);
        return true;
    case Qt::Key_Home: focusChip(0); return true;
    case Qt::Key_End: focusChip(m_chips.size()); return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace: removeChip(chip); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2: chip->click(); return true;
    case Qt::Key_Escape: m_draft->setFocus(); return false;    // and the bar reverts
    default: break;
    }
    const bool types = !event->text().isEmpty() && event->text().at(0).isPrint() && event->key() != Qt::Key_Space;
    if (!types || event->modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    m_draft->setFocus();
    m_draft->end(false);
    m_draft->insert(event->text());
    return true;
}

bool FilterField::eventFilter(QObject* watched, QEvent* event)
{
    const bool focusMoved = event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut;
    if (focusMoved)
        update();    // the ring is the field's
    auto* chip = qobject_cast<FilterChip*>(watched);
    if (chip && event->type() == QEvent::KeyPress)
        return chipKey(chip, static_cast<QKeyEvent*>(event));
    return QWidget::eventFilter(watched, event);
}

void FilterField::setCountText(const QString& text)
{
    m_countText = text;
    showNote();
}

void FilterField::setShowsHint(bool shows)
{
    if (m_showsHint == shows)
        return;
    m_showsHint = shows;
    showNote();
}

void FilterField::showNote()
{
    m_count->setText(m_countText);
    m_count->setVisible(!m_showsHint && !m_countText.isEmpty());
    m_key->setVisible(m_showsHint);
    m_hint->setVisible(m_showsHint);
    m_draft->setPlaceholderText(m_chips.isEmpty() ? tr("Filter jobs, for example status:failed since:2h") : QString());
    layOut();
}

int FilterField::draftLeft() const
{
    return std::clamp(m_port->x() + m_draft->x(), m_port->x(), m_port->geometry().right());
}

void FilterField::layOut()
{
    int right = width() - scaled(8);
    for (QWidget* label : {static_cast<QWidget*>(m_count), static_cast<QWidget*>(m_hint), static_cast<QWidget*>(m_key)}) {
        if (label->isHidden())
            continue;
        const QSize size = label->sizeHint();
        right -= size.width();
        label->setGeometry(right, (height() - size.height()) / 2, size.width(), size.height());
        right -= scaled(6);
    }
    const int left = scaled(28);
    m_port->setGeometry(left, 2, std::max(0, right - left), height() - 4);

    m_draft->setPlaceholderText(m_chips.isEmpty() ? tr("Filter jobs, for example status:failed since:2h") : QString());
    int end = 0;
    for (const FilterChip* chip : m_chips)
        end += chip->width() + scaled(6);
    // a long draft takes the whole field before it scrolls within itself
    constexpr qsizetype farTooLong = 2000;
    const int wanted = m_draft->fontMetrics().horizontalAdvance(m_draft->text().left(farTooLong)) + scaled(24);
    const int least = std::min(scaled(80), m_port->width());
    const int draftWidth = std::max(std::max(least, std::min(wanted, m_port->width())), m_port->width() - end);
    m_contentWidth = end + draftWidth;
    m_scrolled = std::clamp(m_scrolled, 0, std::max(0, m_contentWidth - m_port->width()));

    int x = -m_scrolled;
    for (FilterChip* chip : m_chips) {
        chip->move(x, (m_port->height() - chip->height()) / 2);
        x += chip->width() + scaled(6);
    }
    m_draft->setGeometry(x, 0, draftWidth, m_port->height());
    update();
}

void FilterField::reveal(const QWidget* child)
{
    const int left = child->x() + m_scrolled;
    const int right = left + child->width();
    if (right - m_scrolled > m_port->width())
        m_scrolled = right - m_port->width();
    if (left < m_scrolled)
        m_scrolled = left;
    layOut();
}

void FilterField::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        setUpLook();
    QWidget::changeEvent(event);
}

void FilterField::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void FilterField::wheelEvent(QWheelEvent* event)
{
    const QPoint turn = event->angleDelta();
    m_scrolled -= (std::abs(turn.x()) > std::abs(turn.y()) ? turn.x() : turn.y()) / 2;
    layOut();
    event->accept();
}

void FilterField::mousePressEvent(QMouseEvent*)
{
    m_draft->setFocus(Qt::MouseFocusReason);
}

void FilterField::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    const bool focused =
        m_draft->hasFocus() || std::any_of(m_chips.begin(), m_chips.end(), [](const FilterChip* chip) { return chip->hasFocus(); });
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal line = focused ? 2 : 1;
    painter.setPen(QPen(focused ? theme.accent : theme.outline, line));
    painter.setBrush(theme.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), 3, 3);
    const int icon = scaled(16);
    paintIcon(&painter, QRect(scaled(8), (height() - icon) / 2, icon, icon), u"edit-find"_s, theme.text2);
}

}
