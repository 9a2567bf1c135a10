// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/actors.h"

namespace core::tasks {

/// The one output file or folder of a run: written under a temporary name beside its final one, which it gets by publish().
/// What was not published is removed when this goes.
class ActorOutput {
public:
    /// `name` is the final name in the job's own output folder.
    [[nodiscard]] static Result<ActorOutput> prepare(const RunTicket& ticket, const std::optional<QString>& outFolder, const QString& name,
                                                     const ActorContext& context);
    /// The same as a folder that is there already: for many files, or for what a tool needs on its way and nobody after it.
    [[nodiscard]] static Result<ActorOutput> prepareFolder(const RunTicket& ticket, const std::optional<QString>& outFolder,
                                                           const QString& name, const ActorContext& context);
    ActorOutput(ActorOutput&& other) noexcept;
    ActorOutput& operator=(ActorOutput&&) = delete;
    ~ActorOutput();

    [[nodiscard]] const QString& temporaryPath() const { return m_temporaryPath; }
    [[nodiscard]] const QString& key() const { return m_key; }
    /// Where it really shall go, if the name was settled only by the work itself (a suffix).
    void setName(const QString& name);
    [[nodiscard]] Result<void> publish();

private:
    ActorOutput(const files::Storage& storage, QString folder, QString name) : m_storage(&storage), m_folder(std::move(folder))
    {
        setName(name);
    }
    const files::Storage* m_storage;
    QString m_folder;
    QString m_key;
    QString m_temporaryPath;
};

/// What the output of a file is called before its suffix: short enough for any suffix of ours.
[[nodiscard]] QString outputBaseName(const QString& inputKey);

/// Where the outputs of a job stand: "<out_folder>/<job_id>".
[[nodiscard]] QString outputFolderOf(const jobs::Job& job);

}
