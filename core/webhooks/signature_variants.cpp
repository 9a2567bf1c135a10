// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/signature_variants.h"

#include "core/base/json_text.h"
#include "core/webhooks/signature_examination.h"

#include <nlohmann/json.hpp>

namespace core::webhooks {

using namespace Qt::StringLiterals;

namespace {

void add(QList<BodyVariant>& variants, const QByteArray& body, const QString& name, const QString& sentence, const QByteArray& bytes)
{
    if (bytes == body)
        return;
    for (const BodyVariant& variant : std::as_const(variants)) {
        if (variant.bytes == bytes)
            return;
    }
    variants.append({name, sentence, bytes});
}

/// As Python's json.dumps writes it: a space after each comma and colon. nlohmann only knows none, or lines.
template <typename Json>
void writeSpaced(const Json& value, bool escaped, std::string& out)
{
    const auto separate = [&](bool first) {
        if (!first)
            out += ", ";
    };
    if (value.is_object()) {
        out += '{';
        for (auto it = value.begin(); it != value.end(); ++it) {
            separate(it == value.begin());
            out += Json(it.key()).dump(-1, ' ', escaped) + ": ";
            writeSpaced(it.value(), escaped, out);
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (auto it = value.begin(); it != value.end(); ++it) {
            separate(it == value.begin());
            writeSpaced(*it, escaped, out);
        }
        out += ']';
    } else {
        out += value.dump(-1, ' ', escaped);
    }
}

template <typename Json>
QByteArray spaced(const Json& value, bool escaped)
{
    std::string out;
    writeSpaced(value, escaped, out);
    return QByteArray::fromStdString(out);
}

void addRewritten(QList<BodyVariant>& variants, const QByteArray& body)
{
    // a body that nests without end would end the stack below: JsonText has the limit
    if (body.size() > largestRewritten || !base::JsonText::parse(body))
        return;
    const auto kept = nlohmann::ordered_json::parse(body.begin(), body.end(), nullptr, false);
    if (kept.is_discarded())
        return;
    const auto sorted = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    add(variants, body, u"body_compact"_s, u"The body written again without spaces"_s, QByteArray::fromStdString(kept.dump()));
    add(variants, body, u"body_spaced"_s, u"The body written again with a space after each comma and colon"_s, spaced(kept, false));
    add(variants, body, u"body_compact_escaped"_s, u"The body written again without spaces, other letters than ASCII as \\u escapes"_s,
        QByteArray::fromStdString(kept.dump(-1, ' ', true)));
    add(variants, body, u"body_spaced_escaped"_s, u"The body written again with spaces, other letters than ASCII as \\u escapes"_s,
        spaced(kept, true));
    add(variants, body, u"body_sorted"_s, u"The body written again with its keys in order"_s, QByteArray::fromStdString(sorted.dump()));
    add(variants, body, u"body_sorted_spaced"_s, u"The body written again with its keys in order, and spaces"_s, spaced(sorted, false));
    add(variants, body, u"body_indented_2"_s, u"The body written again in lines, indented by two"_s,
        QByteArray::fromStdString(kept.dump(2)));
    add(variants, body, u"body_indented_4"_s, u"The body written again in lines, indented by four"_s,
        QByteArray::fromStdString(kept.dump(4)));
}

}

QList<BodyVariant> bodyVariants(const QByteArray& body)
{
    QList<BodyVariant> variants;
    add(variants, body, u"body_empty"_s, u"An empty body"_s, {});
    add(variants, body, u"body_newline_added"_s, u"The body with a line end added"_s, body + '\n');
    QByteArray trimmed = body;
    while (trimmed.endsWith('\n') || trimmed.endsWith('\r'))
        trimmed.chop(1);
    add(variants, body, u"body_newline_removed"_s, u"The body without its last line end"_s, trimmed);
    add(variants, body, u"body_lf"_s, u"The body with LF for CR LF"_s, QByteArray(body).replace("\r\n", "\n"));
    add(variants, body, u"body_crlf"_s, u"The body with CR LF for LF"_s, QByteArray(body).replace("\r\n", "\n").replace('\n', "\r\n"));
    const QByteArray mark("\xEF\xBB\xBF");
    add(variants, body, u"body_mark"_s, u"The body without, or with, a byte order mark"_s,
        body.startsWith(mark) ? body.mid(mark.size()) : mark + body);
    add(variants, body, u"body_latin1"_s, u"The body in ISO 8859-1"_s, QString::fromUtf8(body).toLatin1());
    add(variants, body, u"body_twice_encoded"_s, u"The body encoded as UTF-8 twice"_s, QString::fromLatin1(body).toUtf8());
    addRewritten(variants, body);
    return variants;
}

}
