// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/actor_output.h"

#include "core/base/file_names.h"
#include "core/tasks/task_service.h"

#include <QDir>
#include <QFileInfo>

namespace core::tasks {

using namespace Qt::StringLiterals;

Result<ActorOutput> ActorOutput::prepare(const RunTicket& ticket, const std::optional<QString>& outFolder, const QString& name,
                                         const ActorContext& context)
{
    ActorOutput output(context.storage, outputFolderOf(ticket.job.id, outFolder), name);
    const auto temporary = context.storage.temporaryFor(output.m_key, QString::number(ticket.attempt));
    if (!temporary)
        return errorOf(temporary);
    output.m_temporaryPath = *temporary;
    return output;
}

Result<ActorOutput> ActorOutput::prepareFolder(const RunTicket& ticket, const std::optional<QString>& outFolder, const QString& name,
                                               const ActorContext& context)
{
    auto output = prepare(ticket, outFolder, name, context);
    if (output && !QDir().mkpath(output->m_temporaryPath))
        return failure(ErrorKind::Unavailable, u"storage_failed"_s, u"The folder for '%1' could not be made"_s.arg(output->m_key));
    return output;
}

ActorOutput::ActorOutput(ActorOutput&& other) noexcept
    : m_storage(other.m_storage),
      m_folder(other.m_folder),
      m_key(other.m_key),
      m_temporaryPath(std::exchange(other.m_temporaryPath, QString()))
{
}

ActorOutput::~ActorOutput()
{
    if (m_temporaryPath.isEmpty())
        return;
    const QFileInfo left(m_temporaryPath);
    const bool gone = left.isDir() ? QDir(m_temporaryPath).removeRecursively() : !left.exists() || QFile::remove(m_temporaryPath);
    if (!gone)
        qWarning("A half-written output could not be removed; the next run of its job will");
}

void ActorOutput::setName(const QString& name)
{
    m_key = m_folder + u'/' + name;
}

Result<void> ActorOutput::publish()
{
    // An earlier attempt may have got as far as this before its worker died; a folder is not replaced by a rename.
    if (QFileInfo(m_temporaryPath).isDir()) {
        if (const auto cleared = m_storage->removeFolder(m_key); !cleared)
            return cleared;
    }
    const auto published = m_storage->publish(m_temporaryPath, m_key);
    if (published)
        m_temporaryPath.clear();
    return published;
}

QString outputBaseName(const QString& key)
{
    constexpr qsizetype roomForSuffix = 55;
    const QString name = QFileInfo(key).completeBaseName();
    return name.isEmpty() ? u"output"_s : base::cutToBytes(name, base::longestFileName - roomForSuffix);
}

QString outputFolderOf(const jobs::Job& job)
{
    const auto outFolder = std::visit(
        [](const auto& input) -> std::optional<QString> {
            if constexpr (requires { input.outFolder; })
                return input.outFolder;
            else
                return {};
        },
        parseInput(job.type, job.inputData).value);
    return outputFolderOf(job.id, outFolder);
}

}
