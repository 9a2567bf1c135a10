// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/text_diff.h"

#include "core/base/json_text.h"
#include "core/base/secrets.h"

#include <QHash>

#include <dtl/dtl.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace ui {

using core::JsonKind;
using core::JsonValue;

namespace {

/// Writes a document line by line until there are enough, beside it what is left of it once secrets are masked.
class LineWriter {
public:
    explicit LineWriter(qsizetype most) : m_most(most) {}

    /// `masked` is the value in the masked document, which has no others but those; none inside of what is masked whole.
    void write(const JsonValue& value, const std::optional<JsonValue>& masked, int depth, bool isLast)
    {
        const char* comma = isLast ? "" : ",";
        const QByteArray key = value.hasKey() ? value.rawKey().toByteArray() + ": " : QByteArray();
        if (!isContainer(value) || value.isEmpty())
            return add(depth, key + value.raw().toByteArray() + comma, masked ? key + masked->raw().toByteArray() + comma : hidden());
        const bool isObject = value.kind() == JsonKind::Object;
        const bool isKept = masked && masked->kind() == value.kind();
        const QByteArray open = key + (isObject ? "{" : "[");
        add(depth, open, isKept ? open : masked ? key + masked->raw().toByteArray() + comma : hidden());
        const auto children = value.children();
        auto safe = isKept ? std::optional(masked->children().begin()) : std::nullopt;
        for (auto child = children.begin(); child != children.end() && !isFull();) {
            const JsonValue one = *child;
            const auto other = safe ? std::optional(**safe) : std::nullopt;
            ++child;
            if (safe)
                ++*safe;
            write(one, other, depth + 1, child == children.end());
        }
        const QByteArray close = QByteArray(isObject ? "}" : "]") + comma;
        add(depth, close, isKept ? close : hidden());
    }
    [[nodiscard]] QList<LaidOutLine> lines() && { return std::move(m_lines); }

private:
    [[nodiscard]] static bool isContainer(const JsonValue& value)
    {
        return value.kind() == JsonKind::Object || value.kind() == JsonKind::Array;
    }
    [[nodiscard]] static QByteArray hidden() { return "[masked]"; }
    [[nodiscard]] bool isFull() const { return m_lines.size() >= m_most; }
    void add(int depth, const QByteArray& text, const QByteArray& copy)
    {
        if (!isFull())
            m_lines << LaidOutLine{QByteArray(2 * depth, ' ') + text, QByteArray(2 * depth, ' ') + copy};
    }

    qsizetype m_most;
    QList<LaidOutLine> m_lines;
};

/// One number for each line that is spelt differently: those compare faster than texts.
std::vector<int> numbered(const QList<LaidOutLine>& lines, QHash<QByteArray, int>& known)
{
    std::vector<int> numbers;
    numbers.reserve(static_cast<size_t>(lines.size()));
    for (const LaidOutLine& line : lines) {
        auto number = known.constFind(line.text);
        if (number == known.constEnd())
            number = known.insert(line.text, static_cast<int>(known.size()));
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

QList<LaidOutLine> laidOutLines(const QByteArray& document, qsizetype most)
{
    const QByteArray masked = core::base::maskedDocument(document);
    const auto json = core::JsonText::parse(document);
    const auto safe = core::JsonText::parse(masked);
    if (json && safe) {
        LineWriter writer(most);
        writer.write(json->root(), safe->root(), 0, true);
        return std::move(writer).lines();
    }
    if (document.isEmpty())
        return {};
    const QList<QByteArray> texts = document.split('\n').mid(0, most);
    QList<QByteArray> copies = masked.split('\n');
    if (copies.size() != document.count('\n') + 1)    // a block of lines became one
        copies.fill("[masked]", texts.size());
    QList<LaidOutLine> lines;
    lines.reserve(texts.size());
    for (qsizetype i = 0; i < texts.size(); ++i)
        lines << LaidOutLine{texts.at(i), copies.at(i)};
    return lines;
}

TextDiff compareTexts(const QByteArray& before, const QByteArray& after)
{
    QList<LaidOutLine> one = laidOutLines(before, mostDiffLines + 1);
    QList<LaidOutLine> other = laidOutLines(after, mostDiffLines + 1);
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
        const LaidOutLine& line = mark == DiffMark::Added ? other.at(afterLine - 1) : one.at(beforeLine - 1);
        diff.differences += mark == DiffMark::Same ? 0 : 1;
        diff.lines << TextLine{mark, mark == DiffMark::Added ? 0 : beforeLine, mark == DiffMark::Removed ? 0 : afterLine,
                               QString::fromUtf8(line.text), QString::fromUtf8(line.copy)};
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
    for (const TextLine& line : diff.lines) {
        const auto cells = [&](const QString& text) { return QStringList{numberText(line.before), numberText(line.after), text}; };
        rows << DiffRow{line.mark, cells(line.text), line.copy == line.text ? QStringList() : cells(line.copy)};
    }
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
            if (row.copies.isEmpty() && line.copy != line.text)
                row.copies = row.cells;
            if (!row.copies.isEmpty()) {
                row.copies[2] = numberText(line.after);
                row.copies[3] = line.copy;
            }
            row.cells[2] = numberText(line.after);
            row.cells[3] = line.text;
            continue;
        }
        if (line.mark == DiffMark::Removed && open++ == 0)
            waiting = rows.size();
        else if (line.mark != DiffMark::Removed)
            open = 0;
        const auto cells = [&](const QString& text) {
            return QStringList{numberText(line.before), line.mark == DiffMark::Added ? QString() : text, numberText(line.after),
                               line.mark == DiffMark::Removed ? QString() : text};
        };
        rows << DiffRow{line.mark, cells(line.text), line.copy == line.text ? QStringList() : cells(line.copy)};
    }
    return rows;
}

}
