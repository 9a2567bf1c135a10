// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/payload_diff.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "core/tasks/element_matching.h"
#include "core/tasks/schemas.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

QString shown(const JsonValue& value)
{
    const QByteArrayView raw = value.raw();
    const QString text = QString::fromUtf8(raw.first(std::min<qsizetype>(raw.size(), shownValueLength * 4)));
    return text.size() > shownValueLength ? text.left(shownValueLength) + u'…' : text;
}

bool sameNumber(const JsonValue& before, const JsonValue& after)
{
    const auto one = base::JsonDecimal::parse(before.raw());
    const auto other = base::JsonDecimal::parse(after.raw());
    return one && other && one->canonical() == other->canonical();
}

/// Walks two documents at once. As deep as JsonText lets a document be.
class Comparison {
public:
    explicit Comparison(qsizetype most) : m_most(most) {}

    void compare(const JsonValue& before, const JsonValue& after)
    {
        if (m_diff.isCut || before.raw() == after.raw())
            return;
        if (before.kind() != after.kind())
            return changed(before, after);
        switch (before.kind()) {
        case JsonKind::Object: return compareObjects(before, after);
        case JsonKind::Array: return compareLists(before, after);
        case JsonKind::Number:
            if (!sameNumber(before, after))
                changed(before, after);
            return;
        case JsonKind::String:
            if (before.string() != after.string() || before.hasLoneSurrogate() || after.hasLoneSurrogate())
                changed(before, after);
            return;
        case JsonKind::Bool:
        case JsonKind::Null: return changed(before, after);
        }
    }

    [[nodiscard]] PayloadDiff result() && { return std::move(m_diff); }

private:
    struct Step {
        QString name;
        QString beforeToken;
        QString afterToken;
    };

    void compareObjects(const JsonValue& before, const JsonValue& after)
    {
        for (const JsonValue member : before.children()) {
            const QString key = member.key();
            const auto other = after.member(key);
            step({key, base::pointerToken(key), base::pointerToken(key)}, [&] {
                if (other)
                    compare(member, *other);
                else
                    removed(member);
            });
        }
        for (const JsonValue member : after.children()) {
            const QString key = member.key();
            if (!before.member(key))
                step({key, {}, base::pointerToken(key)}, [&] { added(member); });
        }
    }

    void compareLists(const JsonValue& before, const JsonValue& after)
    {
        const auto matched = matchElements(before, after);
        for (const MatchedElement& element : matched) {
            const auto token = [](const std::optional<ListElement>& side) { return side ? QString::number(side->position) : QString(); };
            step({element.name, token(element.before), token(element.after)}, [&] {
                if (element.before && element.after)
                    compare(element.before->value, element.after->value);
                else if (element.before)
                    removed(element.before->value);
                else
                    added(element.after->value);
            });
        }
    }

    template <class Body>
    void step(Step step, Body body)
    {
        m_path.append(std::move(step));
        body();
        m_path.removeLast();
    }

    void changed(const JsonValue& before, const JsonValue& after) { add(DifferenceKind::Changed, shown(before), shown(after)); }
    void removed(const JsonValue& before) { add(DifferenceKind::Removed, shown(before), {}); }
    void added(const JsonValue& after) { add(DifferenceKind::Added, {}, shown(after)); }

    void add(DifferenceKind kind, const QString& before, const QString& after)
    {
        if (m_diff.differences.size() >= m_most) {
            m_diff.isCut = true;
            return;
        }
        Difference difference{kind, {}, {}, {}, before, after};
        for (const Step& each : std::as_const(m_path)) {
            difference.path.append(each.name);
            if (kind != DifferenceKind::Added)
                difference.beforePointer += u'/' + each.beforeToken;
            if (kind != DifferenceKind::Removed)
                difference.afterPointer += u'/' + each.afterToken;
        }
        m_diff.differences.append(difference);
    }

    qsizetype m_most;
    QList<Step> m_path;
    PayloadDiff m_diff;
};

Result<JsonText> parseSide(const QByteArray& bytes, const QString& side)
{
    auto text = JsonText::parse(bytes);
    if (!text)
        text.error().field = side;
    return text;
}

}

Result<PayloadDiff> comparePayloads(const QByteArray& before, const QByteArray& after, qsizetype most)
{
    if (before == after)
        return PayloadDiff{};
    const auto one = parseSide(before, u"before"_s);
    if (!one)
        return errorOf(one);
    const auto other = parseSide(after, u"after"_s);
    if (!other)
        return errorOf(other);
    Comparison comparison(most);
    comparison.compare(one->root(), other->root());
    return std::move(comparison).result();
}

Result<PayloadDiff> compareInputs(JobType type, const QByteArray& before, const QByteArray& after, qsizetype most)
{
    return comparePayloads(canonicalInput(type, before), canonicalInput(type, after), most);
}

}
