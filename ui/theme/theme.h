// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

namespace ui {

/// What a person sees of a job: its status, or that a cancel was asked and the worker has not confirmed it.
enum class JobState { Pending, Running, Done, Failed, Cancelled, CancelAsked, Unknown };

/// Which store a window looks at. The word is always written beside the colour.
enum class Environment { Embedded, Development, Staging, Production };

/// Ink for icon, word and bar; fill for a chip, a lane or a band of that state.
struct StateInk {
    QColor ink;
    QColor fill;
};

/// Every colour of the program, in one of two tables (look.md section 1). No widget knows a colour of its own: it takes palette roles,
/// or asks the theme that belongs to its palette.
struct Theme {
    bool isDark = false;

    QColor base, alternateBase, window, sidebar, button;
    QColor text, text2, text3, disabled;
    QColor accent, textOnAccent;
    QColor highlight, highlightedText, inactiveHighlight;
    QColor outline, border, hairline, track;
    StateInk added, removed;    ///< of a diff
    StateInk hit;               ///< a search hit: text and fill
    QColor chartDone, chartCancelled;
    QColor cue, weakCue;
    QColor wordUnder75, wordUnder50;
    QColor toolTip, toolTipText;

    StateInk pending, running, done, failed, cancelled, cancelAsked, unknown;

    [[nodiscard]] const StateInk& state(JobState state) const;
    /// Notes and silences share the ink of a cancel that was asked: amber.
    [[nodiscard]] const StateInk& warning() const { return cancelAsked; }

    /// The roles of QPalette filled from this table, for all three groups.
    [[nodiscard]] QPalette palette() const;
};

[[nodiscard]] const Theme& lightTheme();
[[nodiscard]] const Theme& darkTheme();
/// The table that a palette was filled from (by its ground: any dark palette gets the dark table).
[[nodiscard]] const Theme& themeOf(const QPalette& palette);

[[nodiscard]] QColor environmentColor(Environment environment);
/// White in both themes.
[[nodiscard]] QColor environmentTextColor();

}
