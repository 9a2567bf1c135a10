// SPDX-License-Identifier: Apache-2.0
// The index never crashes, never changes a byte, and takes what nlohmann takes. They differ by design in four things: escapes of lone surrogates
// and numbers beyond doubles (kept here, refused there), a NUL byte after the value (refused here, the end of the text there), and depth.
#include "core/base/json_splice.h"
#include "core/base/json_text.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

using core::JsonKind;
using core::JsonText;
using core::JsonValue;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool refusedOnlyByNlohmann(const QByteArray& bytes)
{
    try {
        const auto json = nlohmann::json::parse(bytes.begin(), bytes.end());
        return false;
    } catch (const nlohmann::json::out_of_range&) {
        return true;
    } catch (const nlohmann::json::parse_error& error) {
        return QByteArray(error.what()).contains("surrogate");
    }
}

void visit(const JsonText& text, const JsonValue& value)
{
    const QByteArrayView raw = value.raw();
    require(raw.data() == text.bytes().constData() + value.offset());
    const auto again = JsonText::parse(raw.toByteArray());
    require(again && again->root().raw() == raw && again->root().kind() == value.kind());
    (void)value.key();
    (void)value.string();
    (void)value.asInt64();
    (void)value.asDouble();
    require(value.kind() != JsonKind::Object || core::base::withMembers(value, {}) == raw);
    for (const JsonValue child : value.children())
        visit(text, child);
}

}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto text = JsonText::parse(bytes, {.maxDepth = 64});
    const bool hitLimit = !text && text.error().code != QStringLiteral("json_malformed");
    if (!hitLimit && !bytes.contains('\0')) {
        const bool theirs = nlohmann::json::accept(bytes.begin(), bytes.end());
        require(text.has_value() == theirs || (text && refusedOnlyByNlohmann(bytes)));
    }
    if (!text)
        return 0;
    require(text->bytes() == bytes);
    require(bytes.trimmed().endsWith(text->root().raw().toByteArray()));
    visit(*text, text->root());
    for (const JsonValue child : text->root().children()) {
        const auto found = text->find(text->pointerTo(child));
        require(found && (*found == child || child.hasKey()));    // a namesake may count instead
        require(text->parentOf(child) == text->root());
        const auto removed = text->withRemoved(text->pointerTo(child));
        require(removed && JsonText::parse(*removed));
    }
    if (text->root().kind() == JsonKind::Object) {
        const auto added = text->withMember({}, QStringLiteral("k\n"), "[1]");
        require(added && JsonText::parse(*added)->find(u"/k\n")->raw() == QByteArrayView("[1]"));
    }
    return 0;
}
