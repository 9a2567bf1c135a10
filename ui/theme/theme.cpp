// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"

namespace ui {

namespace {

QColor rgb(unsigned value)
{
    return QColor(QRgb(value));
}

StateInk inks(unsigned ink, unsigned fill)
{
    return {rgb(ink), rgb(fill)};
}

Theme makeLight()
{
    Theme theme;
    theme.isDark = false;
    theme.base = rgb(0xFFFFFF);
    theme.alternateBase = rgb(0xF7F8FA);
    theme.window = rgb(0xF0F2F4);
    theme.sidebar = rgb(0xE6E9ED);
    theme.button = rgb(0xFFFFFF);
    theme.text = rgb(0x1B2026);
    theme.text2 = rgb(0x46505B);
    theme.text3 = rgb(0x5A6570);
    theme.disabled = rgb(0x8A939D);
    theme.accent = rgb(0x1D5BB8);
    theme.textOnAccent = rgb(0xFFFFFF);
    theme.highlight = rgb(0xD3E3FA);
    theme.highlightedText = rgb(0x0E1F38);
    theme.inactiveHighlight = rgb(0xE1E6EC);
    theme.outline = rgb(0x7C8792);
    theme.border = rgb(0xC9CFD6);
    theme.hairline = rgb(0xE1E5E9);
    theme.track = rgb(0xDDE2E7);
    theme.added = inks(0x14602F, 0xE2F3E8);
    theme.removed = inks(0x98201A, 0xFBE7E5);
    theme.hit = inks(0x1B2026, 0xFFE28A);
    theme.chartDone = rgb(0x5E9C7A);
    theme.chartCancelled = rgb(0x8F74B0);
    theme.cue = rgb(0x74889E);
    theme.weakCue = rgb(0xB9802F);
    theme.wordUnder75 = rgb(0xFBEFD9);
    theme.wordUnder50 = rgb(0xF7D9C4);
    theme.toolTip = rgb(0x1B2026);
    theme.toolTipText = rgb(0xFFFFFF);
    theme.pending = inks(0x4F5A66, 0xECEFF2);
    theme.running = inks(0x1D5BB8, 0xE3EDFB);
    theme.done = inks(0x18713A, 0xE2F3E8);
    theme.failed = inks(0xB3261E, 0xFBE7E5);
    theme.cancelled = inks(0x67488A, 0xF0E9F6);
    theme.cancelAsked = inks(0x855000, 0xFBEFD9);
    theme.unknown = inks(0x9A2A72, 0xF9E5F1);
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.isDark = true;
    theme.base = rgb(0x181B1F);
    theme.alternateBase = rgb(0x1D2125);
    theme.window = rgb(0x23272C);
    theme.sidebar = rgb(0x1E2226);
    theme.button = rgb(0x2D3238);
    theme.text = rgb(0xE7EAED);
    theme.text2 = rgb(0xB4BCC5);
    theme.text3 = rgb(0xA3ADB7);
    theme.disabled = rgb(0x6F7984);
    theme.accent = rgb(0x82B1FF);
    theme.textOnAccent = rgb(0x0C1A30);
    theme.highlight = rgb(0x26405F);
    theme.highlightedText = rgb(0xF2F6FC);
    theme.inactiveHighlight = rgb(0x2F353C);
    theme.outline = rgb(0x77828E);
    theme.border = rgb(0x3C434B);
    theme.hairline = rgb(0x2A2F35);
    theme.track = rgb(0x343A41);
    theme.added = inks(0x8CDCA6, 0x1B3325);
    theme.removed = inks(0xFFA9A1, 0x41201F);
    theme.hit = inks(0xFFF4D0, 0x6B5410);
    theme.chartDone = rgb(0x4F9A73);
    theme.chartCancelled = rgb(0x9A80BD);
    theme.cue = rgb(0x7F93A8);
    theme.weakCue = rgb(0xD39A45);
    theme.wordUnder75 = rgb(0x3A2D17);
    theme.wordUnder50 = rgb(0x553A1A);
    theme.toolTip = rgb(0xE7EAED);
    theme.toolTipText = rgb(0x181B1F);
    theme.pending = inks(0xB4BCC5, 0x2A2F35);
    theme.running = inks(0x82B1FF, 0x1F2F47);
    theme.done = inks(0x6FCF8F, 0x1B3325);
    theme.failed = inks(0xFF8F85, 0x41201F);
    theme.cancelled = inks(0xC7ABE6, 0x30273B);
    theme.cancelAsked = inks(0xF0B75E, 0x3A2D17);
    theme.unknown = inks(0xF394C9, 0x3B2233);
    return theme;
}

}

const StateInk& Theme::state(JobState state) const
{
    switch (state) {
    case JobState::Pending: return pending;
    case JobState::Running: return running;
    case JobState::Done: return done;
    case JobState::Failed: return failed;
    case JobState::Cancelled: return cancelled;
    case JobState::CancelAsked: return cancelAsked;
    case JobState::Unknown: return unknown;
    }
    Q_UNREACHABLE();
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto all = [&](QPalette::ColorRole role, const QColor& color) {
        for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
            palette.setColor(group, role, color);
    };
    all(QPalette::Window, window);
    all(QPalette::WindowText, text);
    all(QPalette::Base, base);
    all(QPalette::AlternateBase, alternateBase);
    all(QPalette::Text, text);
    all(QPalette::PlaceholderText, text3);
    all(QPalette::Button, button);
    all(QPalette::ButtonText, text);
    all(QPalette::BrightText, text);
    all(QPalette::Link, accent);
    all(QPalette::LinkVisited, accent);
    all(QPalette::Highlight, highlight);
    all(QPalette::HighlightedText, highlightedText);
    all(QPalette::ToolTipBase, toolTip);
    all(QPalette::ToolTipText, toolTipText);
    // Fusion takes its lines from these
    all(QPalette::Light, button);
    all(QPalette::Midlight, hairline);
    all(QPalette::Mid, border);
    all(QPalette::Dark, outline);
    all(QPalette::Shadow, border);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, inactiveHighlight);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, inactiveHighlight);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled);
    return palette;
}

const Theme& lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme& darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme& themeOf(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < 128 ? darkTheme() : lightTheme();
}

QColor environmentColor(Environment environment)
{
    switch (environment) {
    case Environment::Embedded: return rgb(0x4A5663);
    case Environment::Development: return rgb(0x1A6A55);
    case Environment::Staging: return rgb(0x8A5200);
    case Environment::Production: return rgb(0xA3191B);
    }
    Q_UNREACHABLE();
}

QColor environmentTextColor()
{
    return rgb(0xFFFFFF);
}

}
