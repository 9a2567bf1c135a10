// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"

#include <QFile>
#include <QFileInfo>

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

Result<qint64> copyOut(const Result<QString>& source, const QString& key, const QString& path)
{
    if (!source)
        return errorOf(source);
    QFile file(*source);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, u"file_missing"_s, u"'%1' is not in the storage"_s.arg(key), u"path"_s);
    // A link counts as well, also one that leads to nothing: to write through it would make a file nobody named.
    if (const QFileInfo target(path); target.exists() || target.isSymLink())
        return failure(ErrorKind::Conflict, u"file_exists"_s, u"%1 exists already"_s.arg(path), u"path"_s);
    QFile copy(path);
    if (!copy.open(QIODevice::WriteOnly | QIODevice::NewOnly))    // what came there since is not written to either
        return failure(ErrorKind::Unavailable, u"copy_failed"_s, u"%1 cannot be written: %2"_s.arg(path, copy.errorString()), u"path"_s);
    QByteArray block(1 << 20, Qt::Uninitialized);
    qint64 got = 0;
    bool written = true;
    while (written && (got = file.read(block.data(), block.size())) > 0)
        written = copy.write(block.constData(), got) == got;
    if (!written || got < 0 || !copy.flush()) {
        const QString cause = got < 0 ? file.errorString() : copy.errorString();
        copy.remove();
        return failure(ErrorKind::Unavailable, u"copy_failed"_s, u"%1 cannot be written: %2"_s.arg(path, cause), u"path"_s);
    }
    return copy.size();
}

}

Pending<tasks::SubmitAnswer> DirectBackend::submit(const Caller& caller, const tasks::SubmitRequest& request)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) { return session.tasks->submit(caller, request); });
}

Pending<tasks::ReuseExplanation> DirectBackend::explainSubmit(const Caller& caller, const tasks::SubmitRequest& request)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) -> Result<tasks::ReuseExplanation> {
        auto explanation = session.tasks->explainSubmit(caller, request);
        if (explanation && explanation->twin)
            explanation->twin = masked(std::move(*explanation->twin));
        return explanation;
    });
}

Pending<PresetId> DirectBackend::savePreset(const Caller& caller, const tasks::PresetDraft& draft)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) { return session.tasks->savePreset(caller, draft); });
}

Pending<bool> DirectBackend::removePreset(const Caller& caller, const PresetId& id)
{
    return m_state->acts->run(
        [=, caller = m_state->here(caller)](Session& session) { return session.tasks->removePreset(caller, id).map([] { return true; }); });
}

Pending<bool> DirectBackend::undo(const Caller& caller, const JournalId& id)
{
    return m_state->acts->run(
        [=, caller = m_state->here(caller)](Session& session) { return session.tasks->undo(caller, id).map([] { return true; }); });
}

Pending<QString> DirectBackend::importFile(const Caller& caller, const QString& path)
{
    return m_state->fileWork.run([=, caller = m_state->here(caller), storage = m_state->settings.storage, limits = m_state->options.limits,
                                  isCase = isCaseFile()]() -> Result<QString> {
        if (isCase)
            return tl::make_unexpected(inCaseFile());
        if (const auto allowed = base::requireWrite(caller); !allowed)
            return errorOf(allowed);
        if (const qint64 size = QFileInfo(path).size(); size > limits.inputBytes)    // before it is copied, not after
            return failure(ErrorKind::TooLarge, u"file_too_large"_s,
                           u"'%1' has %2 bytes; the limit is %3"_s.arg(path).arg(size).arg(limits.inputBytes), u"file_path"_s);
        if (const auto key = storage.keyOf(path))
            return *key;
        return storage.importFile(path).map([](const files::StoredFile& stored) { return stored.key; });
    });
}

Pending<qint64> DirectBackend::exportFile(const QString& storageKey, const QString& path)
{
    return m_state->fileWork.run([=, state = m_state.get()] { return copyOut(state->locate(storageKey), storageKey, path); });
}

Pending<tasks::CancelAnswer> DirectBackend::cancel(const Caller& caller, const JobId& id, const QString& reason)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) { return session.tasks->cancel(caller, id, reason); });
}

Pending<tasks::BulkAnswer> DirectBackend::cancelMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                                     const tasks::ActControl& control)
{
    return m_state->bulk->run([=, caller = m_state->here(caller), control = m_state->untilClosing(control)](Session& session) {
        return masked(session.tasks->cancelMany(caller, ids, reason, control));
    });
}

Pending<tasks::BulkAnswer> DirectBackend::resubmitMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                                       const tasks::ActControl& control)
{
    return m_state->bulk->run([=, caller = m_state->here(caller), control = m_state->untilClosing(control)](Session& session) {
        return masked(session.tasks->resubmitMany(caller, ids, reason, control));
    });
}

Pending<tasks::SubmitAnswer> DirectBackend::resubmit(const Caller& caller, const tasks::ResubmitRequest& request)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) { return session.tasks->resubmit(caller, request); });
}

Pending<tasks::PruneAnswer> DirectBackend::prune(const Caller& caller, const tasks::PruneRequest& request)
{
    StoreLane& lane = request.dryRun ? *m_state->rehearsals : *m_state->bulk;    // a preview waits for no act that is under way
    return lane.run([=, caller = m_state->here(caller)](Session& session) { return session.tasks->prune(caller, request); });
}

Pending<QueueState> DirectBackend::setQueuePaused(const Caller& caller, bool paused)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) -> Result<QueueState> {
        if (const auto set = session.tasks->setQueuePaused(caller, paused); !set)
            return errorOf(set);
        return readQueue(*session.database);
    });
}

}
