// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_types.h"

namespace core::tasks {

struct Segment {
    qint64 startMs = 0;
    qint64 endMs = 0;
    bool operator==(const Segment&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("start_ms", startMs, "Start, milliseconds from the beginning of the file.", Rule{.minimum = 0});
        f.required("end_ms", endMs, "End, milliseconds; greater than the start.", Rule{.minimum = 0});
        f.ordered("start_ms", startMs, "end_ms", endMs);
    }
};

struct SilenceDetectInput {
    QString filePath;
    double noiseDb = -30;
    qint64 minSilenceMs = 500;
    bool operator==(const SilenceDetectInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the file to listen to.", Rule{.notEmpty = true});
        f.optional("noise_db", noiseDb, "What is quieter than this is silence, decibels.", Rule{.minimum = -120, .maximum = 0});
        f.optional("min_silence_ms", minSilenceMs, "Shorter silences do not count, milliseconds.", Rule{.minimum = 1});
    }
};

struct SilenceDetectOutput {
    std::optional<qint64> durationMs;    ///< older rows lack it
    std::optional<qint64> totalSilenceMs;
    QList<Segment> segments;
    bool operator==(const SilenceDetectOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.optional("duration_ms", durationMs, "Length of the file, milliseconds.");
        f.optional("total_silence_ms", totalSilenceMs, "Length of all silences together, milliseconds.");
        f.required("segments", segments, "Silences, in order, without overlap.");
    }
};

struct SilenceApplyInput {
    QString filePath;
    std::optional<QString> outFolder;
    std::optional<QList<Segment>> segments;
    std::optional<JobId> detectJobId;
    qint64 paddingMs = 100;
    bool operator==(const SilenceApplyInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the file to cut.", Rule{.notEmpty = true});
        f.optional("out_folder", outFolder, "Folder for the result, below the storage root.");
        f.optional("segments", segments, "The silences to remove.");
        f.optional("detect_job_id", detectJobId, "Or: the SILENCE_DETECT job that found them.", Rule{.notEmpty = true});
        f.exactlyOne("segments", "detect_job_id");
        f.optional("padding_ms", paddingMs, "Kept on each side of a cut, milliseconds.", Rule{.minimum = 0});
    }
};

struct SilenceApplyOutput {
    QString filePath;
    std::optional<qint64> durationMs;
    std::optional<qint64> removedMs;
    std::optional<qint64> sizeBytes;
    bool operator==(const SilenceApplyOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the cut file.", Rule{.notEmpty = true});
        f.optional("duration_ms", durationMs, "Length of the result, milliseconds.");
        f.optional("removed_ms", removedMs, "What was cut away, milliseconds.");
        f.optional("size_bytes", sizeBytes, "Size of the result, bytes.");
    }
};

}
