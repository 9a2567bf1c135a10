// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/case_files.h"
#include "core/backend/delivery_acts.h"
#include "core/backend/long_reads.h"

#include <memory>

namespace core::backend {

/// Whether a store path is the URL of one on a Postgres server (core/database/store_url.h says which).
[[nodiscard]] bool isOnServer(const QString& storePath);

struct DirectBackendOptions {
    QString storePath;
    QString storagePath;    ///< made when missing and writable
    bool readOnly = false;
    QString connectionName = QStringLiteral("embedded");
    QString password;          ///< for a server; empty: as libpq finds one (service file, password file, environment)
    bool mayMigrate = true;    ///< false: a store of an older version is refused (store_old), as the console does with servers
    media::Tools tools;
    media::Limits limits;
    std::chrono::milliseconds busyTimeout{10'000};

    // Of a store on a server:
    /// What a list or a page may take; a count, or what is for many rows, four times that. (Single rows and the live feed: 10 s at most; an
    /// act's statement 30 s, of an act on many 2 minutes.) A server that stops answering is given up 3 s after that.
    std::chrono::milliseconds readTimeout{30'000};
    /// How late another process's change is seen where its notification was lost.
    std::chrono::milliseconds safetyPoll{5000};
    std::chrono::milliseconds beatEvery{10'000};    ///< how often the connection that notifications come over is tried
};

/// The core in this process on an SQLite file or a Postgres server. Acts have a lane and a connection of their own, so that a slow list never
/// holds up a cancel; lists, single rows and the live feed, whole stories and what counts have one each; work on many rows has one. On a
/// server they are opened when first used, those for rare work closed after it, and all but those for acts can only read: six at the most
/// while nothing rare is under way, named by the program and what each is for, the sixth for notifications. Workers have two of their own. Once a
/// server has refused the login (store_login) no lane tries it again: open another backend.
class DirectBackend final : public Backend, public LongReads, public CaseFiles, public DeliveryActs {
public:
    /// Opens and migrates the store, makes the webhooks' key file ("<store>.key") and the storage folder; read-only it makes neither, and a key
    /// file that cannot be read is done without. Blocks for as long as that takes.
    /// A case file (core/casefile) is told by its marker: nothing is made or migrated then, its files come out of it into a folder that goes
    /// with the connection, and every act is refused (case_file), whatever the options say.
    [[nodiscard]] static Result<std::unique_ptr<DirectBackend>> open(const DirectBackendOptions& options);
    ~DirectBackend() override;

    [[nodiscard]] Capabilities capabilities() const override;
    Pending<jobs::JobPage> listJobs(const jobs::Filter& filter, const jobs::PageRequest& request) override;
    Pending<jobs::JobCount> countJobs(const jobs::Filter& filter, int ceiling) override;
    Pending<jobs::JobPage> listJobs(const jobs::Filter& filter, const jobs::PageRequest& request, const ReadHandle& handle) override;
    Pending<jobs::JobCount> countJobs(const jobs::Filter& filter, int ceiling, const ReadHandle& handle) override;
    Pending<std::optional<qint64>> estimateJobs(const jobs::Filter& filter) override;
    Pending<QList<jobs::JobEvent>> eventsBefore(const JobId& id, qint64 sequence, int limit) override;
    Pending<jobs::JobIds> jobIds(const jobs::Filter& filter, int limit) override;
    Pending<tasks::JobScope> freezeJobs(const tasks::ScopeRequest& request) override;
    Pending<tasks::JobScope> freezeJobs(const tasks::ScopeRequest& request, const ReadHandle& handle) override;
    Pending<QList<jobs::JobSummary>> jobRows(const QList<JobId>& ids) override;
    Pending<JobDetails> job(const JobId& id) override;
    Pending<JobId> resolveJobId(const QString& beginning) override;
    Pending<DeliveryId> resolveDeliveryId(const QString& beginning) override;
    Pending<QList<jobs::JobEvent>> events(const JobId& id) override;
    Pending<QList<jobs::JobAttempt>> attempts(const JobId& id) override;
    Pending<QList<webhooks::Delivery>> deliveries(const std::optional<JobId>& id, int limit) override;
    Pending<webhooks::Delivery> delivery(const DeliveryId& id) override;
    Pending<QList<files::ArtifactWithFile>> artifacts(const JobId& id) override;
    Pending<QList<notifications::Notification>> notificationsOf(const JobId& id) override;
    Pending<QList<jobs::JournalEntry>> journal(int limit) override;
    Pending<ChangePage> changesAfter(qint64 position, int limit) override;
    Pending<qint64> lastChange() override;
    Pending<QueueState> queueState() override;
    Pending<QList<Finding>> doctor() override;

    // Reading files
    Pending<QString> localFile(const QString& storageKey) override;
    Pending<media::Peaks> peaks(const QString& storageKey, int buckets, const CancelToken& cancel) override;
    Pending<QByteArray> posterFrame(const QString& storageKey, qint64 atMs, int width, const CancelToken& cancel) override;

    // Reading for the inspector
    Pending<JobStory> jobStory(const JobId& id) override;
    Pending<QByteArray> payload(const JobId& id, PayloadPart part) override;
    Pending<QList<HostFailures>> failuresByHost(const QString& storedType, const QString& errorCode, Time since) override;
    Pending<webhooks::SignatureReport> examineSignature(const DeliveryId& id, const QByteArray& typedSecret) override;
    Pending<webhooks::SignatureReport> examineSignature(const DeliveryId& id, const QByteArray& typedSecret,
                                                        const ReadHandle& handle) override;

    // Reading for the pages: statistics
    Pending<StoreSummary> summary() override;
    Pending<Dashboard> dashboard(const jobs::StatisticsRequest& request) override;
    Pending<Dashboard> dashboard(const jobs::StatisticsRequest& request, const ReadHandle& handle) override;
    Pending<jobs::FailureGroups> failureGroups(const jobs::StatisticsRequest& request) override;
    Pending<jobs::FailureGroups> failureGroups(const jobs::StatisticsRequest& request, const ReadHandle& handle) override;

    // Reading for the pages: rows across jobs
    Pending<webhooks::DeliveryPage> deliveryPage(const webhooks::DeliveryRequest& request) override;
    Pending<webhooks::DeliveryPage> deliveryPage(const webhooks::DeliveryRequest& request, const ReadHandle& handle) override;
    Pending<files::ArtifactPage> artifactPage(const files::ArtifactRequest& request) override;
    Pending<files::ArtifactPage> artifactPage(const files::ArtifactRequest& request, const ReadHandle& handle) override;
    Pending<files::DiskUse> diskUse() override;
    Pending<files::DiskUse> diskUse(const ReadHandle& handle) override;
    Pending<notifications::NotificationPage> notificationPage(const std::optional<PageKey>& after, int limit) override;
    Pending<jobs::JournalPage> journalPage(const std::optional<PageKey>& after, int limit) override;
    Pending<QList<captions::Preset>> presets() override;
    Pending<QueuePage> queuePage() override;

    // Case files
    [[nodiscard]] bool isCaseFile() const override;
    Pending<casefile::CaseSummary> planCase(const casefile::CaseRequest& request) override;
    Pending<casefile::CaseSummary> exportCase(const casefile::CaseRequest& request, const QString& path,
                                              const tasks::ActControl& control = {}) override;
    Pending<casefile::CaseSummary> readCase(const QString& path) override;
    Pending<casefile::TakeHomeAnswer> takeHome(const Caller& caller, const QString& path, const QString& reason,
                                               const tasks::ActControl& control = {}) override;

    // Acting
    Pending<tasks::SubmitAnswer> submit(const Caller& caller, const tasks::SubmitRequest& request) override;
    Pending<tasks::ReuseExplanation> explainSubmit(const Caller& caller, const tasks::SubmitRequest& request) override;
    Pending<QString> importFile(const Caller& caller, const QString& path) override;
    Pending<qint64> exportFile(const QString& storageKey, const QString& path) override;
    Pending<tasks::CancelAnswer> cancel(const Caller& caller, const JobId& id, const QString& reason) override;
    Pending<tasks::BulkAnswer> cancelMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                          const tasks::ActControl& control = {}) override;
    Pending<tasks::SubmitAnswer> resubmit(const Caller& caller, const tasks::ResubmitRequest& request) override;
    Pending<tasks::BulkAnswer> resubmitMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                            const tasks::ActControl& control = {}) override;
    Pending<QList<tasks::WebhookOutcome>> replay(const Caller& caller, const QList<DeliveryId>& ids, tasks::Mode mode,
                                                 const tasks::ActControl& control = {}, const QString& reason = {}) override;
    Pending<tasks::WebhookOutcome> post(const Caller& caller, const JobId& id, const QByteArray& body, tasks::Mode mode,
                                        const QString& reason = {}) override;
    Pending<QList<webhooks::Delivery>> freezeDeliveries(const webhooks::DeliveryRequest& request) override;
    Pending<tasks::WebhookOutcome> postEdited(const Caller& caller, const DeliveryId& of, const QByteArray& body, tasks::Mode mode,
                                              const QString& reason = {}) override;
    Pending<tasks::PruneAnswer> prune(const Caller& caller, const tasks::PruneRequest& request) override;
    Pending<QueueState> setQueuePaused(const Caller& caller, bool paused) override;
    Pending<PresetId> savePreset(const Caller& caller, const tasks::PresetDraft& draft) override;
    Pending<bool> removePreset(const Caller& caller, const PresetId& id) override;
    Pending<bool> undo(const Caller& caller, const JournalId& id) override;

    Result<void> startWorkers(const WorkerOptions& options) override;
    Pending<bool> stopWorkers(Stop stop) override;
    void setChangeListener(std::function<void()> listener) override;

    // Step-through
    Pending<scenarios::Scenario> scenarioOf(const JobId& id, const CancelToken& cancel) override;
    Pending<scenarios::Run> playScenario(const scenarios::Scenario& scenario, const tasks::ActControl& control) override;

private:
    struct State;
    explicit DirectBackend(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
