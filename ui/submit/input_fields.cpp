// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/input_fields.h"

#include "core/base/json_spelling.h"
#include "core/tasks/schemas.h"
#include "ui/base/format.h"
#include "ui/payload/media_words.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::JsonKind;
using core::JsonText;
using core::JsonValue;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::InputFields", text);
}

/// A schema's key that nobody named yet is shown as it is.
QString labelOf(const QString& key)
{
    static const QHash<QString, const char*> labels{
        {u"file_path"_s, QT_TRANSLATE_NOOP("ui::InputFields", "File")},
        {u"out_folder"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Folder for results")},
        {u"noise_db"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Quieter than")},
        {u"min_silence_ms"_s, QT_TRANSLATE_NOOP("ui::InputFields", "For at least")},
        {u"segments"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Segments")},
        {u"detect_job_id"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Silences found by job")},
        {u"padding_ms"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Kept on each side")},
        {u"container"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Container")},
        {u"video_codec"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Video codec")},
        {u"audio_codec"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Audio codec")},
        {u"width"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Width")},
        {u"height"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Height")},
        {u"frame_rate"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Frame rate")},
        {u"crf"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Quality (CRF)")},
        {u"video_bitrate_bps"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Video bit rate")},
        {u"audio_bitrate_bps"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Audio bit rate")},
        {u"engine"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Engine")},
        {u"model"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Model")},
        {u"language"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Language")},
        {u"word_timestamps"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Times of words")},
        {u"mode"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Which frames")},
        {u"interval_ms"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Interval")},
        {u"timestamps_ms"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Times")},
        {u"scene_threshold"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Scene threshold")},
        {u"image_format"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Image format")},
        {u"max_frames"_s, QT_TRANSLATE_NOOP("ui::InputFields", "At most")},
        {u"transcription_id"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Transcription")},
        {u"preset_id"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Preset")},
        {u"renderer"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Renderer")},
        {u"style"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Style")},
        {u"font"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Font")},
        {u"font_size"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Height of letters")},
        {u"primary_color"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Letters")},
        {u"outline_color"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Outline")},
        {u"outline"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Outline width")},
        {u"position"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Position")},
        {u"margin_px"_s, QT_TRANSLATE_NOOP("ui::InputFields", "From the edge")},
        {u"bold"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Bold")},
        {u"italic"_s, QT_TRANSLATE_NOOP("ui::InputFields", "Italic")},
    };
    const char* label = labels.value(key, nullptr);
    return label ? tr(label) : key;
}

QString unitOf(const QString& key)
{
    static const QSet<QString> pixels{u"width"_s, u"height"_s, u"font_size"_s, u"outline"_s, u"margin_px"_s};
    if (key.endsWith(u"_ms"_s))
        return u"ms"_s;
    if (key.endsWith(u"_db"_s))
        return u"dB"_s;
    if (key.endsWith(u"_bps"_s))
        return u"bit/s"_s;
    if (key == u"frame_rate"_s)
        return u"fps"_s;
    if (key == u"max_frames"_s)
        return tr("frames");
    return pixels.contains(key) ? u"px"_s : QString();
}

QString typeOf(const JsonValue& schema)
{
    const auto type = schema.member(u"type");
    if (!type)
        return {};
    if (type->kind() == JsonKind::Array)    // ["integer", "null"]: an option
        return type->isEmpty() ? QString() : (*type->children().begin()).string();
    return type->string();
}

QString numberOf(const JsonValue& schema, QStringView key)
{
    const auto number = schema.member(key);
    const auto value = number ? number->asDouble() : std::nullopt;
    return value ? numberText(*value).replace(u'-', u'\u2212') : QString();
}

QString rangeOf(const JsonValue& schema)
{
    const QString least = numberOf(schema, u"minimum");
    const QString above = numberOf(schema, u"exclusiveMinimum");
    const QString most = numberOf(schema, u"maximum");
    QString range;
    if (!most.isEmpty())
        range = !least.isEmpty()   ? tr("%1 to %2").arg(least, most)
                : !above.isEmpty() ? tr("over %1, at most %2").arg(above, most)
                                   : tr("at most %1").arg(most);
    else if (!least.isEmpty())
        range = tr("%1 or more").arg(least);
    else if (!above.isEmpty())
        range = tr("over %1").arg(above);
    return schema.member(u"multipleOf") ? tr("%1, even").arg(range) : range;
}

FieldKind listKind(const JsonValue& schema)
{
    const auto element = schema.member(u"items");
    if (!element || typeOf(*element) == u"integer")
        return FieldKind::Times;
    const auto members = element->member(u"properties");
    return members && members->member(u"text") ? FieldKind::Captions : FieldKind::Segments;
}

FieldKind kindOf(const QString& key, const JsonValue& schema)
{
    const QString type = typeOf(schema);
    if (type == u"array")
        return listKind(schema);
    if (type == u"integer")
        return FieldKind::Whole;
    if (type == u"number")
        return FieldKind::Number;
    if (type == u"boolean")
        return FieldKind::YesNo;
    if (schema.member(u"enum"))
        return FieldKind::Word;
    return key == u"file_path" ? FieldKind::StorageKey : FieldKind::Text;
}

void addFields(QList<InputField>& fields, const JsonValue& schema, const QString& pointer, const QString& group)
{
    QStringList needed;
    if (const auto required = schema.member(u"required")) {
        for (const JsonValue& key : required->children())
            needed << key.string();
    }
    const auto properties = schema.member(u"properties");
    if (!properties)
        return;
    for (const JsonValue& property : properties->children()) {
        const QString key = property.key();
        const QString place = pointer + u'/' + core::base::pointerToken(key);
        if (typeOf(property) == u"object") {
            addFields(fields, property, place, labelOf(key));
            continue;
        }
        InputField field{place, group, kindOf(key, property), labelOf(key), {}, unitOf(key), rangeOf(property), needed.contains(key),
                         {},    {}};
        if (const auto help = property.member(u"description"))
            field.help = help->string();
        if (const auto fallback = property.member(u"default"))
            field.fallback = fallback->raw().toByteArray();
        if (const auto words = property.member(u"enum")) {
            for (const JsonValue& word : words->children()) {
                if (!word.isNull())
                    field.words << word.string();
            }
        }
        fields << field;
    }
}

}

QList<InputField> inputFields(core::JobType type)
{
    QList<InputField> fields;
    if (const auto schema = JsonText::parse(core::tasks::inputJsonSchema(type)))
        addFields(fields, schema->root(), {}, {});
    return fields;
}

QByteArray emptyInput(core::JobType type)
{
    QByteArrayList members;
    const auto fields = inputFields(type);
    for (const InputField& field : fields) {
        if (field.isRequired)
            members << "  " + core::base::encodeJsonString(field.pointer.mid(1)) + ": " +
                           core::base::encodeJsonString(field.words.isEmpty() ? QString() : field.words.constFirst());
    }
    return "{\n" + members.join(",\n") + "\n}";
}

}
