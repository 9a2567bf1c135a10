// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/text_diff.h"

#include "core/base/json_text.h"

#include <QHash>

#include <dtl/dtl.hpp>

#include <algorithm>
#include <vector>

namespace ui {

using core::JsonKind;
using core::JsonValue;

namespace {

/// Writes a document line by line until there are enough.
class LineWriter {
public:
    explicit LineWriter(qsizetype most) : m_most(most) {}

    void write(const JsonValue& value, int depth, bool isLast)
    {
        const bool isContainer = value.kind() == JsonKind::Object || value.kind() == JsonKind::Array;
        const char* comma = isLast ? "" : ",";
        if (!isContainer || value.isEmpty())
            return add(depth, keyOf(value) + value.raw().toByteArray() + comma);
        const bool isObject = value.kind() == JsonKind::Object;
        add(depth, keyOf(value) + (isObject ? "{" : "["));
        const auto children = value.children();
        for (auto child = children.begin(); child != children.end() && !isFull();) {
            const JsonValue one = *child;
            ++child;
            write(one, depth + 1, child == children.end());
        }
        add(depth, QByteArray(isObject ? "}" : "]") + comma);
    }
    [[nodiscard]] QList<QByteArray> lines() && { return std::move(m_lines); }

private:
    [[nodiscard]] static QByteArray keyOf(const JsonValue& value)
    {
        return value.hasKey() ? value.rawKey().toByteArray() + ": " : QByteArray();
    }
    [[nodiscard]] bool isFull() const { return m_lines.size() >= m_most; }
    void add(int depth, const QByteArray& text)
    {
        if (!isFull())
            m_lines << QByteArray(2 * depth, ' ') + text;
    }

    qsizetype m_most;
    QList<QByteArray> m_lines;
};

/// One number for each line that is spelt differently: those compare faster than texts.
std::vector<int> numbered(const QList<QByteArray>& lines, QHash<QByteArray, int>& known)
{
    std::vector<int> numbers;
    numbers.reserve(static_cast<size_t>(lines.size()));
    for (const QByteArray& line : lines) {
        auto number = known.constFind(line);
        if (number == known.constEnd())
            number = known.insert(line, static_cast<int>(known.size()));
        numbers.push_back(*number);
    }
    return numbers;
}

/// What has to be done to the one to get the other.
std::vector<DiffMark> editScript(const std::vector<int>& before, const std::vector<int>& after)
{
    dtl::Diff<int, std::vector<int>> diff(before, after, true);    // what went stands before what came
    diff.compose();
    std::vector<DiffMark> script;
    const auto steps = diff.getSes().getSequence();
    script.reserve(steps.size());
    for (const auto& step : steps) {
        script.push_back(step.second.type == dtl::SES_ADD      ? DiffMark::Added
                         : step.second.type == dtl::SES_DELETE ? DiffMark::Removed
                                                               : DiffMark::Same);
    }
    return script;
}

/// Those that the other has as well; the others are no part of any common sequence, and would make the search for it long.
std::vector<int> knownTo(const std::vector<int>& other, const std::vector<int>& numbers, size_t known)
{
    std::vector<bool> has(known, false);
    for (const int number : other)
        has[static_cast<size_t>(number)] = true;
    std::vector<int> shared;
    for (const int number : numbers) {
        if (has[static_cast<size_t>(number)])
            shared.push_back(number);
    }
    return shared;
}

QString numberText(int line)
{
    return line > 0 ? QString::number(line) : QString();
}

}

QList<QByteArray> laidOutLines(const QByteArray& document, qsizetype most)
{
    const auto json = core::JsonText::parse(document);
    if (!json)
        return document.isEmpty() ? QList<QByteArray>() : document.split('\n').mid(0, most);
    LineWriter writer(most);
    writer.write(json->root(), 0, true);
    return std::move(writer).lines();
}

TextDiff compareTexts(const QByteArray& before, const QByteArray& after)
{
    QList<QByteArray> one = laidOutLines(before, mostDiffLines + 1);
    QList<QByteArray> other = laidOutLines(after, mostDiffLines + 1);
    TextDiff diff;
    diff.isCut = one.size() > mostDiffLines || other.size() > mostDiffLines;
    one = one.mid(0, mostDiffLines);
    other = other.mid(0, mostDiffLines);
    QHash<QByteArray, int> known;
    const std::vector<int> oneNumbers = numbered(one, known);
    const std::vector<int> otherNumbers = numbered(other, known);
    int beforeLine = 0;
    int afterLine = 0;
    const auto add = [&](DiffMark mark) {
        beforeLine += mark == DiffMark::Added ? 0 : 1;
        afterLine += mark == DiffMark::Removed ? 0 : 1;
        const QByteArray& text = mark == DiffMark::Added ? other.at(afterLine - 1) : one.at(beforeLine - 1);
        diff.differences += mark == DiffMark::Same ? 0 : 1;
        diff.lines << TextLine{mark, mark == DiffMark::Added ? 0 : beforeLine, mark == DiffMark::Removed ? 0 : afterLine,
                               QString::fromUtf8(text)};
    };
    const auto knownLines = static_cast<size_t>(known.size());
    const std::vector<int> oneShared = knownTo(otherNumbers, oneNumbers, knownLines);
    const std::vector<int> otherShared = knownTo(oneNumbers, otherNumbers, knownLines);
    size_t oneAt = 0;
    size_t otherAt = 0;
    const auto numberAt = [](const std::vector<int>& numbers, int line) { return numbers[static_cast<size_t>(line)]; };
    // What only one of them has stands before the next line that both know.
    const auto addOwn = [&](bool toTheEnd) {
        const auto isOwn = [&](const std::vector<int>& numbers, int line, const std::vector<int>& shared, size_t at) {
            return line < static_cast<int>(numbers.size()) && (toTheEnd || at >= shared.size() || numberAt(numbers, line) != shared[at]);
        };
        while (isOwn(oneNumbers, beforeLine, oneShared, oneAt))
            add(DiffMark::Removed);
        while (isOwn(otherNumbers, afterLine, otherShared, otherAt))
            add(DiffMark::Added);
    };
    for (const DiffMark mark : editScript(oneShared, otherShared)) {
        addOwn(false);
        add(mark);
        oneAt += mark == DiffMark::Added ? 0 : 1;
        otherAt += mark == DiffMark::Removed ? 0 : 1;
    }
    addOwn(true);
    return diff;
}

QList<DiffRow> unifiedRows(const TextDiff& diff)
{
    QList<DiffRow> rows;
    rows.reserve(diff.lines.size());
    for (const TextLine& line : diff.lines)
        rows << DiffRow{line.mark, {numberText(line.before), numberText(line.after), line.text}};
    return rows;
}

QList<DiffRow> sideBySideRows(const TextDiff& diff)
{
    QList<DiffRow> rows;
    qsizetype waiting = 0;    // the first row of those that went and have no line beside them yet
    qsizetype open = 0;       // how many there are
    for (const TextLine& line : diff.lines) {
        if (line.mark == DiffMark::Added && open > 0) {
            DiffRow& row = rows[waiting++];
            --open;
            row.mark = DiffMark::Changed;
            row.cells[2] = numberText(line.after);
            row.cells[3] = line.text;
            continue;
        }
        if (line.mark == DiffMark::Removed && open++ == 0)
            waiting = rows.size();
        else if (line.mark != DiffMark::Removed)
            open = 0;
        const QString before = line.mark == DiffMark::Added ? QString() : line.text;
        const QString after = line.mark == DiffMark::Removed ? QString() : line.text;
        rows << DiffRow{line.mark, {numberText(line.before), before, numberText(line.after), after}};
    }
    return rows;
}

}
