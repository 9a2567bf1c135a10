// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/case_masking.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "core/base/secrets.h"

#include <QStringList>

#include <algorithm>

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

QByteArray maskedText(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const QString safe = base::maskSecrets(text);
    return safe == text ? bytes : safe.toUtf8();
}

/// A signature proves who knew a secret: of no use to anybody else, and not theirs to have. The verdict on it stays.
bool isMaskedHeader(const QString& name)
{
    return base::namesSecret(name) || name.contains("signature"_L1, Qt::CaseInsensitive);
}

QByteArray maskedHeaders(const QByteArray& json)
{
    const auto list = JsonText::parse(json);
    if (!list || list->root().kind() != JsonKind::Array)
        return base::maskedCommands(json);
    QByteArray result = "[";
    bool isChanged = false;
    for (const JsonValue pair : list->root().children()) {
        if (pair.kind() != JsonKind::Array || pair.childCount() != 2)
            return base::maskedCommands(json);    // no list of ours
        const QString name = (*pair.children().begin()).string();
        const QString value = (*++pair.children().begin()).string();
        const QString safe = isMaskedHeader(name) ? u"[masked]"_s : base::maskSecrets(value);
        isChanged = isChanged || safe != value;
        result += result.size() > 1 ? ",[" : "[";
        result += base::encodeJsonString(name) + ',' + base::encodeJsonString(safe) + ']';
    }
    return isChanged ? result + ']' : json;    // else as it was spelt
}

}

QByteArray maskedBy(Rule rule, const QByteArray& bytes)
{
    switch (rule) {
    case Rule::Keep: return bytes;
    case Rule::Drop: return {};
    case Rule::Text: return maskedText(bytes);
    case Rule::Document: return base::maskedCommands(bytes);
    case Rule::Headers: return maskedHeaders(bytes);
    }
    Q_UNREACHABLE();
}

bool isText(const QString& key, const QString& mimeType)
{
    static const QStringList types{u"application/json"_s, u"application/x-subrip"_s, u"application/xml"_s};
    static const QStringList suffixes{u"json"_s, u"srt"_s, u"vtt"_s, u"ass"_s, u"ssa"_s, u"txt"_s, u"log"_s, u"csv"_s, u"xml"_s, u"m3u8"_s};
    return mimeType.startsWith("text/"_L1) || types.contains(mimeType) || suffixes.contains(key.section(u'.', -1).toLower());
}

QByteArray maskedContent(const QByteArray& bytes)
{
    return maskedBy(Rule::Document, bytes);    // what is no JSON is masked as text there
}

}
