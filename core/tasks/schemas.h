// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/jobs/job_type.h"
#include "core/tasks/schemas_captions.h"
#include "core/tasks/schemas_frames.h"
#include "core/tasks/schemas_media.h"
#include "core/tasks/schemas_silence.h"
#include "core/tasks/schemas_speech.h"

#include <variant>

namespace core::tasks {

using InputPayload = std::variant<MediaProbeInput, SilenceDetectInput, SilenceApplyInput, MediaConvertInput, TranscriptionGenerateInput,
                                  FrameExtractInput, CaptionsGenerateInput, UnknownPayload>;
using OutputPayload = std::variant<MediaProbeOutput, SilenceDetectOutput, SilenceApplyOutput, MediaConvertOutput,
                                   TranscriptionGenerateOutput, FrameExtractOutput, CaptionsGenerateOutput, UnknownPayload>;

/// Tolerant: never fails. What cannot be read has its default and a diagnostic; no object, or an unknown type, gives an UnknownPayload.
[[nodiscard]] Parsed<InputPayload> parseInput(JobType type, const QByteArray& bytes);
[[nodiscard]] Parsed<InputPayload> parseInput(JobType type, const JsonText& json);
[[nodiscard]] Parsed<OutputPayload> parseOutput(JobType type, const QByteArray& bytes);

/// A fresh document: required keys and every option that has a value, in the order of the field list.
[[nodiscard]] QByteArray writeInput(const InputPayload& payload);
[[nodiscard]] QByteArray writeOutput(const OutputPayload& payload);
/// The stored document with the keys whose value differs from what the document says; every other byte as it was. An option that lost its value
/// loses its key. A value of another type than the document's is written afresh.
[[nodiscard]] QByteArray writeInput(const Parsed<InputPayload>& payload);
[[nodiscard]] QByteArray writeOutput(const Parsed<OutputPayload>& payload);

/// What stands against running it: the reader's errors and broken rules, one entry for each field. What was forgiven, and unknown keys, do not.
[[nodiscard]] QList<Diagnostic> inputProblems(const InputPayload& payload, const QList<Diagnostic>& diagnostics = {});
/// What makes a worker's output unfit to record: required keys missing, wrong types, broken rules. Words nobody knows are let through.
[[nodiscard]] QList<Diagnostic> outputProblems(const OutputPayload& payload, const QList<Diagnostic>& diagnostics = {});

/// Invalid, input_invalid or output_invalid: `field` is the first problem's pointer, `message` its sentence, `detail` a line for each problem.
[[nodiscard]] Result<void> validateInput(const InputPayload& payload, const QList<Diagnostic>& diagnostics = {});
[[nodiscard]] Result<void> validateOutput(const OutputPayload& payload, const QList<Diagnostic>& diagnostics = {});

/// The same bytes for inputs that mean the same job: defaults filled in, null options dropped, forgiven values mended, unknown keys kept, keys
/// sorted, numbers in one spelling, no white space. What cannot be read stands as it is. Bytes that are no JSON come back unchanged.
[[nodiscard]] QByteArray canonicalInput(JobType type, const QByteArray& bytes);
[[nodiscard]] QByteArray canonicalInput(JobType type, const JsonText& json);

/// JSON Schema (draft 7) of a payload. For JobType::Unknown the schema that takes anything.
[[nodiscard]] QByteArray inputJsonSchema(JobType type);
[[nodiscard]] QByteArray outputJsonSchema(JobType type);

/// One line of the inspector.
struct FieldRow {
    QString key;          ///< "noise_db", or "[2]" for a list's element
    QString pointer;      ///< "/segments/2/start_ms"
    QString help;         ///< the field's description; empty for an element
    QString value;        ///< as text; empty for a struct, "3 items" for a list
    int level = 0;        ///< 0 for the payload's own keys
    bool isSet = true;    ///< false for an option without a value
    bool operator==(const FieldRow&) const = default;
};

/// The payload line by line; of each list at most `maxElements`, then a line that says how many more there are.
[[nodiscard]] QList<FieldRow> inputRows(const InputPayload& payload, qsizetype maxElements = 200);
[[nodiscard]] QList<FieldRow> outputRows(const OutputPayload& payload, qsizetype maxElements = 200);

}
