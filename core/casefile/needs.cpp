// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/needs.h"

#include "core/captions/repository.h"
#include "core/captions/style.h"
#include "core/jobs/repository.h"
#include "core/tasks/schemas.h"
#include "core/transcription/repository.h"

#include <algorithm>

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

Rerun impossible(const QString& code, const QString& message)
{
    return {false, code, message};
}

Rerun withoutInput(const QString& key, const CaseFile* file)
{
    if (!file)
        return impossible(u"input_masked"_s, u"Masking changed the name of its input file, so that it cannot be found"_s);
    switch (file->state) {
    case FileState::In: return {};
    case FileState::ByChoice: return impossible(u"input_left_out"_s, u"Its input file '%1' was left out when the case was made"_s.arg(key));
    case FileState::Missing:
        return impossible(u"input_missing"_s, u"Its input file '%1' was not in the storage any more when the case was made"_s.arg(key));
    case FileState::Secret:
    case FileState::TooLarge:
        return impossible(u"input_secret"_s, u"Its input file '%1' is a text that may hold a secret, and was left out"_s.arg(key));
    }
    Q_UNREACHABLE();
}

Result<Rerun> withoutNeeds(const Needs& needs, database::Database& rows)
{
    if (needs.detectJob) {
        const auto job = jobs::JobRepository(rows).findSummary(*needs.detectJob);
        if (!job)
            return errorOf(job);
        if (!*job || (*job)->status != JobStatus::Done)
            return impossible(u"need_missing"_s,
                              u"It cuts by the silences of job %1, which is not there or has found none"_s.arg(needs.detectJob->text));
    }
    if (needs.transcription) {
        const auto row = transcription::TranscriptionRepository(rows).find(*needs.transcription);
        if (!row)
            return errorOf(row);
        if (!*row)
            return impossible(u"need_missing"_s, u"Its transcription %1 is not there"_s.arg(needs.transcription->text));
    }
    if (needs.preset) {
        const auto preset = captions::PresetRepository(rows).find(*needs.preset);
        if (!preset)
            return errorOf(preset);
        if (!*preset)
            return impossible(u"need_missing"_s, u"Its caption preset %1 is not there"_s.arg(needs.preset->text));
    }
    return Rerun{};
}

}

Needs needsOf(JobType type, const QByteArray& input)
{
    const auto parsed = tasks::parseInput(type, input);
    return std::visit(
        [](const auto& typed) {
            Needs needs;
            if constexpr (requires { typed.filePath; })
                needs.filePath = typed.filePath;
            if constexpr (requires { typed.detectJobId; })
                needs.detectJob = typed.detectJobId;
            if constexpr (requires {
                              typed.transcriptionId;
                              typed.presetId;
                          }) {
                needs.transcription = typed.transcriptionId;
                if (typed.presetId && !captions::findBuiltinPreset(*typed.presetId))
                    needs.preset = typed.presetId;
            }
            return needs;
        },
        parsed.value);
}

Result<Rerun> rerunOf(JobType type, const QByteArray& maskedInput, const QList<CaseFile>& files, bool isInputMasked,
                      database::Database& rows)
{
    if (type == JobType::Unknown)
        return impossible(u"type_unknown"_s, u"This program does not know its type of job"_s);
    const Needs needs = needsOf(type, maskedInput);
    if (needs.filePath.isEmpty())
        return impossible(u"input_invalid"_s, u"Its input cannot be read or names no file"_s);
    const auto file = std::find_if(files.begin(), files.end(), [&](const CaseFile& each) { return each.key == needs.filePath; });
    const Rerun input = withoutInput(needs.filePath, file == files.end() ? nullptr : &*file);
    if (!input.isPossible)
        return input;
    auto rerun = withoutNeeds(needs, rows);
    if (rerun && rerun->isPossible && isInputMasked)
        return Rerun{true, u"input_masked"_s, u"Secrets in its input were masked: a new run gets [masked] in their place"_s};
    return rerun;
}

Rerun withStorage(Rerun rerun, const QString& inputKey, const files::Storage& storage)
{
    const bool lacksFile = rerun.code == "input_left_out"_L1 || rerun.code == "input_missing"_L1 || rerun.code == "input_secret"_L1;
    if (rerun.isPossible || !lacksFile)
        return rerun;
    const auto found = storage.look(inputKey);
    return found && found->what == files::Found::What::File ? Rerun{} : rerun;
}

}
