// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/webhooks/delivery_text.h"

#include "ui/base/format.h"
#include "ui/pages/frame/paged_list.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using namespace core::webhooks;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::deliveries", text);
}

RowCell outcomeCell(const Delivery& delivery)
{
    const QString text = outcomeText(delivery.outcome);
    switch (delivery.outcome) {
    case Outcome::Applied: return {.text = text, .ink = RowInk::Done, .icon = u"state-done"_s};
    case Outcome::Rejected: return {.text = text, .ink = RowInk::Failed, .icon = u"state-failed"_s};
    case Outcome::IgnoredTerminal:
    case Outcome::Duplicate:
    case Outcome::Stale: return {.text = text, .ink = RowInk::Secondary, .icon = u"skip"_s};
    }
    Q_UNREACHABLE();
}

RowCell verdictCell(Verdict verdict)
{
    const QString text = verdictText(verdict);
    if (verdict == Verdict::Valid)
        return {.text = text, .icon = u"lock"_s};
    if (verdict == Verdict::NotChecked)
        return {.text = text, .ink = RowInk::Quiet};
    return {.text = text, .ink = RowInk::Failed, .icon = u"dialog-warning"_s};
}

}

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied: return tr("applied");
    case Outcome::IgnoredTerminal: return tr("ignored, job over");
    case Outcome::Duplicate: return tr("duplicate");
    case Outcome::Stale: return tr("stale");
    case Outcome::Rejected: return tr("rejected");
    }
    Q_UNREACHABLE();
}

QString verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotChecked: return tr("not checked");
    case Verdict::Valid: return tr("valid");
    case Verdict::Missing: return tr("missing");
    case Verdict::Malformed: return tr("malformed");
    case Verdict::Wrong: return tr("wrong");
    case Verdict::TooOld: return tr("too old");
    case Verdict::TooNew: return tr("too new");
    }
    Q_UNREACHABLE();
}

QString sourceText(Source source)
{
    switch (source) {
    case Source::Worker: return tr("worker");
    case Source::Render: return tr("render");
    case Source::Replay: return tr("replay");
    case Source::Manual: return tr("manual");
    }
    Q_UNREACHABLE();
}

QString stageText(Stage stage)
{
    switch (stage) {
    case Stage::Receive: return tr("Receive");
    case Stage::LoadAndValidate: return tr("Load and validate");
    case Stage::Ignore: return tr("Ignore?");
    case Stage::ApplyStatus: return tr("Apply status");
    case Stage::AppendEvent: return tr("Append event");
    case Stage::DoneHooks: return tr("Done hooks");
    case Stage::Notify: return tr("Notify");
    }
    Q_UNREACHABLE();
}

QList<RowColumn> deliveryColumns()
{
    return {{tr("Received"), 80, true}, {tr("Outcome"), 140},       {tr("Signature"), 108}, {tr("Source"), 72},
            {tr("Job"), 124},           {tr("Came to stage"), 124}, {tr("Took"), 72, true}, {tr("Detail"), 140, false, true}};
}

PageRow deliveryRow(const Delivery& delivery)
{
    PageRow row;
    row.key = delivery.id.text;
    row.job = delivery.jobId.value_or(core::JobId{});
    row.cells = {
        RowCell{.text = {}, .time = delivery.receivedAt},
        outcomeCell(delivery),
        verdictCell(delivery.verdict),
        RowCell{.text = sourceText(delivery.source), .chip = delivery.replayOf ? tr("again") : QString(), .chipInk = RowInk::Secondary},
        delivery.jobId ? jobCell(*delivery.jobId) : RowCell{.text = tr("none known"), .ink = RowInk::Quiet},
        RowCell{stageText(delivery.stageReached)},
        RowCell{tr("%1 ms").arg(QString::number(static_cast<double>(delivery.durationUs) / 1000, 'f', 1))},
        RowCell{.text = plainLine(delivery.outcomeDetail),
                .hover = delivery.outcomeDetail.left(2000),
                .ink = delivery.outcome == Outcome::Rejected ? RowInk::Text : RowInk::Secondary}};
    return row;
}

}
