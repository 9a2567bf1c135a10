// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/submit_run.h"

#include "core/base/json_spelling.h"
#include "ui/base/format.h"
#include "ui/session/store_session.h"
#include "ui/submit/input_document.h"

#include <QFileInfo>

namespace ui {

using namespace Qt::StringLiterals;

SubmitRun::SubmitRun(StoreSession& session, SubmitBatch batch, QObject* parent)
    : QObject(parent), m_session(session), m_batch(std::move(batch))
{
}

void SubmitRun::next()
{
    ++m_at;
    emit progressed(m_at, m_batch.files.size());
    if (m_isAborted || m_at >= m_batch.files.size()) {
        emit finished();
        return;
    }
    core::whenDone(m_session.backend()->importFile(m_session.caller(), m_batch.files.at(m_at)), this,
                   [this](const core::Result<QString>& key) {
                       if (key)
                           submit(*key);
                       else
                           fail(key.error());
                   });
}

void SubmitRun::submit(const QString& key)
{
    core::tasks::SubmitRequest request = m_batch.request;
    InputDocument document(request.type, request.input);
    document.setValue(u"/file_path"_s, core::base::encodeJsonString(key));
    request.input = document.bytes();
    core::whenDone(m_session.backend()->submit(m_session.caller(), request), this,
                   [this](const core::Result<core::tasks::SubmitAnswer>& answer) {
                       if (!answer)
                           return fail(answer.error());
                       if (answer->reused)
                           ++m_reused;
                       else
                           m_made << answer->jobId;
                       next();
                   });
}

void SubmitRun::fail(const core::Error& error)
{
    ++m_failed;
    if (m_firstFailure.isEmpty())
        m_firstFailure = u"%1: %2"_s.arg(plainLine(QFileInfo(m_batch.files.at(m_at)).fileName()), plainLine(error.message));
    next();
}

QString SubmitRun::summary() const
{
    QStringList parts{m_made.size() == 1 ? tr("1 job made") : tr("%1 jobs made").arg(countText(m_made.size()))};
    if (m_reused > 0)
        parts << tr("%1 active already").arg(countText(m_reused));
    if (m_failed > 0)
        parts << tr("%1 failed (%2)").arg(countText(m_failed), m_firstFailure);
    if (const qint64 left = m_batch.files.size() - m_at; left > 0)
        parts << tr("%1 not begun").arg(countText(left));
    return parts.join(u", "_s);
}

}
