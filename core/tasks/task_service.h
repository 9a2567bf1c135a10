// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/caller.h"
#include "core/broker/queue_repository.h"
#include "core/captions/repository.h"
#include "core/files/repository.h"
#include "core/files/storage.h"
#include "core/jobs/journal_repository.h"
#include "core/jobs/repository.h"
#include "core/notifications/repository.h"
#include "core/tasks/bulk.h"
#include "core/tasks/models.h"
#include "core/tasks/submit_repository.h"
#include "core/tasks/webhook_event.h"
#include "core/transcription/repository.h"
#include "core/webhooks/repository.h"
#include "core/webhooks/signature.h"

#include <QSet>

#include <functional>

namespace core::tasks {

struct ReceivedEvent;

/// What every TaskService of a process shares. `changed` is called after each commit, from the thread that committed; `queued`, where there
/// is one, in its place if the commit is one that workers wait for: a message that came, a run to be stopped.
struct TaskSettings {
    files::Storage storage;
    webhooks::MasterKey masterKey;
    Clock clock = base::systemNow;
    std::function<void()> changed;
    std::function<void()> queued = {};

    void tellChanged() const
    {
        if (changed)
            changed();
    }
    void tellQueued() const
    {
        if (queued)
            queued();
        else
            tellChanged();
    }
};

/// Further rows of the caller that must stand or fall with the reports: a journal entry, a message's end.
using AlsoInTransaction = std::function<Result<void>(const QList<WebhookOutcome>&)>;

/// What may happen to a job, as flows to read. One instance for each connection; synchronous; every act checks its caller and
/// writes the journal in its own transaction.
class TaskService {
public:
    TaskService(database::Database& database, const TaskSettings& settings);

    /// One flow for each type: check the input, look for an active twin, create job, webhook and message in one transaction.
    [[nodiscard]] Result<SubmitAnswer> submit(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitMediaProbe(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitSilenceDetect(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitSilenceApply(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitMediaConvert(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitTranscriptionGenerate(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitFrameExtract(const Caller& caller, const SubmitRequest& request);
    [[nodiscard]] Result<SubmitAnswer> submitCaptionsGenerate(const Caller& caller, const SubmitRequest& request);
    /// The same for many, in one transaction: all or none.
    [[nodiscard]] Result<QList<SubmitAnswer>> submitMany(const Caller& caller, const QList<SubmitRequest>& requests);
    /// What submit() would answer now, and why; nothing is changed. Errors as submit()'s.
    [[nodiscard]] Result<ReuseExplanation> explainSubmit(const Caller& caller, const SubmitRequest& request);

    /// The only way a report reaches a job. One transaction, a savepoint for each event, the delivery row last; nothing is
    /// acknowledged before the commit, nobody hears of it before either. `alsoInTransaction` runs just before the commit.
    [[nodiscard]] Result<QList<WebhookOutcome>> recordWebhookEvents(const QList<IncomingDelivery>& deliveries, Mode mode,
                                                                    const AlsoInTransaction& alsoInTransaction = {});

    /// Stored deliveries again, in order, their bytes as they were; neither signature nor age is checked. Applied in steps of at most 100,
    /// fewer of large ones, each with its commit. A cancel is heard between two deliveries: what was applied stands and its outcomes are the
    /// answer, fewer than the ids. Where the store breaks on the way, what was applied stands too, and the rest is in the answer as rejected
    /// with 503, under the ids of the stored deliveries. A dry run is on a copy of their jobs in memory, so that nobody waits for it; cancelled
    /// it has nothing to answer: Cancelled. TooLarge replay_too_large where its bodies are over maxRehearsedBytes together.
    [[nodiscard]] Result<QList<WebhookOutcome>> replay(const Caller& caller, const QList<DeliveryId>& ids, Mode mode,
                                                       const ActControl& control = {}, const QString& reason = {});
    /// An event by hand.
    [[nodiscard]] Result<WebhookOutcome> post(const Caller& caller, const JobId& id, const QByteArray& body, Mode mode,
                                              const QString& reason = {});
    /// An event by hand, made out of a stored delivery and for its job; the new delivery names that one. Where the body was changed but not
    /// its event_id, it gets a new one: else it would count as the event that was applied. NotFound delivery_unknown; Invalid
    /// delivery_jobless.
    [[nodiscard]] Result<WebhookOutcome> postEdited(const Caller& caller, const DeliveryId& of, const QByteArray& body, Mode mode,
                                                    const QString& reason = {});
    /// Conflict job_terminal with the state it is in when it is too late. The answer's times say how far it came: the queue may not be told yet.
    [[nodiscard]] Result<CancelAnswer> cancel(const Caller& caller, const JobId& id, const QString& reason);
    /// The jobs of a frozen scope, in their order, and no other. In steps of 100, each with its commit and its journal rows, one for each
    /// job, as cancel() writes them. Where a job has ended meanwhile it is skipped. Aborted (control.cancel): what was done stands, and the
    /// answer has fewer rows than ids. Errors before anything was done: read_only, scope_empty, reason_missing. Where the store breaks
    /// on the way the rest is in the answer as failed.
    [[nodiscard]] Result<BulkAnswer> cancelMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                                const ActControl& control = {});
    /// A cancel's second step: the queue, and through it the worker, learns of it. cancel() does this itself; where it met a busy
    /// store a worker's sweep does it later. Told before: the times as they are.
    [[nodiscard]] Result<jobs::CancelTimes> informBroker(const JobId& id);
    /// A new job with retried_from. Conflict duplicate_active names the active twin and the fields, unless forced.
    [[nodiscard]] Result<SubmitAnswer> resubmit(const Caller& caller, const ResubmitRequest& request);
    /// The jobs of a frozen scope once more, each with its own input, as cancelMany() acts on many. A row that was acted on names the new
    /// job; where an active job does the same already it is skipped (duplicate_active).
    [[nodiscard]] Result<BulkAnswer> resubmitMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                                  const ActControl& control = {});
    /// Terminal jobs with all that hangs on them; their files, and the folders that this empties, go after the commit. What an
    /// active job needs stays: the jobs that made its input file or its detect result, with all their files. A dry run answers
    /// the same and changes nothing. The act takes only the jobs that it is told by id, as a dry run named them; of these, what may not
    /// go any more is skipped. Errors: Invalid scope_empty, reason_missing (more than one, no reason).
    [[nodiscard]] Result<PruneAnswer> prune(const Caller& caller, const PruneRequest& request);
    [[nodiscard]] Result<void> setQueuePaused(const Caller& caller, bool paused);

    /// Errors: Forbidden preset_builtin; Invalid preset_name or bad_style with the field; NotFound preset_unknown; Conflict preset_name_taken,
    /// preset_overtaken. Keys of a stored style that we do not know stay, and so do the spellings of what is not changed.
    [[nodiscard]] Result<PresetId> savePreset(const Caller& caller, const PresetDraft& draft);
    [[nodiscard]] Result<void> removePreset(const Caller& caller, const PresetId& id);

    /// The inverse of a journalled act, as an act of its own whose reason names it. Invalid undo_impossible: the act has none.
    /// Conflict undo_overtaken: what it changed was changed again since.
    [[nodiscard]] Result<void> undo(const Caller& caller, const JournalId& id);

private:
    // submitting (task_service_submit.cpp)
    [[nodiscard]] Result<void> requireStoredFile(const QString& key);
    [[nodiscard]] Result<void> requireOutFolder(const std::optional<QString>& folder);
    [[nodiscard]] Result<void> requireDoneDetectJob(const std::optional<JobId>& id) const;
    [[nodiscard]] Result<void> requireTranscription(const std::optional<TranscriptionId>& id) const;
    [[nodiscard]] Result<void> requirePreset(const std::optional<PresetId>& id) const;
    [[nodiscard]] Result<SubmitAnswer> createJob(const Caller& caller, const SubmitRequest& request, const QByteArray& canonicalInput);
    [[nodiscard]] Result<SubmitAnswer> createJobInTransaction(const Caller& caller, const SubmitRequest& request,
                                                              const QByteArray& canonicalInput, const QString& dedupeKey);
    [[nodiscard]] Result<std::optional<SubmitAnswer>> findActiveTwin(const QString& dedupeKey, const QByteArray& canonicalInput) const;
    [[nodiscard]] SubmittedRows rowsOf(const Caller& caller, const SubmitRequest& request, const QString& dedupeKey) const;
    [[nodiscard]] Result<SubmitAnswer> insertJob(const SubmittedRows& rows);
    [[nodiscard]] Result<void> insertWaiting(const Caller& caller, QList<SubmitAnswer>& answers);

    // recording (task_service_webhooks.cpp; the stages of one event: task_service_stages.cpp)
    [[nodiscard]] Result<QList<WebhookOutcome>> recordBatch(const QList<IncomingDelivery>& deliveries, Mode mode,
                                                            const AlsoInTransaction& alsoInTransaction, const ActControl& control);
    [[nodiscard]] Result<QList<WebhookOutcome>> recordInScratchCopy(const QList<IncomingDelivery>& deliveries, const ActControl& control);
    [[nodiscard]] ReceivedEvent receive(const IncomingDelivery& delivery, Mode mode);
    [[nodiscard]] tl::expected<WebhookEvent, EventProblem> readReport(ReceivedEvent& received) const;
    [[nodiscard]] std::optional<JobId> addressedJob(const IncomingDelivery& delivery) const;
    void prepareFiles(ReceivedEvent& received);
    enum class Together { EachForItself, AllOrNone };
    struct Recording {
        Together together;
        Mode mode;
        const AlsoInTransaction& alsoInTransaction;
        const ActControl& control;
    };
    [[nodiscard]] Result<QList<WebhookOutcome>> recordInTransaction(QList<ReceivedEvent>& batch, const Recording& recording);
    [[nodiscard]] Result<qsizetype> findReportedFrom(QList<ReceivedEvent>& batch, qsizetype first);
    void recordOne(ReceivedEvent& received, Together together);
    [[nodiscard]] Result<void> loadAndValidate(ReceivedEvent& received) const;
    [[nodiscard]] Result<void> ignoreWhatIsOld(ReceivedEvent& received) const;
    [[nodiscard]] Result<void> applyStatus(ReceivedEvent& received);
    [[nodiscard]] Result<void> appendEvent(ReceivedEvent& received);
    [[nodiscard]] Result<void> runDoneHooks(ReceivedEvent& received);
    [[nodiscard]] Result<void> addNotification(ReceivedEvent& received);
    [[nodiscard]] static webhooks::Delivery deliveryRow(const ReceivedEvent& received);
    [[nodiscard]] QList<WebhookOutcome> keepRejected(QList<ReceivedEvent>& batch, const Error& error);

    // acts (task_service_acts.cpp; on many: task_service_bulk.cpp; the replay: task_service_replay.cpp)
    [[nodiscard]] Result<Time> cancelInTransaction(const Caller& caller, const JobId& id, const QString& reason);
    [[nodiscard]] Result<void> informInTransaction(const JobId& id);
    /// Acts on one job inside a transaction: the job that was made, or none.
    using ActOnOne = std::function<Result<JobId>(const JobId&)>;
    [[nodiscard]] Result<QList<BulkRow>> stepOfMany(const QList<JobId>& ids, const CancelToken& abort, const ActOnOne& act);
    [[nodiscard]] Result<BulkRow> oneOfMany(const JobId& id, const ActOnOne& act);
    void informOfMany(const QList<BulkRow>& rows);
    [[nodiscard]] Result<void> requireDeliveries(const QList<DeliveryId>& ids, const ActControl& control) const;
    [[nodiscard]] Result<QList<JobId>> jobsToRehearse(const QList<DeliveryId>& ids, const ActControl& control) const;
    [[nodiscard]] Result<QList<IncomingDelivery>> storedStep(const Caller& caller, const QList<DeliveryId>& ids, qsizetype first) const;
    [[nodiscard]] Result<QList<WebhookOutcome>> rehearse(const Caller& caller, const QList<DeliveryId>& ids, const ActControl& control);
    [[nodiscard]] Result<QList<WebhookOutcome>> applyStep(const Caller& caller, const QList<DeliveryId>& ids, qsizetype first,
                                                          const QString& reason, const CancelToken& cancel);
    [[nodiscard]] Result<WebhookOutcome> postDelivery(const Caller& caller, const JobId& id, const QByteArray& body, Mode mode,
                                                      const QString& reason, const std::optional<DeliveryId>& of);
    [[nodiscard]] jobs::JournalEntry journalEntry(const Caller& caller, const QString& action, const QString& target,
                                                  const QString& reason) const;
    [[nodiscard]] Result<void> journal(const Caller& caller, const QString& action, const QString& target, const QString& reason,
                                       const std::optional<QByteArray>& before = {}, const std::optional<QByteArray>& after = {});
    void tellListeners() const { m_settings.tellChanged(); }
    void tellWorkers() const { m_settings.tellQueued(); }    // and the listeners

    // presets (task_service_presets.cpp)
    [[nodiscard]] Result<void> writePreset(const Caller& caller, captions::StoredPreset preset,
                                           const std::optional<captions::StoredPreset>& before, const QString& reason);
    [[nodiscard]] Result<void> deletePreset(const Caller& caller, const captions::StoredPreset& preset, const QString& reason);

    // undoing (task_service_undo.cpp)
    [[nodiscard]] Result<void> undoPause(const Caller& caller, const jobs::JournalEntry& entry);
    [[nodiscard]] Result<void> undoPreset(const Caller& caller, const jobs::JournalEntry& entry);
    [[nodiscard]] Result<void> setPaused(const Caller& caller, bool paused, const QString& reason);

    // pruning (task_service_prune.cpp)
    struct PrunePlan;
    [[nodiscard]] Result<PrunePlan> planPrune(const PruneRequest& request) const;
    [[nodiscard]] Result<void> removeRows(const Caller& caller, const PrunePlan& plan, const QString& reason);
    [[nodiscard]] qint64 missingOf(const PrunePlan& plan) const;
    void removeFiles(const PrunePlan& plan) const;

    database::Database& m_database;
    const TaskSettings& m_settings;
    jobs::JobRepository m_jobs;
    jobs::JournalRepository m_journal;
    webhooks::WebhookRepository m_webhooks;
    files::FileRepository m_files;
    transcription::TranscriptionRepository m_transcriptions;
    captions::PresetRepository m_presets;
    notifications::NotificationRepository m_notifications;
    broker::QueueRepository m_queue;

    /// Storage keys that passed in the batch being submitted: its jobs on one file or folder look once. The worker looks again.
    struct FoundInBatch {
        QSet<QString> files;
        QSet<QString> folders;
        struct Waiting {
            SubmittedRows rows;
            SubmitRequest request;
            QByteArray canonicalInput;
            QString dedupeKey;
        };
        bool gathers = false;      ///< whoever began the batch inserts what waits
        QList<Waiting> waiting;    ///< on Postgres: jobs for the next statement
        qsizetype waitingBytes = 0;
    };
    std::optional<FoundInBatch> m_foundInBatch;
    bool m_isScratch = false;    // its store goes when it has answered: there a dry run stays, for the next one to build on
};

/// What the bodies of one dry run may have together.
inline constexpr qint64 maxRehearsedBytes = qint64{1} << 30;

/// Where the outputs of a job stand: "<out_folder>/<job_id>", out_folder being "outputs" if the input names none.
[[nodiscard]] QString outputFolderOf(const JobId& id, const std::optional<QString>& outFolder);

}
