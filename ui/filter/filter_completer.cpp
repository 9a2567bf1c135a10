// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_completer.h"

#include "ui/base/format.h"
#include "ui/filter/filter_draft.h"
#include "ui/filter/filter_field.h"
#include "ui/filter/filter_history.h"
#include "ui/filter/filter_popup.h"
#include "ui/filter/suggestion_list.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QKeyEvent>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestMessage = 400;    // a message quotes what was typed

}

FilterCompleter::FilterCompleter(const UiContext& context, FilterField* field)
    : QObject(field), m_context(context), m_field(field), m_counts(context.session)
{
    connect(&m_counts, &FilterCounts::counted, this, [this](const QString& value, const QString& count) {
        if (m_popup)
            m_popup->model()->setCount(value, count);
    });
}

FilterCompleter::~FilterCompleter()
{
    delete m_popup.data();
}

FilterPopup* FilterCompleter::popup()
{
    // the bar may have been put into its window after it was made
    if (m_popup && m_popup->parentWidget() != m_field->window())
        delete m_popup.data();
    if (!m_popup) {
        m_popup = new FilterPopup(m_field->window());
        connect(m_popup, &FilterPopup::taken, this, [this](int row) { take(row); });
    }
    m_popup->setShowsKeys(m_context.preferences.showsKeyboardHints());
    return m_popup;
}

void FilterCompleter::look(bool offersAll)
{
    FilterDraft* draft = m_field->draft();
    const QString typed = draft->text();
    const core::Time now = core::base::systemNow();
    const ComposedFilter whole = composedFilter(m_field->pieces(), typed, now);
    const auto filter = core::jobs::readFilter(whole.text, now);
    const bool isEmpty = typed.trimmed().isEmpty();
    const bool completes = draft->hasFocus() && (!isEmpty || offersAll) && typed.size() <= core::jobs::maxFilterLength;
    m_completion = completes
                       ? completionAt(typed, draft->cursorPosition(), filterHistory(m_context.preferences, m_context.session.profile().id))
                       : FilterCompletion();
    const qsizetype offset = filter ? -1 : std::clamp<qsizetype>(filter.error().offset - whole.draftOffset, 0, typed.size());
    // what can still become right is only unfinished: the cursor stands in it, and something fits
    const bool isUnfinished = !m_completion.suggestions.isEmpty() && offset >= m_completion.termOffset;
    const bool isWrong = !filter && !isEmpty && !isUnfinished;
    draft->setWrong(isWrong ? offset : -1, isWrong ? filter.error().length : 0);
    tell(isWrong ? filter.error().message : QString());
    if (isWrong)
        showError(filter.error(), offset);
    else if (m_completion.suggestions.isEmpty())
        hide();
    else
        show(m_completion);
}

void FilterCompleter::insistOnError()
{
    const core::Time now = core::base::systemNow();
    const ComposedFilter whole = composedFilter(m_field->pieces(), m_field->draft()->text(), now);
    const auto filter = core::jobs::readFilter(whole.text, now);
    if (filter)
        return;
    const qsizetype offset = std::clamp<qsizetype>(filter.error().offset - whole.draftOffset, 0, m_field->draft()->text().size());
    m_completion = {};
    m_field->draft()->setWrong(offset, filter.error().length);
    tell(filter.error().message);
    showError(filter.error(), offset);
}

void FilterCompleter::tell(const QString& error)
{
    QStringList parts;
    const auto pieces = m_field->pieces();
    for (const FilterPiece& piece : pieces)
        parts << readableText(piece).left(longestMessage);
    QString state = parts.isEmpty() ? tr("No part is set.") : tr("Parts: %1.").arg(parts.join(tr("; ")));
    if (!error.isEmpty())
        state = tr("Wrong: %1. %2").arg(plainLine(error.left(longestMessage)), state);
    m_field->draft()->setAccessibleDescription(state.left(2 * longestMessage));
}

void FilterCompleter::showError(const core::jobs::FilterError& error, qsizetype offset)
{
    m_counts.forget();
    if (!m_field->isVisible())
        return;
    popup()->showError(plainLine(error.message.left(longestMessage)), expectedAt(m_field->draft()->text(), offset));
    place();
}

QString FilterCompleter::scope() const
{
    const auto pieces = m_field->pieces();
    for (const FilterPiece& piece : pieces) {
        const auto& words = piece.segments;
        if (words.size() == 2 && words.at(0).text == "since"_L1)
            return words.at(1).text.contains(u' ') ? tr("last %1").arg(words.at(1).text) : tr("since %1").arg(words.at(1).text);
    }
    return {};
}

void FilterCompleter::show(const FilterCompletion& completion)
{
    popup()->showCompletion(completion, completion.listsValues ? scope() : QString());
    place();
    if (!completion.listsValues) {
        m_counts.forget();
        return;
    }
    QStringList values;
    for (const FilterSuggestion& suggestion : completion.suggestions)
        values << suggestion.word;
    m_counts.ask(composedFilter(m_field->pieces(), {}, core::base::systemNow()).text, completion.key, values);
}

void FilterCompleter::hide()
{
    m_counts.forget();
    m_completion = {};
    if (m_popup)
        m_popup->hide();
}

bool FilterCompleter::isShown() const
{
    return m_popup && !m_popup->isHidden();
}

void FilterCompleter::place()
{
    if (isShown())
        m_popup->placeBelow(m_field->mapTo(m_field->window(), QPoint(m_field->draftLeft(), m_field->height() + scaled(2))));
}

bool FilterCompleter::takeKey(QKeyEvent* event)
{
    const bool lists = m_popup && m_popup->showsCompletion();
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (event->key() == Qt::Key_Down && isPlain) {
        lists ? m_popup->moveCurrent(1) : look(true);
        return true;
    }
    if (!lists)
        return false;
    const bool inValues = !m_completion.key.isEmpty();
    if (event->key() == Qt::Key_Up && isPlain) {
        m_popup->moveCurrent(-1);
        return true;
    }
    // Tab with nothing typed goes on to the next control as everywhere, unless a row was chosen
    if (event->key() == Qt::Key_Tab && isPlain && (m_popup->isChosen() || inValues || !m_completion.typed.isEmpty())) {
        take(m_popup->currentRow());
        return true;
    }
    if (event->text() == ","_L1 && m_completion.listsValues) {
        const auto& offered = m_completion.suggestions;
        const bool isWhole =
            std::any_of(offered.begin(), offered.end(), [&](const FilterSuggestion& each) { return each.word == m_completion.typed; });
        if (isWhole)
            return false;
        take(m_popup->currentRow(), u","_s);
        return true;
    }
    if (event->text() == "!"_L1 && inValues && (m_completion.listsValues || m_completion.typed.isEmpty())) {
        toggleNot();
        return true;
    }
    return false;
}

bool FilterCompleter::takeChosen()
{
    if (!m_popup || !m_popup->showsCompletion() || !m_popup->isChosen())
        return false;
    take(m_popup->currentRow());
    return true;
}

void FilterCompleter::take(int row, const QString& behind)
{
    if (row < 0 || row >= m_completion.suggestions.size())
        return;
    FilterDraft* draft = m_field->draft();
    const QString word = m_completion.suggestions.at(row).word + behind;
    const qsizetype offset = m_completion.offset;
    // selecting and inserting keeps the step in the undo history
    draft->setSelection(static_cast<int>(offset), static_cast<int>(m_completion.length));
    if (m_completion.length == 0)
        draft->setCursorPosition(static_cast<int>(offset));
    draft->insert(word);
}

void FilterCompleter::toggleNot()
{
    FilterDraft* draft = m_field->draft();
    const int cursor = draft->cursorPosition();
    const int start = static_cast<int>(m_completion.termOffset);
    const bool isNegated = start > 0 && draft->text().at(start - 1) == u'!';
    draft->setCursorPosition(start);
    isNegated ? draft->backspace() : draft->insert(u"!"_s);
    draft->setCursorPosition(cursor + (isNegated ? -1 : 1));
    look();
}

}
