// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_type.h"

namespace core::jobs {

using namespace Qt::StringLiterals;

QString jobTypeName(JobType type)
{
    switch (type) {
    case JobType::MediaProbe: return u"MEDIA_PROBE"_s;
    case JobType::SilenceDetect: return u"SILENCE_DETECT"_s;
    case JobType::SilenceApply: return u"SILENCE_APPLY"_s;
    case JobType::MediaConvert: return u"MEDIA_CONVERT"_s;
    case JobType::TranscriptionGenerate: return u"TRANSCRIPTION_GENERATE"_s;
    case JobType::FrameExtract: return u"FRAME_EXTRACT"_s;
    case JobType::CaptionsGenerate: return u"CAPTIONS_GENERATE"_s;
    case JobType::Unknown: return u"UNKNOWN"_s;
    }
    Q_UNREACHABLE();
}

QString jobTypeRoute(JobType type)
{
    return jobTypeName(type).toLower().replace(u'_', u'-');
}

JobType parseJobType(QStringView text)
{
    const QString name = text.toString().toUpper().replace(u'-', u'_');
    for (const JobType type : allJobTypes()) {
        if (jobTypeName(type) == name)
            return type;
    }
    return JobType::Unknown;
}

QList<JobType> allJobTypes()
{
    return {JobType::MediaProbe,   JobType::SilenceDetect,   JobType::SilenceApply, JobType::MediaConvert, JobType::TranscriptionGenerate,
            JobType::FrameExtract, JobType::CaptionsGenerate};
}

}
