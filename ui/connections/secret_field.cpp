// SPDX-License-Identifier: Apache-2.0
#include "ui/connections/secret_field.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

SecretField::SecretField(SecretStore& secrets, const QString& name, QWidget* parent)
    : QWidget(parent),
      m_secrets(secrets),
      m_secret(new QLineEdit(this)),
      m_place(new QComboBox(this)),
      m_note(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_secret->setAccessibleName(name);
    m_place->addItem(tr("In the desktop's keyring"), static_cast<int>(SecretPlace::Keyring));
    m_place->addItem(tr("For this session only"), static_cast<int>(SecretPlace::Session));
    m_place->setAccessibleName(tr("Where the secret is kept"));
    m_place->setAccessibleDescription(m_place->accessibleName());
    m_note->setWordWrap(true);
    setFocusProxy(m_secret);
    auto* row = new QHBoxLayout;
    row->addWidget(m_secret, 1);
    row->addWidget(m_place);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_note);
}

void SecretField::showConnection(const QString& connectionId)
{
    if (connectionId == m_id && m_writing)
        return;    // the answer to what was typed tells
    m_id = connectionId;
    m_isKept = false;
    m_writing = false;
    m_secret->clear();
    m_secret->setPlaceholderText({});
    tell({});
    core::whenDone(m_secrets.read(connectionId), this, [this, asked = ++m_asked](const core::Result<std::optional<KnownSecret>>& known) {
        if (asked != m_asked)
            return;
        if (!known)
            tell(tr("%1. What is typed here can be kept for this session.").arg(plainLine(known.error().message)), true);
        else if (*known)
            tellKept((*known)->place);
        else
            tell(tr("None is kept."));
    });
}

bool SecretField::hasEdits() const
{
    return !m_secret->text().isEmpty() || (m_isKept && m_place->currentData().toInt() != static_cast<int>(m_known));
}

void SecretField::save()
{
    if (!m_secret->text().isEmpty())
        return write(m_secret->text());
    if (!hasEdits())
        return;
    m_writing = true;
    core::whenDone(m_secrets.read(m_id), this, [this, asked = ++m_asked](const core::Result<std::optional<KnownSecret>>& known) {
        if (asked != m_asked)
            return;
        m_writing = false;
        if (known && *known)
            write((*known)->secret);
        else
            emit settled();
    });
}

void SecretField::withSecret(const std::function<void(const QString&)>& then)
{
    if (!m_secret->text().isEmpty())
        return then(m_secret->text());
    core::whenDone(m_secrets.read(m_id), this,
                   [then](const core::Result<std::optional<KnownSecret>>& known) { then(known && *known ? (*known)->secret : QString()); });
}

void SecretField::write(const QString& secret)
{
    const auto place = static_cast<SecretPlace>(m_place->currentData().toInt());
    m_writing = true;
    core::whenDone(m_secrets.write(m_id, secret, place), this, [this, asked = ++m_asked](const core::Result<KeptSecret>& kept) {
        if (asked != m_asked)
            return;
        m_writing = false;
        if (kept) {
            tellKept(kept->place);
            if (!kept->why.isEmpty())
                tell(kept->why, true);
        }
        emit settled();
    });
    m_secret->clear();
}

void SecretField::remove()
{
    ++m_asked;
    m_secret->clear();
    core::whenDone(m_secrets.remove(m_id), this, [](const core::Result<bool>&) {});
}

void SecretField::tellKept(SecretPlace place)
{
    m_isKept = true;
    m_known = place;
    m_place->setCurrentIndex(m_place->findData(static_cast<int>(place)));
    m_secret->setPlaceholderText(tr("Kept; type to replace it"));
    tell(place == SecretPlace::Keyring ? tr("Kept in the desktop's keyring.") : tr("Kept until this program ends."));
}

void SecretField::tell(const QString& sentence, bool isWarning)
{
    m_note->setInk(isWarning ? InkLabel::Ink::Warning : InkLabel::Ink::Text2);
    m_note->setText(sentence);
}

}
