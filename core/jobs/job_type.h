// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace core::jobs {

/// The seven kinds of media job; Unknown is a stored word of another program's, shown as it is.
enum class JobType { MediaProbe, SilenceDetect, SilenceApply, MediaConvert, TranscriptionGenerate, FrameExtract, CaptionsGenerate, Unknown };

/// As stored: "MEDIA_PROBE". Empty for Unknown.
[[nodiscard]] QString jobTypeName(JobType type);
/// As in routes and on the command line: "media-probe". Empty for Unknown.
[[nodiscard]] QString jobTypeRoute(JobType type);
/// Either spelling, any case; everything else is Unknown.
[[nodiscard]] JobType parseJobType(QStringView text);
/// The seven, in the order of the documentation.
[[nodiscard]] const QList<JobType>& allJobTypes();

}
