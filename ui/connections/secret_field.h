// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/connections/secret_store.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QLineEdit;

namespace ui {

class InkLabel;

/// The secret of a connection in a form: typed over, never shown, and a choice of where it is kept. Tells below what is kept now.
class SecretField final : public QWidget {
    Q_OBJECT

public:
    /// `name`: what it is, "Password".
    SecretField(SecretStore& secrets, const QString& name, QWidget* parent = nullptr);
    /// Forgets what was typed and asks what is kept of this one.
    void showConnection(const QString& connectionId);
    [[nodiscard]] bool hasEdits() const;
    /// Keeps what was typed; without any, changes only its place.
    void save();
    void remove();
    [[nodiscard]] bool isSaving() const { return m_writing; }
    /// What was typed, else what is kept, else nothing; later, unless it was typed.
    void withSecret(const std::function<void(const QString&)>& then);

signals:
    /// What save() began is done, well or not.
    void settled();

private:
    void tell(const QString& sentence, bool isWarning = false);
    void write(const QString& secret);
    void tellKept(SecretPlace place);

    SecretStore& m_secrets;
    QString m_id;
    SecretPlace m_known = SecretPlace::Keyring;    // where the one that is kept is
    bool m_isKept = false;
    bool m_writing = false;
    quint64 m_asked = 0;
    QLineEdit* m_secret;
    QComboBox* m_place;
    InkLabel* m_note;
};

}
