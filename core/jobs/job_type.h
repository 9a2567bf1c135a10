// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace core::jobs {

/// The seven kinds of job. A stored row of any other kind is Unknown: shown as it is, never run.
enum class JobType {
    MediaProbe,
    SilenceDetect,
    SilenceApply,
    MediaConvert,
    TranscriptionGenerate,
    FrameExtract,
    CaptionsGenerate,
    Unknown
};

/// As rows store it: "MEDIA_PROBE". "UNKNOWN" for Unknown, which no row of ours holds.
[[nodiscard]] QString jobTypeName(JobType type);

/// As routes and people write it: "media-probe".
[[nodiscard]] QString jobTypeRoute(JobType type);

/// Either spelling, in any case; Unknown for anything else.
[[nodiscard]] JobType parseJobType(QStringView text);

/// The seven, in the order of the design.
[[nodiscard]] QList<JobType> allJobTypes();

}

namespace core {
using jobs::JobType;
}
