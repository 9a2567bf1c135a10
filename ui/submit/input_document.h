// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

#include <QObject>

#include <optional>

namespace ui {

/// The one text that form and raw side edit. A field's change is a splice: every other byte, unknown keys and spellings with it, stays.
class InputDocument final : public QObject {
    Q_OBJECT

public:
    explicit InputDocument(core::JobType type, const QByteArray& bytes, QObject* parent = nullptr);

    [[nodiscard]] core::JobType type() const { return m_type; }
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    void reset(core::JobType type, const QByteArray& bytes);
    void setBytes(const QByteArray& bytes);
    /// Sets the key at "/noise_db" or "/style/font"; empty JSON takes it away. False if the text is no JSON object.
    bool setValue(const QString& pointer, const QByteArray& json);
    [[nodiscard]] bool hasValue(const QString& pointer) const;
    /// None while the text is no JSON.
    [[nodiscard]] const std::optional<core::JsonText>& json() const { return m_json; }
    /// Malformed, with the place as byte in the message; kind and code are Internal and empty without one.
    [[nodiscard]] const std::optional<core::Error>& syntaxError() const { return m_error; }
    /// What stands against running it.
    [[nodiscard]] const QList<core::tasks::Diagnostic>& problems() const { return m_problems; }
    /// The first problem at a field or below it, as a sentence; empty for none.
    [[nodiscard]] QString problemAt(const QString& pointer) const;

signals:
    void changed();

private:
    void read();
    core::JobType m_type;
    QByteArray m_bytes;
    std::optional<core::JsonText> m_json;
    std::optional<core::Error> m_error;
    QList<core::tasks::Diagnostic> m_problems;
};

}
