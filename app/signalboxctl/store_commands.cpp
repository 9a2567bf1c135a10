// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/store_commands.h"

#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/backend/doctor.h"
#include "core/base/json_text.h"
#include "core/tasks/schemas.h"

#include <algorithm>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::JobType;
using namespace Qt::StringLiterals;

namespace {

QByteArray schemaRow(JobType type)
{
    return JsonObject()
        .text("job_type", core::jobs::jobTypeName(type))
        .text("route", core::jobs::jobTypeRoute(type))
        .raw("input", compactJson(core::tasks::inputJsonSchema(type)))
        .raw("output", compactJson(core::tasks::outputJsonSchema(type)))
        .bytes();
}

/// "file_path*, noise_db": the keys of an input, required ones with a star.
QString keyLine(const QByteArray& schema)
{
    const auto parsed = core::JsonText::parse(schema);
    const auto properties = parsed ? parsed->find(u"/properties") : std::nullopt;
    if (!properties)
        return {};
    QStringList required;
    if (const auto list = parsed->find(u"/required")) {
        for (const core::JsonValue& key : list->children())
            required << key.string();
    }
    QStringList keys;
    for (const core::JsonValue& property : properties->children())
        keys << property.key() + (required.contains(property.key()) ? u"*"_s : QString());
    return keys.join(u", "_s);
}

Ending allSchemas(Output& output)
{
    if (output.isJson()) {
        QList<QByteArray> rows;
        for (const JobType type : core::jobs::allJobTypes())
            rows << schemaRow(type);
        output.json(jsonArray(rows));
        return ExitCode::Ok;
    }
    Table table({{u"TYPE"_s}, {u"STORED AS"_s}, {u"INPUT (* required)"_s, Align::Left, true}});
    for (const JobType type : core::jobs::allJobTypes())
        table.add({core::jobs::jobTypeRoute(type), core::jobs::jobTypeName(type), keyLine(core::tasks::inputJsonSchema(type))});
    output.lines(table.lines(output.width()));
    return ExitCode::Ok;
}

}

Ending schema(Output& output, const Arguments& arguments)
{
    const QString name = arguments.operands().value(0);
    if (name.isEmpty())
        return allSchemas(output);
    const JobType type = core::jobs::parseJobType(name);
    if (type == JobType::Unknown)
        return failure(ErrorKind::Invalid, u"job_type_unknown"_s, u"\"%1\" is no type of job; `signalboxctl schema` lists them"_s.arg(name),
                       u"TYPE"_s);
    if (output.isJson())
        output.json(schemaRow(type));
    else
        output.lines(QString::fromUtf8(visibleJson(prettyJson(schemaRow(type)))).split(u'\n'));
    return ExitCode::Ok;
}

Ending migrated(Session& session)
{
    const auto findings = session.backend.doctor().wait();
    if (!findings)
        return errorOf(findings);
    const auto store = std::find_if(findings->begin(), findings->end(), [](const auto& each) { return each.name == u"store"_s; });
    if (store == findings->end() || !store->found)
        return failure(ErrorKind::Internal, u"store_old"_s, u"The store was opened, but is not of this version"_s);
    if (session.output.isJson())
        session.output.json(JsonObject().text("store", store->detail).bytes());
    else
        session.output.line(store->detail);
    return ExitCode::Ok;
}

Ending journal(Session& session, const Arguments& arguments)
{
    const auto limit = arguments.number(u"limit", 50, 100'000);
    if (!limit)
        return errorOf(limit);
    const auto entries = session.backend.journal(*limit).wait();
    if (!entries)
        return errorOf(entries);
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const auto& entry : *entries)
            rows << journalRow(entry);
        session.output.json(jsonArray(rows));
        return ExitCode::Ok;
    }
    Table table({{u"TIME"_s}, {u"ID"_s}, {u"OPERATOR"_s}, {u"ACTION"_s}, {u"TARGET"_s}, {u"REASON"_s, Align::Left, true}});
    for (const auto& entry : *entries)
        table.add({exactText(entry.createdAt), entry.id.toString(), entry.operatorName, entry.action, entry.target, entry.reason});
    session.output.lines(table.lines(session.output.width()));
    return ExitCode::Ok;
}

Ending doctor(Output& output, const core::backend::DirectBackendOptions& options)
{
    const auto findings = core::backend::examine(options);
    if (output.isJson()) {
        QList<QByteArray> rows;
        for (const auto& finding : findings)
            rows << findingRow(finding);
        output.json(jsonArray(rows));
    } else {
        // Not elided: what to install must be readable to its end.
        Table table({{u"WHAT"_s}, {u"STATE"_s}, {u"DETAIL"_s}});
        for (const auto& finding : findings)
            table.add({finding.name, finding.found ? u"found"_s : finding.isNeeded ? u"missing"_s : u"not there"_s, finding.detail});
        output.lines(table.lines({}));
    }
    const bool isWhole =
        std::all_of(findings.begin(), findings.end(), [](const auto& finding) { return finding.found || !finding.isNeeded; });
    return isWhole ? ExitCode::Ok : ExitCode::Unavailable;
}

}
