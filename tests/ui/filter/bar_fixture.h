// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/ui_fixture.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_chip.h"
#include "ui/filter/filter_draft.h"
#include "ui/filter/filter_field.h"
#include "ui/filter/filter_popup.h"
#include "ui/filter/suggestion_list.h"

#include <QVBoxLayout>

namespace test_support {

/// The bar in a window over a real store, with the focus in it.
struct BarFixture {
    ConsoleFixture console;
    QWidget window;
    ui::FilterBar* bar = nullptr;
    ui::FilterField* field = nullptr;
    ui::FilterDraft* draft = nullptr;
    std::unique_ptr<QSignalSpy> applied;

    [[nodiscard]] bool show()
    {
        if (!console.open().isEmpty())
            return false;
        window.resize(760, 420);
        auto* column = new QVBoxLayout(&window);
        bar = new ui::FilterBar(console.context(), &window);
        column->addWidget(bar);
        column->addStretch();
        field = bar->findChild<ui::FilterField*>();
        draft = field->draft();
        applied = std::make_unique<QSignalSpy>(bar, &ui::FilterBar::filterApplied);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            return false;
        draft->setFocus();
        return true;
    }
    [[nodiscard]] QStringList chips() const
    {
        QStringList words;
        for (const ui::FilterChip* chip : field->chips())
            words << chip->accessibleName();
        return words;
    }
    [[nodiscard]] ui::FilterPopup* popup() const { return window.findChild<ui::FilterPopup*>(); }
    [[nodiscard]] bool completes() const { return popup() && popup()->showsCompletion(); }
    [[nodiscard]] bool showsError() const { return popup() && popup()->showsError(); }
    [[nodiscard]] QStringList offered() const
    {
        QStringList words;
        if (completes()) {
            for (const auto& suggestion : popup()->model()->suggestions())
                words << suggestion.word;
        }
        return words;
    }
    /// To whatever has the focus, as a keyboard does.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(window.focusWidget(), key, modifiers);
    }
    void type(const QString& text) const { QTest::keyClicks(window.focusWidget(), text); }
};

}
