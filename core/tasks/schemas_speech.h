// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_types.h"

namespace core::tasks {

enum class SpeechEngine { PocketSphinx, OpenAi, Unknown };
[[nodiscard]] std::span<const Spelling<SpeechEngine>> spellings(SpeechEngine);

struct TranscriptWord {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QString text;
    std::optional<double> confidence;
    bool operator==(const TranscriptWord&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("start_ms", startMs, "Start, milliseconds from the beginning of the file.");
        f.required("end_ms", endMs, "End, milliseconds.");
        f.required("text", text, "The word.");
        f.optional("confidence", confidence, "How sure the engine is, 0 to 1.");
    }
};

struct TranscriptSegment {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QString text;
    std::optional<double> confidence;
    QList<TranscriptWord> words;
    bool operator==(const TranscriptSegment&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("start_ms", startMs, "Start, milliseconds from the beginning of the file.");
        f.required("end_ms", endMs, "End, milliseconds.");
        f.required("text", text, "What is said.");
        f.optional("confidence", confidence, "How sure the engine is, 0 to 1.");
        f.optional("words", words, "The same, word by word.");
    }
};

struct TranscriptionGenerateInput {
    QString filePath;
    Word<SpeechEngine> engine = SpeechEngine::PocketSphinx;
    std::optional<QString> model;
    std::optional<QString> language;
    bool wordTimestamps = true;
    bool operator==(const TranscriptionGenerateInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the file to listen to.", Rule{.notEmpty = true});
        f.optional("engine", engine, "Who listens.");
        f.optional("model", model, "The engine's model; without it the engine's own choice.");
        f.optional("language", language, "Language spoken, such as en or de-CH.");
        f.optional("word_timestamps", wordTimestamps, "Whether each word gets its times.");
    }
};

struct TranscriptionGenerateOutput {
    std::optional<TranscriptionId> transcriptionId;
    std::optional<Word<SpeechEngine>> engine;
    std::optional<QString> model;
    std::optional<QString> language;
    std::optional<qint64> durationMs;
    QString text;
    QList<TranscriptSegment> segments;
    bool operator==(const TranscriptionGenerateOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.optional("transcription_id", transcriptionId, "The transcription's row.");
        f.optional("engine", engine, "Who listened.");
        f.optional("model", model, "The engine's model.");
        f.optional("language", language, "Language asked for or found.");
        f.optional("duration_ms", durationMs, "Length of the file, milliseconds.");
        f.required("text", text, "All that was said.");
        f.required("segments", segments, "The same in pieces, in order of time.");
    }
};

}
