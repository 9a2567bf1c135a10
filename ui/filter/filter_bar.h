// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"
#include "ui/session/ui_context.h"

#include <QWidget>

namespace ui {

class FilterButtons;
class FilterCompleter;
class FilterField;

/// The filter over a list: applied parts as chips, the part being typed behind them, completion and errors below. One line of a fixed
/// height without margins of its own. Nothing is applied while the text is wrong.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(const UiContext& context, QWidget* parent = nullptr);
    ~FilterBar() override;

    /// What is applied, as it was typed ("since:2h"); empty takes every job.
    [[nodiscard]] QString text() const { return m_applied; }
    /// Shows it as chips and applies it; a text that does not read is shown with what is wrong, and what was applied stays so.
    void setText(const QString& text);
    /// Takes the focus and offers the keys.
    void startEditing();
    /// At the field's right while nobody types: "17 loaded".
    void setCountText(const QString& text);

signals:
    /// Also when the same text is applied again: ages ("2h") count from then.
    void filterApplied(const core::jobs::Filter& filter, const QString& text);
    void savedFiltersChanged();
    /// Esc, where nothing is left to take back: on to what is filtered.
    void leaveAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool apply();
    void revert();
    [[nodiscard]] bool isChanged() const;
    void noteEdit();
    void removeDone();
    [[nodiscard]] bool takeKey(QKeyEvent* event);
    void takePasted(const QString& text);

    UiContext m_context;
    FilterField* m_field;
    FilterCompleter* m_completer;
    FilterButtons* m_buttons;
    QString m_applied;
    bool m_chipsChanged = false;    // against what is applied
};

}
