// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/payload_reader.h"
#include "core/tasks/schemas.h"

#include <cmath>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

enum class Strictness { Input, Output };

bool isColor(const QString& text)
{
    const auto isHex = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F'); };
    return text.size() == 7 && text.front() == u'#' && std::all_of(text.begin() + 1, text.end(), isHex);
}

QString numberRange(const Rule& rule)
{
    QStringList parts;
    if (rule.minimum)
        parts << u"at least %1"_s.arg(*rule.minimum);
    if (rule.above)
        parts << u"more than %1"_s.arg(*rule.above);
    if (rule.maximum)
        parts << u"at most %1"_s.arg(*rule.maximum);
    return parts.join(u" and "_s);
}

/// Walks a field list and looks whether each value keeps to its rule.
class Checker {
public:
    Checker(const Path& path, Strictness strictness, Findings& findings) : m_path(path), m_strictness(strictness), m_findings(findings) {}

    template <class T>
    void required(const char* key, const T& value, const char*, const Rule& rule = {})
    {
        check(Path{&m_path, key, 0}, value, rule);
    }

    template <class T>
    void optional(const char* key, const T& value, const char*, const Rule& rule = {})
    {
        if constexpr (isOptional<T>) {
            if (!value)
                return;
            m_present << QLatin1String(key);
        }
        check(Path{&m_path, key, 0}, value, rule);
    }

    void exactlyOne(const char* first, const char* second)
    {
        const bool hasFirst = m_present.contains(QLatin1String(first));
        const bool hasSecond = m_present.contains(QLatin1String(second));
        if (hasFirst == hasSecond) {
            refuse(Path{&m_path, first, 0}, u"exactly one of %1 and %2 must be given, not %3"_s.arg(
                                                QLatin1String(first), QLatin1String(second), hasFirst ? u"both"_s : u"none"_s));
        }
    }

    void ordered(const char* first, qint64 start, const char* second, qint64 end)
    {
        if (start >= end) {
            refuse(Path{&m_path, second, 0},
                   u"%1 (%2) must be greater than %3 (%4)"_s.arg(QLatin1String(second)).arg(end).arg(QLatin1String(first)).arg(start));
        }
    }

private:
    template <class T>
    void check(const Path& path, const T& value, const Rule& rule)
    {
        if constexpr (isOptional<T>) {
            check(path, *value, rule);
        } else if constexpr (isList<T>) {
            if (rule.notEmpty && value.isEmpty())
                refuse(path, u"must not be empty"_s);
            Path element{&path, nullptr, 0};
            for (const auto& each : value) {
                check(element, each, rule);
                ++element.element;
            }
        } else if constexpr (Described<T, Checker>) {
            T copy = value;
            Checker nested(path, m_strictness, m_findings);
            copy.describe(nested);
        } else if constexpr (isWord<T>) {
            if (m_strictness == Strictness::Input && !value.isKnown())
                refuse(path, u"'%1' is none of the words known here"_s.arg(value.stored()));
        } else if constexpr (isId<T>) {
            checkText(path, value.text, rule);
        } else if constexpr (std::same_as<T, QString>) {
            checkText(path, value, rule);
        } else if constexpr (std::same_as<T, qint64> || std::same_as<T, double>) {
            checkNumber(path, static_cast<double>(value), rule);
            if constexpr (std::same_as<T, qint64>) {
                if (rule.isEven && value % 2 != 0)
                    refuse(path, u"must be even, not %1"_s.arg(value));
            }
        }
    }

    void checkText(const Path& path, const QString& text, const Rule& rule)
    {
        if (rule.notEmpty && text.isEmpty())
            refuse(path, u"must not be empty"_s);
        if (rule.isColor && !isColor(text))
            refuse(path, u"must be a colour such as #ffcc00, not '%1'"_s.arg(text));
        const bool isListed =
            std::any_of(rule.oneOf.begin(), rule.oneOf.end(), [&](const char* word) { return text == QLatin1String(word); });
        if (!rule.oneOf.empty() && !isListed)
            refuse(path, u"'%1' is not allowed here"_s.arg(text));
    }

    void checkNumber(const Path& path, double number, const Rule& rule)
    {
        const bool fits = std::isfinite(number) && (!rule.minimum || number >= *rule.minimum) && (!rule.above || number > *rule.above) &&
                          (!rule.maximum || number <= *rule.maximum);
        if (!fits)
            refuse(path, u"must be %1, not %2"_s.arg(std::isfinite(number) ? numberRange(rule) : u"a finite number"_s).arg(number));
    }

    void refuse(const Path& path, const QString& message) { m_findings.add(DiagnosticKind::Refused, path.pointer(), message); }

    Path m_path;
    Strictness m_strictness;
    Findings& m_findings;
    QStringList m_present;
};

/// What one field cannot say.
void checkTogether(const FrameExtractInput& input, Findings& findings)
{
    if (input.mode == FrameMode::Timestamps && input.timestampsMs.isEmpty())
        findings.add(DiagnosticKind::Refused, u"/timestamps_ms"_s, u"mode timestamps needs at least one time"_s);
}

template <class T>
void checkTogether(const T&, Findings&)
{
}

template <class Payload>
QList<Diagnostic> problems(const Payload& payload, const QList<Diagnostic>& diagnostics, Strictness strictness)
{
    QList<Diagnostic> all;
    const auto addFirstOfField = [&all](const Diagnostic& one) {
        if (std::none_of(all.begin(), all.end(), [&one](const Diagnostic& known) { return known.pointer == one.pointer; }))
            all << one;
    };
    for (const Diagnostic& one : diagnostics) {
        const bool isLetThrough =
            strictness == Strictness::Output && (one.kind == DiagnosticKind::UnknownWord || one.kind == DiagnosticKind::ReplacedText);
        if (isError(one.kind) && !isLetThrough)
            addFirstOfField(one);
    }
    Findings findings;
    std::visit(
        [&](auto value) {
            if constexpr (std::same_as<decltype(value), UnknownPayload>) {
                findings.add(DiagnosticKind::NotJson, {}, u"no payload of a known job type"_s);
            } else {
                const Path root;
                Checker checker(root, strictness, findings);
                value.describe(checker);
                checkTogether(value, findings);
            }
        },
        payload);
    for (const Diagnostic& one : findings.take())
        addFirstOfField(one);
    return all;
}

Result<void> refuseIfAny(const QList<Diagnostic>& problems, const QString& code)
{
    if (problems.isEmpty())
        return {};
    QStringList lines;
    for (const Diagnostic& one : problems)
        lines << (one.pointer.isEmpty() ? one.message : u"%1: %2"_s.arg(one.pointer, one.message));
    return failure(ErrorKind::Invalid, code, lines.first(), problems.first().pointer, lines.join(u'\n'));
}

}

QList<Diagnostic> inputProblems(const InputPayload& payload, const QList<Diagnostic>& diagnostics)
{
    return problems(payload, diagnostics, Strictness::Input);
}

QList<Diagnostic> outputProblems(const OutputPayload& payload, const QList<Diagnostic>& diagnostics)
{
    return problems(payload, diagnostics, Strictness::Output);
}

Result<void> validateInput(const InputPayload& payload, const QList<Diagnostic>& diagnostics)
{
    return refuseIfAny(inputProblems(payload, diagnostics), u"input_invalid"_s);
}

Result<void> validateOutput(const OutputPayload& payload, const QList<Diagnostic>& diagnostics)
{
    return refuseIfAny(outputProblems(payload, diagnostics), u"output_invalid"_s);
}

}
