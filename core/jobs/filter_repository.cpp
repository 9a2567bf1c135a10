// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter_repository.h"

#include "core/database/id_range.h"
#include "core/jobs/filter_text.h"
#include "core/jobs/models.h"

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;

QByteArray SqlText::add(std::variant<qint64, double, QString> value)
{
    if (auto* text = std::get_if<QString>(&value); text && text->isNull())
        *text = u""_s;    // a null QString would be bound as NULL
    const QByteArray name = ":f" + QByteArray::number(binds.size());
    binds.append({name, std::move(value)});
    return name;
}

void bindAll(database::Statement& statement, const SqlText& text)
{
    for (const SqlBind& bind : text.binds)
        std::visit([&](const auto& value) { statement.bind(bind.name.constData(), value); }, bind.value);
}

namespace {

bool isPostgres(const SqlText& sql)
{
    return sql.engine == database::Engine::Postgres;
}

// By A-Z only, whatever the locale of the database: SQLite's lower() knows no other. Ids are no text there.
QByteArray lowered(const QByteArray& column, const SqlText& sql)
{
    return isPostgres(sql) ? "lower(coalesce(CAST(" + column + " AS text), '') COLLATE \"C\")" : "lower(coalesce(" + column + ", ''))";
}

QString likePattern(const QString& text, bool starsAreWild)
{
    QString pattern;
    for (const QChar c : asciiLower(text)) {
        if (c == u'%' || c == u'_' || c == u'\\')
            pattern += u'\\';
        pattern += starsAreWild && c == u'*' ? QChar(u'%') : c;
    }
    return pattern;
}

QByteArray like(const QByteArray& lowerText, const QString& pattern, SqlText& sql)
{
    return lowerText + " LIKE " + sql.add(pattern) + " ESCAPE '\\'";
}

QByteArray equals(const QByteArray& lowerText, const FilterText& wanted, SqlText& sql)
{
    return wanted.isPattern ? like(lowerText, likePattern(wanted.text, true), sql) : lowerText + " = " + sql.add(asciiLower(wanted.text));
}

/// A name as a whole. On Postgres in the words of the indexes on owner and project: only then does the planner use them.
QByteArray isName(const QByteArray& column, const FilterText& wanted, SqlText& sql)
{
    if (!isPostgres(sql) || wanted.isPattern || wanted.text.isEmpty())
        return equals(lowered(column, sql), wanted, sql);
    return column + " IS NOT NULL AND " + equals("lower(" + column + " COLLATE \"C\")", wanted, sql);
}

QByteArray holds(const QByteArray& column, const FilterText& wanted, SqlText& sql)
{
    return like(lowered(column, sql), u'%' + likePattern(wanted.text, wanted.isPattern) + u'%', sql);
}

/// The least text after all those that begin with `prefix`, in the order of code points; nothing if there is none.
std::optional<QString> afterPrefix(const QString& prefix)
{
    QList<uint> points = prefix.toUcs4();
    while (!points.isEmpty() && points.constLast() == 0x10ffff)
        points.removeLast();
    if (points.isEmpty())
        return {};
    uint& last = points.last();
    last = last == 0xd7ff ? 0xe000 : last + 1;    // surrogates are no code points of a text
    return QString::fromUcs4(reinterpret_cast<const char32_t*>(points.constData()), points.size());
}

/// The ids that begin so, as a range of uuids; false for what no id begins with.
QByteArray beginsUuid(const QByteArray& column, const QString& prefix, SqlText& sql)
{
    const auto range = database::idsThatBegin(sql.engine, prefix);
    if (!range)
        return "1 = 0";
    return column + " IS NOT NULL AND " + column + " >= " + sql.add(range->first) + " AND " + column + " <= " + sql.add(range->last);
}

// A range, so that the index on the column serves.
QByteArray begins(const QByteArray& column, const FilterText& wanted, SqlText& sql)
{
    if (wanted.isPattern)
        return column + " IS NOT NULL AND " + equals(lowered(column, sql), wanted, sql);
    if (isPostgres(sql))
        return beginsUuid(column, wanted.text, sql);
    QByteArray range = column + " IS NOT NULL AND " + column + " >= " + sql.add(wanted.text);
    if (const auto after = afterPrefix(wanted.text))
        range += " AND " + column + " < " + sql.add(*after);
    return range;
}

const char* comparisonSql(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal: return " = ";
    case Comparison::Less: return " < ";
    case Comparison::AtMost: return " <= ";
    case Comparison::Greater: return " > ";
    case Comparison::AtLeast: return " >= ";
    }
    Q_UNREACHABLE();
}

QByteArray amount(const QByteArray& column, const FilterAmount& wanted, SqlText& sql)
{
    return column + comparisonSql(wanted.comparison) + sql.add(wanted.number);
}

QByteArray quotedWords(const QStringList& words)
{
    return "'" + words.join(u"', '"_s).toLatin1() + "'";
}

QStringList knownStatuses()
{
    QStringList names;
    for (const JobStatus status : {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled})
        names += statusName(status);
    return names;
}

QStringList knownTypes()
{
    QStringList names;
    for (const JobType type : allJobTypes())
        names += jobTypeName(type);
    return names;
}

// Equality on the plain column, so that the index on status serves; the words are stored in one spelling only.
QByteArray word(const QByteArray& column, const QString& wanted, const QStringList& known, SqlText& sql)
{
    return wanted == u"UNKNOWN"_s ? column + " NOT IN (" + quotedWords(known) + ")" : column + " = " + sql.add(wanted);
}

QByteArray has(const QString& what)
{
    if (what == u"error"_s)
        return "coalesce(error_message, '') <> '' OR coalesce(error_code, '') <> ''";
    if (what == u"output"_s)
        return "output_data IS NOT NULL";
    return "cancel_requested_at IS NOT NULL";
}

// "$.\"segments\"[0].\"start_ms\"", the path syntax of SQLite; a name cannot hold a quote (the parser's keys end there).
QString sqlitePath(const PayloadPath& path)
{
    QString text = u"$"_s;
    for (const auto& step : path) {
        if (const auto* name = std::get_if<QString>(&step))
            text += u".\""_s + *name + u'"';
        else
            text += u"[%1]"_s.arg(std::get<int>(step));
    }
    return text;
}

// "{segments,0,start_ms}", Postgres's array of steps; the parser's names hold neither a quote nor a backslash.
QString postgresPath(const PayloadPath& path)
{
    QStringList steps;
    for (const auto& step : path) {
        const auto* name = std::get_if<QString>(&step);
        steps += name ? u'"' + *name + u'"' : QString::number(std::get<int>(step));
    }
    return u'{' + steps.join(u',') + u'}';
}

// payload_text and payload_number are of our schema: they answer NULL where the server's own would end the whole query, at a text that
// holds \u0000, half a surrogate pair, or a number beyond every double.
QByteArray postgresPayload(const QByteArray& column, const PayloadPath& path, const FilterValue& wanted, SqlText& sql)
{
    const QByteArray at = "(" + column + ", CAST(" + sql.add(postgresPath(path)) + " AS text[]))";
    const QByteArray number = "payload_number" + at;
    if (const auto* compared = std::get_if<FilterAmount>(&wanted))
        return "coalesce(" + amount(number, *compared, sql) + ", FALSE)";
    const auto& text = std::get<FilterText>(wanted);
    QByteArray condition = equals("lower(payload_text" + at + " COLLATE \"C\")", text, sql);
    if (const auto same = text.isPattern ? std::nullopt : numberIn(text.text))
        condition += " OR " + number + " = " + sql.add(*same);
    return "coalesce(" + condition + ", FALSE)";
}

// The same condition in SQLite's words. CASE keeps the json functions, which raise an error at text that is no JSON, behind json_valid;
// `->` gives a number as it is spelled.
QByteArray payload(const QByteArray& column, const PayloadPath& path, const FilterValue& wanted, SqlText& sql)
{
    if (isPostgres(sql))
        return postgresPayload(column, path, wanted, sql);
    const QByteArray at = column + ", " + sql.add(sqlitePath(path)) + ")";
    const QByteArray kind = "json_type(" + at;
    const QByteArray plain = "json_extract(" + at;
    const QByteArray spelled = "(" + column + " -> " + sql.binds.constLast().name + ")";
    const QByteArray isNumber = kind + " IN ('integer', 'real')";
    const auto guarded = [&](const QByteArray& condition) {
        return "CASE WHEN json_valid(" + column + ") THEN coalesce(" + condition + ", 0) ELSE 0 END";
    };

    if (const auto* compared = std::get_if<FilterAmount>(&wanted))
        return guarded("CASE WHEN " + isNumber + " THEN " + amount("CAST(" + plain + " AS REAL)", *compared, sql) + " END");
    const auto& text = std::get<FilterText>(wanted);
    const QByteArray asText = "CASE " + kind + " WHEN 'text' THEN " + plain + " WHEN 'integer' THEN " + spelled + " WHEN 'real' THEN " +
                              spelled + " WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'null' THEN 'null' END";
    QByteArray condition = equals("lower(" + asText + ")", text, sql);
    if (const auto number = text.isPattern ? std::nullopt : numberIn(text.text))
        condition += " OR (" + isNumber + " AND CAST(" + plain + " AS REAL) = " + sql.add(*number) + ")";
    return guarded(condition);
}

QByteArray freeText(const FilterText& wanted, SqlText& sql)
{
    QByteArrayList parts;
    for (const char* column : {"id", "job_type", "replace(job_type, '_', '-')", "current_message", "error_message", "error_code"})
        parts += holds(column, wanted, sql);
    return parts.join(" OR ");
}

QByteArray valueCondition(const FilterTerm& term, const FilterValue& value, SqlText& sql)
{
    const auto text = [&]() -> const FilterText& { return std::get<FilterText>(value); };
    const auto number = [&]() -> const FilterAmount& { return std::get<FilterAmount>(value); };
    const auto micros = [&] { return sql.add(base::toMicros(std::get<Time>(value))); };
    switch (term.key) {
    case FilterKey::Status: return word("status", text().text, knownStatuses(), sql);
    case FilterKey::Type: return word("job_type", text().text, knownTypes(), sql);
    case FilterKey::Owner: return isName("user_id", text(), sql);
    case FilterKey::Project: return isName("project_id", text(), sql);
    case FilterKey::Id: return begins("id", text(), sql);
    case FilterKey::RetriedFrom: return begins("retried_from", text(), sql);
    case FilterKey::Since: return "created_at >= " + micros();
    case FilterKey::Before: return "created_at < " + micros();
    case FilterKey::Attempt: return amount("CAST(attempt AS REAL)", number(), sql);    // "below 2.5" is no integer
    case FilterKey::Took:
        return "started_at IS NOT NULL AND finished_at IS NOT NULL AND " + amount("finished_at - started_at", number(), sql);
    case FilterKey::Error: return holds("error_message", text(), sql) + " OR " + holds("error_code", text(), sql);
    case FilterKey::Message: return holds("current_message", text(), sql);
    case FilterKey::Has: return has(text().text);
    case FilterKey::Input: return payload("input_data", term.path, value, sql);
    case FilterKey::Output: return payload("output_data", term.path, value, sql);
    case FilterKey::Text: return freeText(text(), sql);
    }
    Q_UNREACHABLE();
}

QByteArray grouped(const QByteArrayList& parts, const char* between, bool isNegated)
{
    const QByteArray inside = parts.size() == 1 ? parts.constFirst() : "(" + parts.join(QByteArray(")") + between + "(") + ")";
    return isNegated ? "NOT (" + inside + ")" : inside;
}

}

namespace {

/// How far an index leads to the rows of a term: to few (those of one owner), to those of one word in the order of the list (of one status),
/// along the list itself (a time); or not at all.
enum class Reach { Few, Word, List, None };

Reach reachOf(const FilterTerm& term)
{
    const auto isEach = [&](auto fits) {
        return std::all_of(term.values.begin(), term.values.end(), [&](const FilterValue& value) {
            const auto* text = std::get_if<FilterText>(&value);
            return text && !text->isPattern && !text->text.isEmpty() && fits(text->text);
        });
    };
    const auto isOurs = [](const QString& word) { return word != u"UNKNOWN"_s; };
    const auto isActive = [](const QString& word) { return word == u"PENDING"_s || word == u"RUNNING"_s; };
    if (term.isNegated)
        return Reach::None;
    switch (term.key) {
    case FilterKey::Owner:
    case FilterKey::Project: return isEach([](const QString&) { return true; }) ? Reach::Few : Reach::None;
    case FilterKey::Id:    // ids of one minute begin alike in their first eight characters, those of years in their first two
    case FilterKey::RetriedFrom: return isEach([](const QString& beginning) { return beginning.size() >= 8; }) ? Reach::Few : Reach::None;
    case FilterKey::Status:    // several are merged, see branchesOf()
        return isEach(isActive) ? Reach::Few : isEach(isOurs) ? Reach::Word : Reach::None;
    case FilterKey::Type: return term.values.size() == 1 && isEach(isOurs) ? Reach::Word : Reach::None;
    case FilterKey::Since:
    case FilterKey::Before: return term.values.size() == 1 ? Reach::List : Reach::None;
    case FilterKey::Attempt:
    case FilterKey::Took:
    case FilterKey::Error:
    case FilterKey::Message:
    case FilterKey::Has:
    case FilterKey::Input:
    case FilterKey::Output:
    case FilterKey::Text: return Reach::None;
    }
    Q_UNREACHABLE();
}

}

namespace {

FilterGroup asGroup(const Filter& filter)
{
    if (const auto* own = std::get_if<FilterGroup>(&filter.node))
        return *own;
    return {Join::All, {filter}, false};
}

}

std::optional<Filter> narrowPartOf(const Filter& filter)
{
    const FilterGroup group = asGroup(filter);
    if (group.join != Join::All || group.isNegated)
        return {};
    std::optional<Filter> narrow;
    bool asksMore = false;
    for (const Filter& part : group.parts) {
        const auto* term = std::get_if<FilterTerm>(&part.node);
        const Reach reach = term ? reachOf(*term) : Reach::None;
        const bool isName = term && (term->key == FilterKey::Owner || term->key == FilterKey::Project);
        asksMore = asksMore || reach == Reach::None;
        if (reach == Reach::Few && !isName)
            return {};    // few indeed: the jobs of one id, those that are not over
        if (reach == Reach::Few && !narrow && term->values.size() == 1)
            narrow = part;
    }
    return asksMore ? narrow : std::nullopt;
}

bool isServedByIndex(const Filter& filter)
{
    const FilterGroup group = asGroup(filter);
    if (group.join != Join::All || group.isNegated)
        return false;
    int words = 0;
    bool hasMore = false;
    for (const Filter& part : group.parts) {
        const auto* term = std::get_if<FilterTerm>(&part.node);
        const Reach reach = term ? reachOf(*term) : Reach::None;
        if (reach == Reach::Few)
            return true;    // whatever else is asked, it is asked of few
        words += reach == Reach::Word ? 1 : 0;
        hasMore = hasMore || reach == Reach::None;
    }
    return !hasMore && words <= 1;
}

QByteArray conditionOf(const Filter& filter, SqlText& text)
{
    QByteArrayList parts;
    if (const auto* term = std::get_if<FilterTerm>(&filter.node)) {
        for (const FilterValue& value : term->values)
            parts += valueCondition(*term, value, text);
        return grouped(parts, " OR ", term->isNegated);
    }
    const auto& group = std::get<FilterGroup>(filter.node);
    QList<Filter> ordered = group.parts;
    if (group.join == Join::All)    // the dear questions last, of the rows that are left
        std::stable_partition(ordered.begin(), ordered.end(), [](const Filter& part) { return !looksIntoPayloads(part); });
    for (const Filter& part : std::as_const(ordered))
        parts += conditionOf(part, text);
    if (parts.isEmpty())
        parts += group.join == Join::All ? "1 = 1" : "1 = 0";
    return grouped(parts, group.join == Join::All ? " AND " : " OR ", group.isNegated);
}

}
