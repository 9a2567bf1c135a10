// SPDX-License-Identifier: Apache-2.0
#include "tests/support/private_bus.h"
#include "tests/support/ui_fixture.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/desktop/color_scheme.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusVariant>

using namespace Qt::StringLiterals;
using ui::ColorScheme;
using ui::DesktopColorScheme;

namespace {

const QString appearance = u"org.freedesktop.appearance"_s;

/// A FAKE of the desktop's portal, for no desktop runs here: as much of org.freedesktop.portal.Settings as the console asks, on a bus of
/// the test's own, by a connection of its own.
class FakePortal final : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    [[nodiscard]] bool begin(const QString& address)
    {
        QDBusConnection bus = QDBusConnection::connectToBus(address, u"fake-portal"_s);
        return bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
               bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    static void end()
    {
        QDBusConnection bus(u"fake-portal"_s);
        bus.unregisterService(u"org.freedesktop.portal.Desktop"_s);
        bus.unregisterObject(u"/org/freedesktop/portal/desktop"_s);
        QDBusConnection::disconnectFromBus(u"fake-portal"_s);
    }
    void change(const QString& space, const QString& key, uint value) { emit SettingChanged(space, key, QDBusVariant(value)); }

    uint scheme = 0;
    int asked = 0;

public slots:
    QDBusVariant Read(const QString& space, const QString& key)
    {
        ++asked;
        if (space != appearance || key != u"color-scheme"_s)
            sendErrorReply(QDBusError::InvalidArgs, u"Requested setting not found"_s);
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));    // a variant in a variant, as the real one
    }

signals:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);
};

bool isDark()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

}

class TestColorScheme : public QObject {
    Q_OBJECT

    /// What was told last; waits for it.
    static std::optional<ColorScheme> next(QSignalSpy& told)
    {
        if (told.isEmpty() && !told.wait(10'000))
            return {};
        return told.takeFirst().constFirst().value<ColorScheme>();
    }

private slots:
    void initTestCase()
    {
        qunsetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        m_paletteWasDark = isDark();
    }

    /// First, for the bus is looked for once.
    void withoutABusNothingIsKnownAndNothingIsStarted()
    {
        DesktopColorScheme scheme;
        QSignalSpy told(&scheme, &DesktopColorScheme::told);
        scheme.follow();
        QCOMPARE(told.size(), 1);
        QCOMPARE(next(told), std::optional(ColorScheme::None));
    }

    void withoutAPortalNothingIsKnown()
    {
        QCOMPARE(m_bus.begin(), QString());
        DesktopColorScheme scheme;
        QSignalSpy told(&scheme, &DesktopColorScheme::told);
        scheme.follow();
        QVERIFY(told.isEmpty());    // nobody waits for the answer
        QCOMPARE(next(told), std::optional(ColorScheme::None));
    }

    void thePortalIsAskedAndItsChangesAreFollowed_data()
    {
        QTest::addColumn<uint>("value");
        QTest::addColumn<ColorScheme>("scheme");
        QTest::newRow("no preference") << 0U << ColorScheme::None;
        QTest::newRow("dark") << 1U << ColorScheme::Dark;
        QTest::newRow("light") << 2U << ColorScheme::Light;
        QTest::newRow("of a later version") << 7U << ColorScheme::None;
    }
    void thePortalIsAskedAndItsChangesAreFollowed()
    {
        QFETCH(uint, value);
        QFETCH(ColorScheme, scheme);
        FakePortal portal;
        QVERIFY(portal.begin(m_bus.address()));
        portal.scheme = value;
        DesktopColorScheme desktop;
        QSignalSpy told(&desktop, &DesktopColorScheme::told);
        desktop.follow();
        QCOMPARE(next(told), std::optional(scheme));
        portal.change(appearance, u"accent-color"_s, 1);    // not ours
        portal.change(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, 1);
        portal.change(appearance, u"color-scheme"_s, 1);
        QCOMPARE(next(told), std::optional(ColorScheme::Dark));
        portal.change(appearance, u"color-scheme"_s, value);
        QCOMPARE(next(told), std::optional(scheme));
        QVERIFY(told.isEmpty());
        QCOMPARE(portal.asked, 1);
        FakePortal::end();
    }

    /// Light and dark of the whole program: the portal's word, a person's choice over it, the palette's lightness without either.
    void theProgramFollowsUnlessAPersonChose()
    {
        FakePortal portal;
        QVERIFY(portal.begin(m_bus.address()));
        portal.scheme = 1;
        QTemporaryDir folder;
        ui::Preferences preferences(folder.filePath(u"console.ini"_s));
        ui::applyLook(preferences);
        QCOMPARE(isDark(), m_paletteWasDark);
        ui::LogBuffer log;
        ui::ConnectionStore connections(folder.filePath(u"connections.json"_s));
        {
            const ui::Console console(preferences, connections, log);
            QTRY_VERIFY(isDark());
            portal.change(appearance, u"color-scheme"_s, 2);
            QTRY_VERIFY(!isDark());
            preferences.setTheme(ui::ThemeChoice::Dark);
            QVERIFY(isDark());
            portal.change(appearance, u"color-scheme"_s, 1);
            portal.change(appearance, u"color-scheme"_s, 2);
            QTRY_COMPARE(preferences.value(u"desktop_scheme"_s).toString(), u"light"_s);
            QVERIFY(isDark());
            preferences.setTheme(ui::ThemeChoice::System);
            QVERIFY(!isDark());
            portal.change(appearance, u"color-scheme"_s, 1);
            QTRY_VERIFY(isDark());
        }
        // the next start has it before the portal answers
        QApplication::setPalette(ui::lightTheme().palette());
        ui::applyLook(preferences);
        QVERIFY(isDark());
        FakePortal::end();
        const ui::Console console(preferences, connections, log);    // a desktop without a portal
        QTRY_COMPARE(isDark(), m_paletteWasDark);
    }

private:
    test_support::PrivateBus m_bus;
    bool m_paletteWasDark = false;
};

QTEST_MAIN(TestColorScheme)
#include "tst_color_scheme.moc"
