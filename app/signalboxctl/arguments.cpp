// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/arguments.h"

#include "app/signalboxctl/exit_code.h"

#include <algorithm>

namespace app {

using core::errorOf;
using core::Result;
using namespace Qt::StringLiterals;

Result<Arguments> Arguments::parse(const QStringList& words, const QList<Option>& options)
{
    Arguments parsed;
    bool onlyOperands = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString word = words[i] == u"-h"_s ? u"--help"_s : words[i];
        if (onlyOperands || word == u"-"_s || !word.startsWith(u'-')) {
            parsed.m_operands << word;
            continue;
        }
        if (word == u"--"_s) {
            onlyOperands = true;
            continue;
        }
        const qsizetype equals = word.indexOf(u'=');
        const QString name = equals < 0 ? word.mid(2) : word.mid(2, equals - 2);
        const auto option = std::find_if(options.begin(), options.end(), [&](const Option& known) { return known.name == name; });
        if (option == options.end() || !word.startsWith(u"--"_s))
            return usageFailure(u"There is no option %1 here; a word that begins with a dash goes after --"_s.arg(word), word);
        if (!option->isRepeatable && parsed.has(name))
            return usageFailure(u"--%1 stands twice"_s.arg(name), u"--"_s + name);
        QString value;
        if (option->valueName.isEmpty()) {
            if (equals >= 0)
                return usageFailure(u"--%1 takes no value"_s.arg(name), u"--"_s + name);
        } else if (equals >= 0) {
            value = word.mid(equals + 1);
        } else if (i + 1 < words.size()) {
            value = words[++i];
        } else {
            return usageFailure(u"--%1 needs a value: %2"_s.arg(name, option->valueName), u"--"_s + name);
        }
        parsed.m_given << Given{name, value};
    }
    return parsed;
}

bool Arguments::has(QStringView name) const
{
    return std::any_of(m_given.begin(), m_given.end(), [&](const Given& given) { return given.name == name; });
}

std::optional<QString> Arguments::value(QStringView name) const
{
    for (const Given& given : m_given) {
        if (given.name == name)
            return given.value;
    }
    return {};
}

QStringList Arguments::values(QStringView name) const
{
    QStringList values;
    for (const Given& given : m_given) {
        if (given.name == name)
            values << given.value;
    }
    return values;
}

Result<int> Arguments::number(QStringView name, int otherwise, int maximum) const
{
    const auto text = value(name);
    if (!text)
        return otherwise;
    bool isNumber = false;
    const int number = text->toInt(&isNumber);
    if (!isNumber || number < 1 || number > maximum)
        return usageFailure(u"--%1 takes a whole number from 1 to %2, not \"%3\""_s.arg(name).arg(maximum).arg(*text), u"--%1"_s.arg(name));
    return number;
}

Arguments Arguments::withoutFirstOperand() const
{
    Arguments rest = *this;
    if (!rest.m_operands.isEmpty())
        rest.m_operands.removeFirst();
    return rest;
}

}
