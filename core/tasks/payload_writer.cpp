// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/payload_writer.h"

#include "core/tasks/schemas.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

template <class Payload>
QByteArray writeAny(const Payload& payload)
{
    return std::visit(
        [](const auto& value) -> QByteArray {
            if constexpr (std::same_as<std::decay_t<decltype(value)>, UnknownPayload>)
                return value.raw;
            else
                return writeFresh(value);
        },
        payload);
}

/// Puts the root's new bytes back between what stands before and after it.
QByteArray aroundRoot(const JsonText& text, const QByteArray& root)
{
    const JsonValue old = text.root();
    return text.bytes().first(old.offset()) + root + text.bytes().sliced(old.offset() + old.raw().size());
}

template <class T>
QByteArray writeInto(const QByteArray& original, const T& now)
{
    const auto json = JsonText::parse(original);
    if (!json || json->root().kind() != JsonKind::Object)
        return writeFresh(now);
    return aroundRoot(*json, rewrite(json->root(), readPayload<T>(original, *json).value, now));
}

template <class Payload>
QByteArray writeParsed(const Parsed<Payload>& payload)
{
    return std::visit(
        [&payload](const auto& value) -> QByteArray {
            if constexpr (std::same_as<std::decay_t<decltype(value)>, UnknownPayload>)
                return value.raw;
            else
                return writeInto(payload.original, value);
        },
        payload.value);
}

}

QByteArray writeLeaf(const RawJson& value)
{
    const auto json = JsonText::parse(value.bytes);
    return json ? json->root().raw().toByteArray() : "null"_ba;
}

QByteArray writeInput(const InputPayload& payload)
{
    return writeAny(payload);
}

QByteArray writeOutput(const OutputPayload& payload)
{
    return writeAny(payload);
}

QByteArray writeInput(const Parsed<InputPayload>& payload)
{
    return writeParsed(payload);
}

QByteArray writeOutput(const Parsed<OutputPayload>& payload)
{
    return writeParsed(payload);
}

}
