// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/done_hooks.h"

#include "core/base/overloaded.h"
#include "core/tasks/actor_output.h"
#include "core/tasks/transcript_segments.h"
#include "core/transcription/formats.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

/// Collects one plan; the functions below read as lists of what a type leaves behind.
class PlanBuilder {
public:
    explicit PlanBuilder(const HookContext& context) : m_context(context) {}

    /// A file that the worker has written, in the job's own folder: any other key would make a stranger's file this job's artifact.
    Result<qsizetype> addWritten(const QString& key, std::optional<qint64> durationMs, const QString& field)
    {
        if (!key.startsWith(outputFolder() + u'/'))
            return outside(key, field);
        return addFile(key, durationMs, field);
    }
    /// Any file of the storage: its facts are read now, before any lock.
    Result<qsizetype> addFile(const QString& key, std::optional<qint64> durationMs, const QString& field)
    {
        // A key that can name nothing will never do; a file that is not there may come yet.
        if (const auto path = m_context.storage.resolve(key); !path)
            return failure(path.error().kind, u"output_invalid"_s, path.error().message, field);
        const auto facts = lookAt(key);
        if (!facts)
            return failure(ErrorKind::Unavailable, facts.error().kind == ErrorKind::NotFound ? u"output_missing"_s : u"output_unreadable"_s,
                           u"The output '%1' cannot be read from the storage: %2"_s.arg(key, facts.error().message), field);
        files::File row = newRow(key);
        row.mimeType = facts->mimeType;
        row.sizeBytes = facts->sizeBytes;
        row.sha256 = facts->sha256;
        row.durationMs = durationMs;
        m_plan.files.append({row, {}});
        return m_plan.files.size() - 1;
    }
    Result<void> requireOwnFolder(const QString& key, const QString& field) const
    {
        if (key == outputFolder() || key.startsWith(outputFolder() + u'/'))
            return {};
        return outside(key, field);
    }
    /// A file of our own: written beside its final name now, renamed by the hook.
    Result<qsizetype> addText(const QString& name, const QString& mimeType, const QByteArray& content)
    {
        const QString& folder = outputFolder();
        files::File row = newRow(folder + u'/' + name);
        row.mimeType = mimeType;
        row.sizeBytes = content.size();
        row.sha256 = QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
        const QString temporary = folder + u'/' + m_context.temporaryPrefix + name;
        if (!m_context.dryRun) {
            if (const auto written = m_context.storage.write(temporary, content); !written) {
                discard(m_plan, m_context.storage);
                return failure(ErrorKind::Unavailable, written.error().code, written.error().message, name);
            }
        }
        m_plan.files.append({row, temporary});
        return m_plan.files.size() - 1;
    }
    void addArtifact(const QString& kind, qsizetype file = -1, const std::optional<QByteArray>& meta = {})
    {
        m_plan.artifacts.append({kind, file, meta});
    }

    [[nodiscard]] const QString& outputFolder() const
    {
        if (!m_outputFolder)    // not before it is asked for: a probe, of which there are many, leaves nothing there
            m_outputFolder = outputFolderOf(m_context.job);
        return *m_outputFolder;
    }
    [[nodiscard]] HookPlan& plan() { return m_plan; }
    [[nodiscard]] const HookContext& context() const { return m_context; }

private:
    files::File newRow(const QString& key) const
    {
        files::File row;
        row.id = newId<FileId>();
        row.path = key;
        row.originalName = key.section(u'/', -1);
        row.userId = m_context.job.userId;
        row.createdAt = m_context.now;
        return row;
    }
    Result<files::FileFacts> lookAt(const QString& key) const
    {
        const auto known = m_context.known.constFind(key);
        return known == m_context.known.constEnd() ? m_context.storage.facts(key) : *known;
    }
    tl::unexpected<Error> outside(const QString& key, const QString& field) const
    {
        return failure(ErrorKind::Invalid, u"output_invalid"_s,
                       u"'%1' is not in the job's output folder '%2'"_s.arg(key.left(200), outputFolder()), field);
    }
    const HookContext& m_context;
    mutable std::optional<QString> m_outputFolder;
    HookPlan m_plan;
};

/// The file that was probed; nothing where the input cannot be read any more: then there is no file to describe.
std::optional<QString> probedFile(const jobs::Job& job)
{
    const auto input = parseInput(JobType::MediaProbe, job.inputData);
    const auto* probe = std::get_if<MediaProbeInput>(&input.value);
    return probe ? std::optional(probe->filePath) : std::nullopt;
}

Result<void> planMediaProbe(const MediaProbeOutput& output, PlanBuilder& builder)
{
    const auto file = probedFile(builder.context().job);
    if (!file)
        return {};
    return builder.addFile(*file, output.format.durationMs, u"/file_path"_s).map([](qsizetype) {});
}

Result<void> planSilenceDetect(const SilenceDetectOutput& output, PlanBuilder& builder)
{
    const QByteArray document = writeOutput(OutputPayload(output));
    return builder.addText(u"silence_segments.json"_s, u"application/json"_s, document).map([&](qsizetype file) {
        const nlohmann::json meta{{"segments", output.segments.size()}};
        builder.addArtifact(u"silence_segments"_s, file, QByteArray::fromStdString(meta.dump()));
    });
}

Result<void> planOneMediaFile(const QString& kind, const QString& path, std::optional<qint64> durationMs, PlanBuilder& builder)
{
    return builder.addWritten(path, durationMs, u"/output_data/file_path"_s).map([&](qsizetype file) { builder.addArtifact(kind, file); });
}

Result<void> planFrames(const FrameExtractOutput& output, PlanBuilder& builder)
{
    if (output.framesFolder) {
        if (const auto own = builder.requireOwnFolder(*output.framesFolder, u"/output_data/frames_folder"_s); !own)
            return own;
    }
    for (qsizetype i = 0; i < output.frames.size(); ++i) {
        const auto added = builder.addWritten(output.frames.at(i).filePath, {}, u"/output_data/frames/%1/file_path"_s.arg(i));
        if (!added)
            return errorOf(added);
        const nlohmann::json meta{{"timestamp_ms", output.frames.at(i).timestampMs}};
        builder.plan().files[*added].row.meta = QByteArray::fromStdString(meta.dump());
    }
    auto meta = nlohmann::json{{"frames", output.frames.size()}};
    if (output.framesFolder)
        meta["frames_folder"] = output.framesFolder->toStdString();
    // One artifact for each picture, so that each can be found, shown and pruned; the first also stands for the set.
    if (output.frames.isEmpty())
        builder.addArtifact(u"frames"_s, -1, QByteArray::fromStdString(meta.dump()));
    for (qsizetype i = 0; i < output.frames.size(); ++i)
        builder.addArtifact(u"frames"_s, i, i == 0 ? QByteArray::fromStdString(meta.dump()) : builder.plan().files.at(i).row.meta);
    return {};
}

Result<void> planTranscription(const TranscriptionGenerateOutput& output, PlanBuilder& builder)
{
    const QByteArray document = writeOutput(OutputPayload(output));
    const auto segments = copiedSegments<transcription::TranscriptSegment>(output.segments);
    struct Text {
        const char* kind;
        QString name;
        QString mimeType;
        QByteArray content;
    };
    const Text texts[] = {
        {"transcript_json", u"transcript.json"_s, u"application/json"_s, document},
        {"transcript_srt", u"transcript.srt"_s, u"application/x-subrip"_s, transcription::toSrt(segments)},
        {"transcript_vtt", u"transcript.vtt"_s, u"text/vtt"_s, transcription::toWebVtt(segments)},
    };
    for (const Text& text : texts) {
        const auto added = builder.addText(text.name, text.mimeType, text.content);
        if (!added)
            return errorOf(added);
        builder.addArtifact(QString::fromLatin1(text.kind), *added);
    }
    transcription::TranscriptionRow row;
    row.id = output.transcriptionId && !output.transcriptionId->isEmpty() ? *output.transcriptionId : newId<TranscriptionId>();
    row.jobId = builder.context().job.id;
    row.engine = output.engine ? output.engine->stored() : QString();
    row.model = output.model.value_or(QString());
    row.language = output.language.value_or(QString());
    row.text = output.text;
    row.document = document;
    row.createdAt = builder.context().now;
    builder.plan().transcription = row;
    return {};
}

}

QStringList filesNamedBy(const OutputPayload& output, const jobs::Job& job)
{
    return std::visit(base::Overloaded{
                          [&](const MediaProbeOutput&) {
                              const auto file = probedFile(job);
                              return file ? QStringList{*file} : QStringList{};
                          },
                          [](const FrameExtractOutput& typed) {
                              QStringList keys;
                              for (const FrameInfo& frame : typed.frames)
                                  keys.append(frame.filePath);
                              return keys;
                          },
                          [](const auto& typed) {
                              if constexpr (requires { typed.filePath; })
                                  return QStringList{typed.filePath};
                              else
                                  return QStringList{};
                          },
                      },
                      output);
}

Result<FactsByKey> factsOf(const OutputPayload& output, const jobs::Job& job, const files::Storage& storage, const CancelToken& cancel)
{
    FactsByKey known;
    for (const QString& key : filesNamedBy(output, job)) {
        const auto facts = storage.facts(key, cancel);
        if (facts)
            known.insert(key, *facts);
        else if (facts.error().kind == ErrorKind::NotFound)
            return failure(ErrorKind::NotFound, u"output_missing"_s,
                           u"What the run has made is not there any more: %1"_s.arg(facts.error().message));
        else if (facts.error().kind == ErrorKind::Cancelled)
            return errorOf(facts);
    }
    return known;
}

Result<HookPlan> planDoneHook(const OutputPayload& output, const HookContext& context)
{
    PlanBuilder builder(context);
    const auto planned = std::visit(
        base::Overloaded{
            [&](const MediaProbeOutput& probe) { return planMediaProbe(probe, builder); },
            [&](const SilenceDetectOutput& silences) { return planSilenceDetect(silences, builder); },
            [&](const SilenceApplyOutput& cut) { return planOneMediaFile(u"cut_media"_s, cut.filePath, cut.durationMs, builder); },
            [&](const MediaConvertOutput& converted) {
                return planOneMediaFile(u"converted_media"_s, converted.filePath, converted.durationMs, builder);
            },
            [&](const TranscriptionGenerateOutput& transcript) { return planTranscription(transcript, builder); },
            [&](const FrameExtractOutput& frames) { return planFrames(frames, builder); },
            [&](const CaptionsGenerateOutput& captions) {
                return planOneMediaFile(u"captioned_video"_s, captions.filePath, captions.durationMs, builder);
            },
            [&](const UnknownPayload&) { return Result<void>{}; },
        },
        output);
    if (!planned)
        return errorOf(planned);
    return std::move(builder.plan());
}

void discard(const HookPlan& plan, const files::Storage& storage)
{
    for (const HookFile& file : plan.files) {
        if (!file.temporaryKey.isEmpty()) {
            if (const auto removed = storage.remove(file.temporaryKey); !removed)
                continue;    // a leftover .part- file; sweeping finds it
        }
    }
}

}
