// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/failure_groups.h"

#include "core/jobs/filter_text.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestRead = 2000;
constexpr qsizetype longestPattern = 300;
constexpr qsizetype shortestPiece = 4;
constexpr qsizetype mostPieces = 4;
const QString someName = u"\u2026"_s;

struct Rule {
    QRegularExpression what;
    QString becomes;
};

/// From the most telling to the least: what an earlier rule took, a later one no longer sees.
const QList<Rule>& rules()
{
    static const QList<Rule> all{
        // "quoted", 'quoted', `quoted`; an apostrophe within a word opens nothing
        {QRegularExpression(
             u"(?<![\\p{L}\\p{N}])(\"[^\"]*\"|'[^']*'(?![\\p{L}])|`[^`]*`)|\u201c[^\u201d]*\u201d|\u2018[^\u2019]*\u2019(?![\\p{L}])"_s),
         someName},
        {QRegularExpression(u"\\b[A-Za-z][A-Za-z0-9+.-]*://[^\\s,;)]+"_s), someName},
        // absolute paths, drive letters, keys with two slashes or with a file at their end
        {QRegularExpression(u"(?<![\\p{L}\\p{N}/])(/[^\\s:,;)/]+)+/?|\\b[A-Za-z]:\\\\[^\\s:,;)]+"_s), someName},
        {QRegularExpression(u"\\b[^\\s/:,;(]+(/[^\\s/:,;)]+){2,}|\\b[^\\s/:,;(]+/[^\\s/:,;)]+\\.[A-Za-z0-9]{2,5}\\b"_s), someName},
        {QRegularExpression(
             u"\\b[\\p{L}\\p{N}_.-]+\\.(mp4|mkv|mov|webm|mp3|m4a|wav|ogg|flac|avi|srt|vtt|ass|json|jpe?g|png|txt|ttf|otf)\\b"_s,
             QRegularExpression::CaseInsensitiveOption),
         someName},
        // UUIDs, addresses in memory, and other long hexadecimal words that hold a digit
        {QRegularExpression(u"\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b|\\b0[xX][0-9a-fA-F]+\\b|"
                            "\\b(?=[0-9a-fA-F]*[0-9])(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,}\\b"_s),
         someName},
        // 3, 3.5, 12:01:07, 1,000; not the digits of a name such as libx264
        {QRegularExpression(u"(?<![\\p{L}\\p{N}_])\\d+([.,:]\\d+)*"_s), u"#"_s},
        {QRegularExpression(u"\\s+"_s), u" "_s},
    };
    return all;
}

Filter term(FilterKey key, const QString& text, bool isNegated = false)
{
    FilterTerm made;
    made.key = key;
    made.values = {FilterText{text, false}};
    made.isNegated = isNegated;
    return Filter{made};
}

/// What stands between the names and numbers of a pattern, the longest first, as far as the stored error has it so too.
QStringList piecesOf(const FailureGroup& group)
{
    QStringList pieces;
    const QStringList parts = group.pattern.split(QRegularExpression(u"[#\u2026]"_s), Qt::SkipEmptyParts);
    const QString stored = asciiLower(group.example);
    for (const QString& part : parts) {
        const QString piece = part.trimmed();
        if (piece.size() >= shortestPiece && stored.contains(asciiLower(piece)))
            pieces += piece;
    }
    std::stable_sort(pieces.begin(), pieces.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    return pieces.mid(0, mostPieces);
}

QString filterOf(const FailureGroup& group)
{
    QList<Filter> parts{term(FilterKey::Status, statusName(JobStatus::Failed)),
                        term(FilterKey::Type, group.type == JobType::Unknown ? u"UNKNOWN"_s : jobTypeName(group.type))};
    if (!group.code.isEmpty())
        parts += term(FilterKey::Error, group.code);
    const QStringList pieces = piecesOf(group);
    for (const QString& piece : pieces)
        parts += term(FilterKey::Error, piece);
    if (group.code.isEmpty() && group.pattern.isEmpty())
        parts += term(FilterKey::Has, u"error"_s, true);
    return toText(joined(Join::All, parts));
}

struct Gathered {
    FailureGroup group;
    QSet<QString> owners;
};

void add(Gathered& to, const FailedJob& job, const Window& window)
{
    FailureGroup& group = to.group;
    group.firstSeen = job.createdAt;    // they come newest first
    const int bucket = window.bucketOf(job.createdAt);
    if (bucket < 0)
        return;
    if (group.count == 0) {
        group.lastSeen = job.createdAt;
        group.newest = job.id;
        group.example = job.message;
    }
    group.isVerbatim = group.isVerbatim && job.message == group.example;
    ++group.count;
    ++group.buckets[bucket];
    if (!job.userId.isEmpty())
        to.owners.insert(job.userId);
}

}

QString normaliseError(const QString& message)
{
    QString text = message.left(longestRead);
    for (const Rule& rule : rules())
        text.replace(rule.what, rule.becomes);
    return text.trimmed().left(longestPattern);
}

QList<FailureGroup> groupFailures(const QList<FailedJob>& failed, const Window& window)
{
    QHash<QString, Gathered> byKey;
    QHash<QString, QString> patterns;    // many jobs say the very same
    for (const FailedJob& job : failed) {
        auto pattern = patterns.constFind(job.message);
        if (pattern == patterns.constEnd())
            pattern = patterns.insert(job.message, normaliseError(job.message));
        const QString key = job.typeText + QChar(0) + job.code + QChar(0) + *pattern;
        auto found = byKey.find(key);
        if (found == byKey.end()) {
            Gathered fresh;
            fresh.group.typeText = job.typeText;
            fresh.group.type = parseJobType(job.typeText);
            fresh.group.code = job.code;
            fresh.group.pattern = *pattern;
            fresh.group.buckets = QList<int>(window.buckets, 0);
            found = byKey.insert(key, fresh);
        }
        add(*found, job, window);
    }
    QList<FailureGroup> groups;
    for (Gathered& gathered : byKey) {
        if (gathered.group.count == 0)
            continue;
        gathered.group.owners = static_cast<int>(gathered.owners.size());
        gathered.group.filter = filterOf(gathered.group);
        groups += gathered.group;
    }
    std::sort(groups.begin(), groups.end(), [](const FailureGroup& a, const FailureGroup& b) {
        if (a.count != b.count)
            return a.count > b.count;
        return a.lastSeen != b.lastSeen ? a.lastSeen > b.lastSeen : a.newest < b.newest;
    });
    return groups;
}

}
