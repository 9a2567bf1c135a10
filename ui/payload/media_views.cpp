// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/media_views.h"

#include "ui/base/compact_table.h"
#include "ui/base/disclosure.h"
#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/payload/field_form.h"
#include "ui/payload/field_rows_view.h"
#include "ui/payload/input_views.h"
#include "ui/payload/media_words.h"
#include "ui/session/store_session.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using namespace core::tasks;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MediaViews", text);
}

QVBoxLayout* newColumn(QWidget* body)
{
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(12));
    return column;
}

Fact lengthFact(const std::optional<qint64>& milliseconds)
{
    const QString help = tr("Length of the file.");
    return milliseconds ? Fact{tr("Duration"), timecode(*milliseconds), millisecondsText(*milliseconds), help}
                        : Fact{tr("Duration"), u"\u2014"_s, tr("not known"), help};
}

Fact sizeFact(const std::optional<qint64>& bytes)
{
    const QString help = tr("Size of the file.");
    return bytes ? Fact{tr("Size"), sizeText(*bytes), tr("%1 bytes").arg(countText(*bytes)), help}
                 : Fact{tr("Size"), u"\u2014"_s, tr("not known"), help};
}

/// "1920 × 1080, 25 fps, turned by 90°" or "48 kHz, stereo".
QString streamDetails(const StreamInfo& stream)
{
    QStringList words;
    if (stream.width && stream.height)
        words << u"%1 \u00d7 %2"_s.arg(*stream.width).arg(*stream.height);
    if (stream.frameRate)
        words << frameRateText(*stream.frameRate);
    if (stream.rotationDeg && *stream.rotationDeg != 0)
        words << tr("turned by %1°").arg(*stream.rotationDeg);
    if (stream.sampleRateHz)
        words << sampleRateText(*stream.sampleRateHz);
    if (stream.channels)
        words << channelsText(*stream.channels);
    return words.join(u", "_s);
}

CompactTable* newStreamTable(const QList<StreamInfo>& streams, QWidget* parent)
{
    const QList<CompactColumn> columns{
        {u"#"_s, true}, {tr("Kind")}, {tr("Codec")}, {tr("Details"), false, false, true}, {tr("Language")}, {tr("Length"), true, true}};
    auto* model = new CompactModel(columns, static_cast<int>(streams.size()), [streams](int row, int column) -> QString {
        const StreamInfo& stream = streams.at(row);
        switch (column) {
        case 0: return QString::number(stream.index);
        case 1: return stream.kind.stored();
        case 2: return stream.codec.value_or(QString());
        case 3: return streamDetails(stream);
        case 4: return stream.language.value_or(QString());
        default: return stream.durationMs ? timecode(*stream.durationMs) : QString();
        }
    });
    return new CompactTable(tr("Streams"), model, parent);
}

void addSettings(QVBoxLayout& column, const QByteArray& input, QWidget* parent)
{
    const auto parsed = parseInput(core::JobType::MediaConvert, input);
    const auto* asked = std::get_if<MediaConvertInput>(&parsed.value);
    if (!asked)
        return;
    auto* form = new FieldForm(inputRows(parsed.value), parent);
    form->beginGroup(tr("Asked for"));
    form->addField(u"file_path"_s, tr("From"), {.text = asked->filePath, .isMono = true});
    addConvertSettings(*form, *asked);
    column.insertWidget(column.count() - 1, form);
}

}

QWidget* newProbeView(const PayloadContext&, const MediaProbeOutput& probe, QWidget* parent)
{
    auto* body = new QWidget(parent);
    QVBoxLayout* column = newColumn(body);
    const FormatInfo& format = probe.format;
    const QString streams = probe.streams.size() == 1 ? tr("1 stream") : tr("%1 streams").arg(countText(probe.streams.size()));
    column->addWidget(new FactsRow(
        {lengthFact(format.durationMs),
         sizeFact(format.sizeBytes),
         {tr("Bit rate"), format.bitRateBps ? bitRateText(*format.bitRateBps) : u"\u2014"_s,
          format.bitRateBps ? tr("%1 bit/s").arg(countText(*format.bitRateBps)) : tr("not known"), tr("Bits a second over all streams.")},
         {tr("Container"), format.name.value_or(u"\u2014"_s), streams, tr("Container, as ffprobe names it.")}},
        body));
    if (probe.streams.isEmpty())
        column->addWidget(new InkLabel(tr("The file has no streams."), TextRole::Body, InkLabel::Ink::Text2, body));
    else
        column->addWidget(newStreamTable(probe.streams, body));
    if (!probe.raw.bytes.isEmpty()) {
        column->addWidget(new Disclosure(
            tr("What ffprobe wrote"), [raw = probe.raw.bytes](QWidget* above) { return createSmallTree(raw, above); }, body));
    }
    column->addStretch();
    return body;
}

QWidget* newConvertView(const PayloadContext& context, const MediaConvertOutput& result, QWidget* parent)
{
    auto* body = new QWidget(parent);
    QVBoxLayout* column = newColumn(body);
    const qint64 bits = result.durationMs.value_or(0) > 0 && result.sizeBytes ? *result.sizeBytes * 8000 / *result.durationMs : 0;
    column->addWidget(new FactsRow({lengthFact(result.durationMs),
                                    sizeFact(result.sizeBytes),
                                    {tr("Bit rate"), bits > 0 ? bitRateText(bits) : u"\u2014"_s, tr("from size and length"), {}},
                                    {tr("Container"), result.container ? result.container->stored() : u"\u2014"_s, {}, {}}},
                                   body));
    auto* form = new FieldForm(outputRows(OutputPayload(result)), body);
    form->beginGroup(tr("Result"));
    form->addField(u"file_path"_s, tr("File"), {.text = result.filePath, .isMono = true});
    column->addWidget(form);
    column->addStretch(1);    // else the forms, which can grow, share the height and drift apart
    if (context.input) {
        addSettings(*column, *context.input, body);
    } else if (auto* backend = context.ui.session.backend()) {
        core::whenDone(backend->job(context.job.id), body, [body, column](const auto& details) {
            if (details)
                addSettings(*column, details->job.inputData, body);
        });
    }
    return body;
}

}
