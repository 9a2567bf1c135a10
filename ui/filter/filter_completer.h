// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"
#include "ui/filter/filter_completion.h"
#include "ui/filter/filter_counts.h"
#include "ui/session/ui_context.h"

#include <QObject>
#include <QPointer>

class QKeyEvent;

namespace ui {

class FilterField;
class FilterPopup;

/// Looks at what is typed in a filter field: offers what fits, says what is wrong, and takes the keys that choose.
class FilterCompleter final : public QObject {
    Q_OBJECT

public:
    FilterCompleter(const UiContext& context, FilterField* field);
    ~FilterCompleter() override;

    /// After every edit. `offersAll`: also with nothing typed.
    void look(bool offersAll = false);
    /// Shows what is wrong with the whole, also if it may only be unfinished. Nothing if nothing is wrong.
    void insistOnError();
    void hide();
    [[nodiscard]] bool isShown() const;
    /// Keeps the popup under the field.
    void place();

    /// True for a key that was the list's: arrows, Tab, "," and "!" where they complete.
    [[nodiscard]] bool takeKey(QKeyEvent* event);
    /// Takes the row the person moved to, if there is one.
    bool takeChosen();

private:
    void show(const FilterCompletion& completion);
    void showError(const core::jobs::FilterError& error, qsizetype offset);
    void take(int row, const QString& behind = {});
    void toggleNot();
    void tell(const QString& error);
    [[nodiscard]] QString scope() const;
    FilterPopup* popup();

    UiContext m_context;
    FilterField* m_field;
    QPointer<FilterPopup> m_popup;    // the window's child, and the window may go first
    FilterCompletion m_completion;
    FilterCounts m_counts;
};

}
