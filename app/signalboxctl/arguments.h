// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace app {

struct Option {
    QString name;         ///< without the two dashes
    QString valueName;    ///< empty: a switch
    QString help;
    bool isRepeatable = false;
};

/// A command line taken apart: operands in order, and options with their values.
class Arguments {
public:
    /// Options may stand anywhere; "--name value" and "--name=value" are the same; after "--" all are operands, and "-" always is one.
    /// A usage error for an unknown option, a value too few or too many, or an option that stands twice and may not.
    [[nodiscard]] static core::Result<Arguments> parse(const QStringList& words, const QList<Option>& options);

    [[nodiscard]] const QStringList& operands() const { return m_operands; }
    [[nodiscard]] bool has(QStringView name) const;
    /// The value of an option, if it stands there.
    [[nodiscard]] std::optional<QString> value(QStringView name) const;
    [[nodiscard]] QStringList values(QStringView name) const;
    /// The value as a whole number from 1 to `maximum`; `otherwise` where the option is absent.
    [[nodiscard]] core::Result<int> number(QStringView name, int otherwise, int maximum) const;
    [[nodiscard]] Arguments withoutFirstOperand() const;

private:
    struct Given {
        QString name;
        QString value;
    };
    QStringList m_operands;
    QList<Given> m_given;
};

}
