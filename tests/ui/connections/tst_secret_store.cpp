// SPDX-License-Identifier: Apache-2.0
// Secrets where no desktop session is: kept for this session, and it is said. With a keyring: tst_secret_service.
#include "tests/support/ui_fixture.h"
#include "ui/connections/connection_dialog.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/secret_field.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::StringLiterals;
using ui::KeptSecret;
using ui::SecretField;
using ui::SecretPlace;
using ui::SecretStore;

class TestSecretStore : public QObject {
    Q_OBJECT

    static bool says(const QWidget& widget, const QString& text)
    {
        const auto labels = widget.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(text); });
    }

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        qunsetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    }

    void withoutADesktopItIsKeptForTheSessionAndThatIsSaid()
    {
        SecretStore secrets;
        QVERIFY(!secrets.read(u"a"_s).wait()->has_value());
        const auto kept = secrets.write(u"a"_s, u"first"_s, SecretPlace::Keyring).wait();
        QVERIFY(kept.has_value());
        QCOMPARE(kept->place, SecretPlace::Session);
        QVERIFY2(kept->why.contains(u"for this session only"_s), qPrintable(kept->why));
        QCOMPARE(secrets.read(u"a"_s).wait()->value().secret, u"first"_s);
        QCOMPARE(secrets.read(u"a"_s).wait()->value().place, SecretPlace::Session);
        // what was asked for needs no excuse
        QCOMPARE(secrets.write(u"a"_s, u"second"_s, SecretPlace::Session).wait()->why, QString());
        QCOMPARE(secrets.read(u"a"_s).wait()->value().secret, u"second"_s);
        QVERIFY(!secrets.read(u"b"_s).wait()->has_value());    // another connection's
        QVERIFY(secrets.remove(u"a"_s).wait().value());
        QVERIFY(!secrets.read(u"a"_s).wait()->has_value());
        QVERIFY(!secrets.remove(u"a"_s).wait().value());
    }

    void theSessionEndsWithTheStore()
    {
        {
            SecretStore secrets;
            QVERIFY(secrets.write(u"a"_s, u"gone"_s, SecretPlace::Session).wait().has_value());
        }
        SecretStore next;
        QVERIFY(!next.read(u"a"_s).wait()->has_value());
    }

    void theFieldTakesASecretAndNeverShowsIt()
    {
        SecretStore secrets;
        SecretField field(secrets, u"Password"_s);
        field.show();
        field.showConnection(u"a"_s);
        QTRY_VERIFY(says(field, u"None is kept."_s));
        QVERIFY(!field.hasEdits());
        auto* line = field.findChild<QLineEdit*>();
        QTest::keyClicks(line, u"opensesame"_s);
        QVERIFY(field.hasEdits());
        QVERIFY(!line->displayText().contains(u"open"_s));
        field.save();
        QTRY_VERIFY(says(field, u"kept for this session only"_s));    // and not in the keyring, as was chosen
        QVERIFY(line->text().isEmpty());
        QCOMPARE(field.findChild<QComboBox*>()->currentText(), u"For this session only"_s);
        QCOMPARE(secrets.read(u"a"_s).wait()->value().secret, u"opensesame"_s);
        field.showConnection(u"b"_s);
        QTRY_VERIFY(says(field, u"None is kept."_s));
        field.showConnection(u"a"_s);
        QTRY_VERIFY(says(field, u"Kept until this program ends."_s));
        QVERIFY(line->text().isEmpty() && !field.hasEdits());
        field.remove();
        QTRY_VERIFY(!secrets.read(u"a"_s).wait()->has_value());
    }

    /// So far no kind of connection has a secret: its row is not offered.
    void theEmbeddedStoreIsAskedForNone()
    {
        QTemporaryDir folder;
        ui::ConnectionStore connections(folder.filePath(u"connections.json"_s));
        SecretStore secrets;
        auto* dialog = new ui::ConnectionDialog(connections, secrets, {});
        dialog->show();
        QVERIFY(!dialog->findChild<SecretField*>()->isVisible());
        const auto labels = dialog->findChildren<QLabel*>();
        for (const QLabel* label : labels)
            QVERIFY(label->text() != u"Password" || !label->isVisible());
        delete dialog;
    }
};

QTEST_MAIN(TestSecretStore)
#include "tst_secret_store.moc"
