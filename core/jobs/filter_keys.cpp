// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter.h"
#include "core/jobs/filter_values.h"

namespace core::jobs {

using namespace Qt::StringLiterals;

const QList<FilterKeyHelp>& filterKeys()
{
    static const QList<FilterKeyHelp> keys{
        {FilterKey::Status, u"status"_s, u"The job's state; 'active' and 'finished' stand for several, 'unknown' for foreign words."_s,
         u"status:failed,cancelled"_s, statusWords()},
        {FilterKey::Type, u"type"_s, u"The kind of job, also by one of its words if only one kind has it."_s, u"type:captions"_s,
         typeWords()},
        {FilterKey::Owner, u"owner"_s, u"The user it belongs to; \"\" for none."_s, u"owner:u-12"_s, {}},
        {FilterKey::Project, u"project"_s, u"The project it belongs to; \"\" for none."_s, u"project:spring-*"_s, {}},
        {FilterKey::Id, u"id"_s, u"How its id begins, in exact case."_s, u"id:018f"_s, {}},
        {FilterKey::RetriedFrom, u"retried-from"_s, u"How the id of the job begins that it repeats."_s, u"retried-from:018f"_s, {}},
        {FilterKey::Since,
         u"since"_s,
         u"Created then or later: an age (30s, 15m, 2h, 3d, 1w), a date or an ISO time (UTC)."_s,
         u"since:2h"_s,
         {}},
        {FilterKey::Before, u"before"_s, u"Created earlier than this age, date or ISO time (UTC)."_s, u"before:2026-11-01"_s, {}},
        {FilterKey::Attempt, u"attempt"_s, u"How often it was started."_s, u"attempt:>=2"_s, {}},
        {FilterKey::Took, u"took"_s, u"From its start to its end; only finished jobs have this."_s, u"took:>30s"_s, {}},
        {FilterKey::Error, u"error"_s, u"Text within its error message or error code."_s, u"error:\"exit 1\""_s, {}},
        {FilterKey::Message, u"message"_s, u"Text within its current message."_s, u"message:rendering"_s, {}},
        {FilterKey::Has, u"has"_s, u"Whether it has an error, has an output, or was asked to cancel."_s, u"has:error"_s, hasWords()},
        {FilterKey::Input, u"input."_s, u"A value in its input, by path; numbers also with < > <= >=."_s, u"input.file_path:*.mp4"_s, {}},
        {FilterKey::Output,
         u"output."_s,
         u"A value in its output, by path; numbers also with < > <= >=."_s,
         u"output.segments[0].start_ms:>500"_s,
         {}},
    };
    return keys;
}

QString filterKeyName(FilterKey key)
{
    for (const FilterKeyHelp& help : filterKeys()) {
        if (help.key == key)
            return help.name;
    }
    return {};
}

}
