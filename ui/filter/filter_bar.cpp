// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_bar.h"

#include "ui/filter/filter_buttons.h"
#include "ui/filter/filter_completer.h"
#include "ui/filter/filter_draft.h"
#include "ui/filter/filter_field.h"
#include "ui/filter/filter_history.h"
#include "ui/filter/filter_tokens.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QHBoxLayout>
#include <QKeyEvent>

namespace ui {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(const UiContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_field(new FilterField(this)),
      m_completer(new FilterCompleter(context, m_field)),
      m_buttons(new FilterButtons(context, this))
{
    setFocusProxy(m_field);
    setFixedHeight(scaled(32));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(scaled(8));
    line->addWidget(m_field, 1);
    line->addWidget(m_buttons);
    FilterDraft* draft = m_field->draft();
    draft->installEventFilter(this);
    connect(draft, &FilterDraft::textChanged, this, &FilterBar::noteEdit);
    connect(draft, &FilterDraft::pasted, this, &FilterBar::takePasted);
    connect(m_field, &FilterField::pieceReopened, this, [this] {
        m_chipsChanged = true;
        noteEdit();
    });
    connect(m_field, &FilterField::pieceRemoved, this, &FilterBar::removeDone);
    connect(m_buttons, &FilterButtons::textChosen, this, &FilterBar::setText);
    connect(m_buttons, &FilterButtons::savedFiltersChanged, this, &FilterBar::savedFiltersChanged);
}

FilterBar::~FilterBar() = default;

void FilterBar::setText(const QString& text)
{
    const core::Time now = core::base::systemNow();
    const bool isRight = core::jobs::readFilter(text, now).has_value();
    m_chipsChanged = true;
    m_field->setPieces(isRight ? filterPieces(text, now) : QList<FilterPiece>());
    m_field->draft()->setText(isRight ? QString() : text);
    if (!apply())
        m_field->draft()->setFocus();    // it is there to be mended
}

void FilterBar::startEditing()
{
    m_field->draft()->setFocus(Qt::ShortcutFocusReason);
    m_field->draft()->end(false);
    m_completer->look(true);
}

void FilterBar::setCountText(const QString& text)
{
    m_field->setCountText(text);
}

bool FilterBar::apply()
{
    const core::Time now = core::base::systemNow();
    const ComposedFilter whole = composedFilter(m_field->pieces(), m_field->draft()->text(), now);
    const auto filter = core::jobs::readFilter(whole.text, now);
    if (!filter) {
        m_completer->insistOnError();
        return false;
    }
    m_applied = whole.text.trimmed();
    addToFilterHistory(m_context.preferences, m_context.session.profile().id, m_applied);
    m_buttons->setText(m_applied);
    revert();
    emit filterApplied(*filter, m_applied);
    return true;
}

void FilterBar::revert()
{
    m_field->setPieces(filterPieces(m_applied, core::base::systemNow()));
    m_chipsChanged = false;
    m_field->draft()->clear();
    noteEdit();
}

bool FilterBar::isChanged() const
{
    return m_chipsChanged || !m_field->draft()->text().isEmpty();
}

void FilterBar::noteEdit()
{
    m_field->setShowsHint(isChanged() && m_context.preferences.showsKeyboardHints());
    m_completer->look();
}

void FilterBar::removeDone()
{
    // by itself it is the whole act; in the middle of another change it waits for Enter with the rest
    const bool isWholeAct = !isChanged();
    m_chipsChanged = true;
    if (!isWholeAct) {
        noteEdit();
        return;
    }
    const qsizetype focused = m_field->focusedChip();
    apply();
    if (focused >= 0)
        m_field->focusChip(focused);    // who walks over the chips goes on walking
}

void FilterBar::takePasted(const QString& text)
{
    FilterDraft* draft = m_field->draft();
    const core::Time now = core::base::systemNow();
    const bool isAlone = draft->text().trimmed().isEmpty() || draft->selectedText() == draft->text();
    const auto tokens = filterTokens(text);
    const bool isExpression = tokens.size() > 1 || (tokens.size() == 1 && termParts(text.trimmed()).hasColon);
    if (!isAlone || !isExpression || !core::jobs::readFilter(text, now)) {
        draft->insert(text);
        return;
    }
    m_chipsChanged = true;
    m_field->setPieces(m_field->pieces() + filterPieces(text, now));
    draft->clear();
    noteEdit();
}

bool FilterBar::takeKey(QKeyEvent* event)
{
    if (m_completer->takeKey(event))
        return true;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // a chosen key is not yet a term: its values come next
        if (m_completer->takeChosen() && m_completer->isShown())
            return true;
        apply();
        return true;
    case Qt::Key_Escape:
        if (!isChanged() && !m_completer->isShown()) {
            emit leaveAsked();
            return true;
        }
        revert();
        m_completer->hide();
        return true;
    default: return false;
    }
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field->draft()) {
        if (event->type() == QEvent::KeyPress && takeKey(static_cast<QKeyEvent*>(event)))
            return true;
        // before a shortcut of the window takes Esc or Enter from what is being typed
        if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && isChanged())
            event->accept();
        if (event->type() == QEvent::FocusOut)
            m_completer->hide();
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isChanged())
        revert();
    else
        QWidget::keyPressEvent(event);
}

void FilterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_completer->place();
}

void FilterBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        setFixedHeight(scaled(32));
    QWidget::changeEvent(event);
}

}
