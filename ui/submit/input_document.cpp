// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/input_document.h"

namespace ui {

using namespace Qt::StringLiterals;
using core::JsonKind;
using core::JsonText;

InputDocument::InputDocument(core::JobType type, const QByteArray& bytes, QObject* parent) : QObject(parent), m_type(type), m_bytes(bytes)
{
    read();
}

void InputDocument::reset(core::JobType type, const QByteArray& bytes)
{
    m_type = type;
    m_bytes = bytes;
    read();
    emit changed();
}

void InputDocument::setBytes(const QByteArray& bytes)
{
    if (bytes != m_bytes)
        reset(m_type, bytes);
}

void InputDocument::read()
{
    m_json.reset();
    m_error.reset();
    m_problems.clear();
    auto json = JsonText::parse(m_bytes);
    if (!json) {
        m_error = json.error();
        return;
    }
    m_json = std::move(*json);
    const auto parsed = core::tasks::parseInput(m_type, *m_json);
    m_problems = core::tasks::inputProblems(parsed.value, parsed.diagnostics);
}

bool InputDocument::setValue(const QString& pointer, const QByteArray& json)
{
    if (!m_json || m_json->root().kind() != JsonKind::Object)
        return false;
    const QString parent = pointer.section(u'/', 0, -2);
    const QString key = pointer.section(u'/', -1);
    if (json.isEmpty()) {
        if (!m_json->find(pointer))
            return true;
        auto without = m_json->withRemoved(pointer);
        if (!without)
            return false;
        if (const auto rest = JsonText::parse(*without); rest && !parent.isEmpty() && rest->find(parent) && rest->find(parent)->isEmpty()) {
            if (const auto emptied = rest->withRemoved(parent))    // a struct whose last option went says something else than none
                without = *emptied;
        }
        setBytes(*without);
        return true;
    }
    const auto holder = m_json->find(parent);
    const bool isHeld = holder && holder->kind() == JsonKind::Object;
    const auto with =
        isHeld ? m_json->withMember(parent, key, json) : m_json->withMember(u"", parent.mid(1), "{\"" + key.toUtf8() + "\": " + json + '}');
    if (with)
        setBytes(*with);
    return with.has_value();
}

bool InputDocument::hasValue(const QString& pointer) const
{
    const auto value = m_json ? m_json->find(pointer) : std::nullopt;
    return value && !value->isNull();
}

QString InputDocument::problemAt(const QString& pointer) const
{
    for (const auto& problem : m_problems) {
        if (problem.pointer == pointer)
            return problem.message;
        if (problem.pointer.startsWith(pointer + u'/'))
            return u"%1: %2"_s.arg(problem.pointer.mid(pointer.size() + 1), problem.message);
    }
    return {};
}

}
