// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/demo.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "ui/session/store_session.h"

namespace signalbox {

using namespace Qt::StringLiterals;
using core::JobType;
using core::Result;

Demo::Demo(ui::StoreSession& session, QString file, QObject* parent) : QObject(parent), m_session(session), m_file(std::move(file))
{
    connect(&session, &ui::StoreSession::changed, this, &Demo::look);
    connect(&session, &ui::StoreSession::changedMuch, this, &Demo::look);
    connect(&session, &ui::StoreSession::stateChanged, this, [this] {
        if (m_key.isEmpty() && m_session.isOpen())
            start();
    });
}

void Demo::start()
{
    if (!m_session.isOpen())
        return;    // stateChanged calls again
    core::whenDone(m_session.backend()->importFile(m_session.caller(), m_file), this, [this](const Result<QString>& key) {
        if (!key) {
            m_problems << key.error().message;
            m_left = 0;
            emit finished(m_problems);
            return;
        }
        m_key = *key;
        submit(JobType::MediaProbe, {});
        submit(JobType::SilenceDetect, {});
        submit(JobType::TranscriptionGenerate, {});
        submit(JobType::FrameExtract, ",\"interval_ms\":1000");
        submit(JobType::MediaConvert, R"(,"container":"webm")");
    });
}

void Demo::submit(JobType type, const QByteArray& further)
{
    core::tasks::SubmitRequest request;
    request.type = type;
    request.input = "{\"file_path\":" + core::base::encodeJsonString(m_key) + further + '}';
    request.force = true;
    core::whenDone(m_session.backend()->submit(m_session.caller(), request), this,
                   [this, type](const Result<core::tasks::SubmitAnswer>& answer) {
                       if (!answer) {
                           problem(type, answer.error().message);
                           return;
                       }
                       m_open.insert(answer->jobId, type);
                       look();
                   });
}

void Demo::look()
{
    if (m_open.isEmpty() || !m_session.isOpen())
        return;
    core::whenDone(m_session.backend()->jobRows(m_open.keys()), this, [this](const Result<QList<core::jobs::JobSummary>>& rows) {
        if (!rows)
            return;    // the next change looks again
        for (const auto& job : *rows) {
            if (core::jobs::isTerminal(job.status) && m_open.remove(job.id))
                follow(job);
        }
    });
}

void Demo::follow(const core::jobs::JobSummary& job)
{
    const bool done = job.status == core::JobStatus::Done;
    if (!done)
        m_problems << u"%1: %2"_s.arg(job.typeText, job.errorMessage);
    --m_left;
    if (job.type == JobType::SilenceDetect) {
        if (done)
            submit(JobType::SilenceApply, ",\"detect_job_id\":" + core::base::encodeJsonString(job.id.text));
        else
            problem(JobType::SilenceApply, u"there are no silences to cut"_s);
    }
    if (job.type == JobType::TranscriptionGenerate && done) {
        core::whenDone(m_session.backend()->job(job.id), this, [this](const Result<core::backend::JobDetails>& details) {
            const auto output = details ? core::JsonText::parse(details->job.outputData.value_or("{}")) : core::errorOf(details);
            const auto transcript = output ? output->find(u"/transcription_id") : std::nullopt;
            if (transcript)
                submit(JobType::CaptionsGenerate, ",\"renderer\":\"local\",\"transcription_id\":" + transcript->raw().toByteArray());
            else
                problem(JobType::CaptionsGenerate, u"there is no transcript"_s);
        });
    } else if (job.type == JobType::TranscriptionGenerate) {
        problem(JobType::CaptionsGenerate, u"there is no transcript"_s);
    }
    endIfAllEnded();
}

void Demo::problem(JobType type, const QString& why)
{
    m_problems << u"%1: %2"_s.arg(core::jobs::jobTypeName(type), why);
    --m_left;
    endIfAllEnded();
}

void Demo::endIfAllEnded()
{
    if (m_left == 0)
        emit finished(m_problems);
}

}
