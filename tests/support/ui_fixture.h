// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/embedded_store.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/session/ui_context.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QSignalSpy>

namespace test_support {

/// The look of the console on this QApplication: style, palette, font. Call it once, before the first widget.
inline void useConsoleLook(const ui::Theme& theme = ui::lightTheme())
{
    using namespace Qt::StringLiterals;
    QApplication::setStyle(new ui::Style);
    QApplication::setPalette(theme.palette());
    QFont font = QApplication::font();
    if (QFontDatabase::families().contains(u"Inter"_s))
        font.setFamily(u"Inter"_s);
    QApplication::setFont(font);
    ui::setBodyPixels(ui::bodyPixels);
}

/// A real store, an open session on it, and all that a widget of the console takes.
class ConsoleFixture {
public:
    /// Empty, or what went wrong. Workers run only if asked for.
    [[nodiscard]] QString open(int workerThreads = 0, bool readOnly = false)
    {
        if (const QString wrong = store.open(); !wrong.isEmpty())
            return wrong;
        ui::ConnectionProfile profile;
        profile.id = QStringLiteral("test");
        profile.name = QStringLiteral("My computer");
        profile.storePath = store.options.storePath;
        profile.storagePath = store.options.storagePath;
        profile.readOnly = readOnly;
        profile.workerThreads = workerThreads;
        session = std::make_unique<ui::StoreSession>(profile);
        session->open();
        if (!QTest::qWaitFor([&] { return session->state() != ui::StoreSession::State::Opening; }, 10'000))
            return QStringLiteral("The session does not open");
        return session->isOpen() ? QString() : session->error().message;
    }
    [[nodiscard]] ui::UiContext context() { return {*session, preferences, navigator}; }

    EmbeddedStore store;    ///< its own backend on the same file, to submit and post by
    std::unique_ptr<ui::StoreSession> session;
    ui::Preferences preferences{store.folder.filePath(QStringLiteral("console.ini"))};
    ui::Navigator navigator;
};

/// Writes a picture of the widget in the light and in the dark theme to $SIGNALBOX_SHOTS, if that is set: NAME-light.png, NAME-dark.png.
inline void shoot(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("SIGNALBOX_SHOTS");
    if (folder.isEmpty())
        return;
    for (const auto* theme : {&ui::darkTheme(), &ui::lightTheme()}) {
        QApplication::setPalette(theme->palette());
        QCoreApplication::sendPostedEvents();
        widget.grab().save(folder + u'/' + name + (theme->isDark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png")));
    }
}

}
