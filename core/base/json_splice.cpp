// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_splice.h"

#include "core/base/json_index.h"
#include "core/base/json_spelling.h"

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

/// The white space after the bracket or comma of a gap: "1 , 2" has some before it too.
QByteArray spaceOf(QByteArrayView gap)
{
    qsizetype at = 0;
    while (isJsonSpace(gap.at(at)))
        ++at;
    return gap.sliced(at + 1).toByteArray();
}

/// An array or object as it is laid out: `items` in between, `gaps` before each of them (bracket or comma, with white space) and after the last.
struct Layout {
    struct Item {
        QByteArrayView head;    ///< key, colon and white space; empty in an array
        QByteArrayView json;
    };
    QList<QByteArrayView> gaps;
    QList<Item> items;

    explicit Layout(const JsonValue& container)
    {
        const QByteArrayView all = container.raw();
        const char* at = all.begin();
        for (const JsonValue child : container.children()) {
            const QByteArrayView json = child.raw();
            const char* const head = child.hasKey() ? child.rawKey().begin() : json.begin();
            gaps << QByteArrayView(at, head);
            items << Item{{head, json.begin()}, json};
            at = json.end();
        }
        gaps << QByteArrayView(at, all.end());
    }

    /// What stands between the comma before the last item and that item: a line break with its indent, a space, or nothing.
    [[nodiscard]] QByteArray spaceBeforeLast() const { return items.isEmpty() ? QByteArray() : spaceOf(gaps.at(items.size() - 1)); }
    [[nodiscard]] QByteArray spaceAfterKey() const
    {
        if (items.isEmpty())
            return ":"_ba;
        const QByteArrayView head = items.last().head;
        qsizetype key = head.size();
        while (key > 0 && head.at(key - 1) != '"')
            --key;
        return head.sliced(key).toByteArray();
    }
};

/// Puts kept and new items together again, with one comma between each two.
class Assembly {
public:
    explicit Assembly(const Layout& layout) : m_layout(layout), m_bytes(layout.gaps.first().first(1).toByteArray()) {}

    void keep(qsizetype position, QByteArrayView head, QByteArrayView json)
    {
        const QByteArrayView gap = m_layout.gaps.at(position);
        if (m_count > 0 && m_lastKept == position - 1)
            m_bytes += gap;    // nothing between them changed: not a byte here either
        else
            separate(spaceOf(gap));
        put(head, json);
        m_lastKept = position;
    }

    void add(const QByteArray& head, QByteArrayView json)
    {
        separate(m_layout.spaceBeforeLast());
        put(head, json);
        m_lastKept = -1;
    }

    [[nodiscard]] QByteArray finish()
    {
        const QByteArrayView tail = m_layout.gaps.last();
        if (m_count == 0 && m_layout.items.isEmpty())
            return tail.toByteArray();    // it was empty and stays so, with what space it has
        if (m_count == 0 || m_layout.items.isEmpty())
            return m_bytes + tail.last(1).toByteArray();
        return m_bytes + tail.toByteArray();
    }

private:
    void separate(const QByteArray& space)
    {
        if (m_count > 0)
            m_bytes += ',';
        m_bytes += space;
    }

    void put(QByteArrayView head, QByteArrayView json)
    {
        m_bytes += head;
        m_bytes += json;
        ++m_count;
    }

    const Layout& m_layout;
    QByteArray m_bytes;
    qsizetype m_count = 0;
    qsizetype m_lastKept = -1;
};

}

QByteArray withMembers(const JsonValue& object, const QList<JsonChange>& changes)
{
    if (changes.isEmpty())
        return object.raw().toByteArray();
    const Layout layout(object);
    Assembly assembly(layout);
    QList<JsonValue> last;    // for each change: the namesake that counts, or the object itself for none
    last.reserve(changes.size());
    for (const JsonChange& change : changes)
        last << object.member(change.key).value_or(object);

    qsizetype position = 0;
    for (const JsonValue child : object.children()) {
        const Layout::Item item = layout.items.at(position);
        QByteArrayView json = item.json;
        bool isKept = true;
        for (qsizetype i = 0; i < changes.size(); ++i) {
            if (!changes.at(i).json)
                isKept = isKept && !child.keyIs(changes.at(i).key);
            else if (last.at(i) == child)
                json = *changes.at(i).json;
        }
        if (isKept)
            assembly.keep(position, item.head, json);
        ++position;
    }
    for (qsizetype i = 0; i < changes.size(); ++i) {
        if (changes.at(i).json && last.at(i) == object)
            assembly.add(encodeJsonString(changes.at(i).key) + layout.spaceAfterKey(), *changes.at(i).json);
    }
    return assembly.finish();
}

QByteArray withElements(const JsonValue& array, const QList<QByteArray>& elements)
{
    const Layout layout(array);
    Assembly assembly(layout);
    for (qsizetype i = 0; i < elements.size(); ++i) {
        if (i < layout.items.size())
            assembly.keep(i, {}, elements.at(i));
        else
            assembly.add({}, elements.at(i));
    }
    return assembly.finish();
}

QByteArray JsonText::spliced(const JsonValue& old, QByteArrayView json) const
{
    QByteArray out = bytes().first(old.offset());
    out += json;
    out += QByteArrayView(bytes()).sliced(old.offset() + old.raw().size());
    return out;
}

Result<QByteArray> JsonText::withReplaced(QStringView pointer, QByteArrayView json) const
{
    const auto valid = parse(json.toByteArray());
    if (!valid)
        return errorOf(valid);
    const auto old = find(pointer);
    if (!old)
        return failure(ErrorKind::NotFound, u"json_no_such_value"_s, u"there is no value at \"%1\""_s.arg(pointer), pointer.toString());
    return spliced(*old, valid->root().raw());
}

Result<QByteArray> JsonText::withMember(QStringView pointer, const QString& key, QByteArrayView json) const
{
    const auto valid = parse(json.toByteArray());
    if (!valid)
        return errorOf(valid);
    const auto object = find(pointer);
    if (!object || object->kind() != JsonKind::Object)
        return failure(ErrorKind::NotFound, u"json_no_such_value"_s, u"there is no object at \"%1\""_s.arg(pointer), pointer.toString());
    return spliced(*object, withMembers(*object, {{key, valid->root().raw().toByteArray()}}));
}

Result<QByteArray> JsonText::withRemoved(QStringView pointer) const
{
    const auto old = find(pointer);
    const auto parent = old ? parentOf(*old) : std::nullopt;
    if (!parent)
        return failure(ErrorKind::NotFound, u"json_no_such_value"_s, u"there is no member or element at \"%1\""_s.arg(pointer),
                       pointer.toString());
    if (old->hasKey())
        return spliced(*parent, withMembers(*parent, {{decodeJsonString(old->rawKey(), LoneSurrogates::Keep), std::nullopt}}));
    const Layout layout(*parent);
    Assembly assembly(layout);
    qsizetype position = 0;
    for (const JsonValue child : parent->children()) {
        if (child != *old)
            assembly.keep(position, {}, child.raw());
        ++position;
    }
    return spliced(*parent, assembly.finish());
}

}
