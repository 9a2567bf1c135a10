// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/case_masking.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "core/base/secrets.h"

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

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
        const QString safe = base::namesSecretOrSignature(name) ? u"[masked]"_s : base::maskSecrets(value);
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
    case Rule::Text: return base::maskedTextBytes(bytes);
    case Rule::Document: return base::maskedCommands(bytes);
    case Rule::Headers: return maskedHeaders(bytes);
    }
    Q_UNREACHABLE();
}

QByteArray maskedContent(const QByteArray& bytes)
{
    return maskedBy(Rule::Document, bytes);    // what is no JSON is masked as text there
}

}
