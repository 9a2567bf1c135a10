// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/explain_delivery.h"

#include "app/signalboxctl/json_writer.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/webhooks/models.h"

#include <QFile>

namespace app {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::webhooks::SignatureReport;

namespace {

constexpr auto secretVariable = "SIGNALBOX_WEBHOOK_SECRET";
constexpr qint64 longestSecret = 4096;

core::Result<QByteArray> secretToTry(const Arguments& arguments)
{
    if (!arguments.has(u"secret-stdin"))
        return qgetenv(secretVariable);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return failure(ErrorKind::Unavailable, u"stdin_not_readable"_s, u"Standard input cannot be read"_s, u"--secret-stdin"_s);
    const QByteArray secret = input.readLine(longestSecret).trimmed();
    if (secret.isEmpty())
        return failure(ErrorKind::Invalid, u"secret_missing"_s, u"There is no secret on standard input"_s, u"--secret-stdin"_s);
    return secret;
}

QByteArray reportJson(const SignatureReport& report)
{
    QList<QByteArray> headers;
    for (const auto& header : report.headers)
        headers << JsonObject().text("name", header.name).text("problem", header.problem).bytes();
    QList<QByteArray> trials;
    for (const auto& trial : report.trials)
        trials << JsonObject()
                      .text("name", trial.name)
                      .text("sentence", trial.sentence)
                      .text("mismatch", core::webhooks::mismatchName(trial.mismatch))
                      .flag("fits", trial.fits)
                      .bytes();
    return JsonObject()
        .text("verdict", core::webhooks::verdictName(report.verdict))
        .text("mismatch", core::webhooks::mismatchName(report.mismatch))
        .text("claim", report.claim)
        .text("advice", report.advice)
        .raw("headers", jsonArray(headers))
        .number("age_s", report.age ? std::optional<qint64>(report.age->count()) : std::nullopt)
        .text("expected", report.expectedBeginning)
        .text("given", report.givenBeginning)
        .raw("trials", jsonArray(trials))
        .bytes();
}

QString ageText(const SignatureReport& report)
{
    return report.age ? u"%1 s; %2 s are allowed either way"_s.arg(report.age->count()).arg(core::webhooks::signatureTolerance.count())
                      : u"-"_s;
}

void printReport(Output& output, const SignatureReport& report)
{
    output.line(visible(report.claim));
    if (!report.advice.isEmpty())
        output.line(visible(report.advice));
    output.line({});
    QList<std::pair<QString, QString>> facts{{u"signature"_s, core::webhooks::verdictName(report.verdict)},
                                             {u"mismatch"_s, core::webhooks::mismatchName(report.mismatch)}};
    for (const auto& header : report.headers)
        facts << std::pair(header.name, header.problem.isEmpty() ? u"as it should be"_s : header.problem);
    facts << std::pair(u"age"_s, ageText(report)) << std::pair(u"expected"_s, orDash(report.expectedBeginning))
          << std::pair(u"given"_s, orDash(report.givenBeginning));
    output.lines(factLines(facts));
    output.line({});
    Table table({{u"RESULT"_s}, {u"MEANS"_s}, {u"SIGNED OVER"_s, Align::Left, true}});
    for (const auto& trial : report.trials)
        table.add({trial.fits ? u"fits"_s : u"does not fit"_s, core::webhooks::mismatchName(trial.mismatch), trial.sentence});
    output.lines(table.lines(output.width()));
}

}

Ending explainDelivery(Session& session, const Arguments& arguments)
{
    if (arguments.operands().isEmpty())
        return failure(ErrorKind::Invalid, u"delivery_missing"_s, u"--explain needs the id of a delivery"_s, u"ID"_s);
    const auto secret = secretToTry(arguments);
    if (!secret)
        return errorOf(secret);
    const auto id = session.backend.resolveDeliveryId(arguments.operands().constFirst()).wait();
    if (!id)
        return errorOf(id);
    const auto report = session.backend.examineSignature(*id, *secret).wait();
    if (!report)
        return errorOf(report);
    if (session.output.isJson())
        session.output.json(reportJson(*report));
    else
        printReport(session.output, *report);
    return ExitCode::Ok;
}

}
