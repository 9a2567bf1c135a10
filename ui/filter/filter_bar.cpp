// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_bar.h"

#include "ui/filter/filter_draft.h"
#include "ui/filter/filter_field.h"
#include "ui/session/preferences.h"
#include "ui/theme/metrics.h"

#include <QHBoxLayout>
#include <QKeyEvent>

namespace ui {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(const UiContext& context, QWidget* parent) : QWidget(parent), m_context(context), m_field(new FilterField(this))
{
    setFocusProxy(m_field);
    setFixedHeight(scaled(32));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(scaled(8));
    line->addWidget(m_field, 1);
    m_field->draft()->installEventFilter(this);
    connect(m_field->draft(), &FilterDraft::textChanged, this, &FilterBar::noteEdit);
    connect(m_field->draft(), &FilterDraft::pasted, this, &FilterBar::takePasted);
    connect(m_field, &FilterField::pieceReopened, this, [this] {
        m_chipsChanged = true;
        noteEdit();
    });
    connect(m_field, &FilterField::pieceRemoved, this, [this] {
        // by itself it is the whole act; in the middle of another change it waits for Enter with the rest
        const bool isWholeAct = !m_chipsChanged && m_field->draft()->text().trimmed().isEmpty();
        m_chipsChanged = true;
        if (isWholeAct)
            apply();
        else
            noteEdit();
    });
}

FilterBar::~FilterBar() = default;

void FilterBar::setText(const QString& text)
{
    const core::Time now = core::base::systemNow();
    if (!core::jobs::readFilter(text, now)) {
        m_field->setPieces({});
        m_chipsChanged = true;
        m_field->draft()->setText(text);
        apply();    // says what is wrong
        return;
    }
    m_field->setPieces(filterPieces(text, now));
    m_chipsChanged = true;
    m_field->draft()->clear();
    apply();
}

void FilterBar::startEditing()
{
    m_field->draft()->setFocus(Qt::ShortcutFocusReason);
    m_field->draft()->end(false);
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
        const auto& error = filter.error();
        m_field->draft()->setWrong(std::max<qsizetype>(0, error.offset - whole.draftOffset), error.length);
        return false;
    }
    m_applied = whole.text;
    m_field->setPieces(filterPieces(whole.text, now));
    m_field->draft()->clear();
    m_chipsChanged = false;
    noteEdit();
    emit filterApplied(*filter, m_applied);
    return true;
}

void FilterBar::revert()
{
    m_field->setPieces(filterPieces(m_applied, core::base::systemNow()));
    m_field->draft()->clear();
    m_chipsChanged = false;
    noteEdit();
}

bool FilterBar::isChanged() const
{
    return m_chipsChanged || !m_field->draft()->text().isEmpty();
}

void FilterBar::noteEdit()
{
    m_field->draft()->setWrong(-1, 0);
    m_field->setShowsHint(isChanged() && m_context.preferences.showsKeyboardHints());
}

void FilterBar::takePasted(const QString& text)
{
    m_field->draft()->insert(text);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field->draft() && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            apply();
            return true;
        }
        if (key == Qt::Key_Escape && isChanged()) {
            revert();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        setFixedHeight(scaled(32));
    QWidget::changeEvent(event);
}

}
