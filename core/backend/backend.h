// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/caller.h"
#include "core/base/pending.h"
#include "core/broker/models.h"
#include "core/captions/models.h"
#include "core/jobs/filter.h"
#include "core/jobs/journal_repository.h"
#include "core/jobs/list_repository.h"
#include "core/jobs/statistics_models.h"
#include "core/media/peaks_models.h"
#include "core/media/run_context.h"
#include "core/scenarios/models.h"
#include "core/tasks/bulk.h"
#include "core/tasks/models.h"
#include "core/webhooks/signature_forensics.h"

#include <QStringList>

#include <functional>

namespace core::backend {

/// What a connection can do. What it cannot is disabled in the UI, which then says why.
struct Capabilities {
    bool canWrite = false;
    bool hasEmbeddedWorkers = false;
    bool hasStorage = false;
    QString whyReadOnly;    ///< empty when canWrite
};

/// Everything about one job that is cheap to read at once; payloads as the stored bytes.
struct JobDetails {
    jobs::Job job;
    std::optional<webhooks::Webhook> webhook;
    QList<JobId> retriedAs;
    QList<broker::QueueMessage> messages;
    std::optional<Time> finishedAnywayAt;    ///< a worker's end that came after the cancel, and what it was
    QString finishedAnywayAs;

    /// It has not ended, and no worker has it. Also true of a RUNNING job whose worker was stopped or died: nothing goes back to
    /// PENDING, so its status stays while it waits for attempt `job.attempt + 1`.
    [[nodiscard]] bool waitsInQueue() const
    {
        return !jobs::isTerminal(job.status) && !messages.isEmpty() && messages.constFirst().leasedBy.isEmpty();
    }
};

struct QueueState {
    QString queue;
    bool paused = false;
    qint64 waiting = 0;
    qint64 leased = 0;
    QList<broker::Worker> workers;
};

/// Which payload of a job.
enum class PayloadPart { Input, Output };

/// One job with all its rows; of its payloads only the sizes.
struct JobStory {
    jobs::JobSummary job;
    qint64 inputBytes = 0;
    std::optional<qint64> outputBytes;    ///< none: there is no output
    std::optional<webhooks::Webhook> webhook;
    QList<JobId> retriedAs;
    QList<broker::QueueMessage> messages;
    qint64 waitingBefore = 0;                ///< messages of the queue that come before its own
    std::optional<Time> finishedAnywayAt;    ///< a worker's end that came after the cancel, and what it was
    QString finishedAnywayAs;
    QList<jobs::JobEvent> events;
    QList<jobs::JobAttempt> attempts;
    QList<webhooks::Delivery> deliveries;    ///< newest first, without bodies, at most storyDeliveries
    QList<files::ArtifactWithFile> artifacts;
    QList<notifications::Notification> notifications;
    QueueState queue;
};
inline constexpr int storyDeliveries = 2000;

/// How the newest jobs of one type ended on one host, to tell a host's trouble from a job's.
struct HostFailures {
    QString host;         ///< empty for jobs that no worker had
    qint64 jobs = 0;      ///< of this type
    qint64 failed = 0;    ///< of these, with the same error code
    bool operator==(const HostFailures&) const = default;
};

/// The few numbers beside the pages' names.
struct StoreSummary {
    jobs::JobTallies jobs;
    QueueState queue;
};

struct Dashboard {
    jobs::JobStatistics statistics;
    QueueState queue;
    std::optional<Time> oldestWaiting;    ///< when the message was sent that has waited longest
};

/// The queue, its workers, and the runs that are under way.
struct QueuePage {
    QueueState queue;
    std::optional<Time> oldestWaiting;
    QList<broker::AttemptUnderWay> attempts;    ///< longest first, at most attemptsUnderWayCeiling
};

/// One thing that doctor looked for.
struct Finding {
    QString name;    ///< "ffmpeg"
    bool found = false;
    QString detail;          ///< version and path, or what to install
    bool isNeeded = true;    ///< false: nothing is wrong without it, as on a machine where no job was submitted yet
};

struct WorkerOptions {
    int threads = 2;
    std::chrono::milliseconds lease{30000};
    int maxCrashes = 3;
};

/// The live feed: what changed since a position. Rows are re-read by whoever shows them.
struct ChangePage {
    QList<jobs::JobEvent> events;
    qint64 position = 0;
    std::chrono::milliseconds nextLook{500};    ///< when to ask again if the change listener says nothing before
};

/// A store of jobs, as the programs see it. Calls return at once; the answer comes through a Pending. Every act takes the
/// caller, checks it and journals it. Ids may be given as unique beginnings only where a function says so.
class Backend {
public:
    virtual ~Backend() = default;
    [[nodiscard]] virtual Capabilities capabilities() const = 0;

    // Reading
    virtual Pending<jobs::JobPage> listJobs(const jobs::Filter& filter, const jobs::PageRequest& request) = 0;
    virtual Pending<jobs::JobCount> countJobs(const jobs::Filter& filter, int ceiling) = 0;
    virtual Pending<jobs::JobIds> jobIds(const jobs::Filter& filter, int limit) = 0;
    /// The jobs that an act on many will be on: counted, with a sample, and frozen. The act takes the ids. See core/tasks/bulk.h.
    virtual Pending<tasks::JobScope> freezeJobs(const tasks::ScopeRequest& request) = 0;
    /// The rows of these jobs as they are now, in the order asked for; those that are gone are left out.
    virtual Pending<QList<jobs::JobSummary>> jobRows(const QList<JobId>& ids) = 0;
    virtual Pending<JobDetails> job(const JobId& id) = 0;
    /// The one job or delivery whose id begins so; NotFound, Conflict id_ambiguous or Invalid id_empty otherwise.
    virtual Pending<JobId> resolveJobId(const QString& beginning) = 0;
    virtual Pending<DeliveryId> resolveDeliveryId(const QString& beginning) = 0;
    virtual Pending<QList<jobs::JobEvent>> events(const JobId& id) = 0;
    virtual Pending<QList<jobs::JobAttempt>> attempts(const JobId& id) = 0;
    virtual Pending<QList<webhooks::Delivery>> deliveries(const std::optional<JobId>& id, int limit) = 0;
    virtual Pending<webhooks::Delivery> delivery(const DeliveryId& id) = 0;
    virtual Pending<QList<files::ArtifactWithFile>> artifacts(const JobId& id) = 0;
    virtual Pending<QList<notifications::Notification>> notificationsOf(const JobId& id) = 0;
    virtual Pending<QList<jobs::JournalEntry>> journal(int limit) = 0;
    virtual Pending<ChangePage> changesAfter(qint64 position, int limit) = 0;
    virtual Pending<qint64> lastChange() = 0;
    virtual Pending<QueueState> queueState() = 0;
    virtual Pending<QList<Finding>> doctor() = 0;

    // Reading files
    /// Where a stored file stands on this machine, for previews: NotFound file_missing if it is not there.
    virtual Pending<QString> localFile(const QString& storageKey) = 0;
    /// The shape of a stored file's sound, for drawing; `buckets` pieces of equal length (1..65,536). Runs beside everything else.
    /// Errors: NotFound `file_missing`; Invalid `no_audio`, `not_media`, ...; Cancelled; TimedOut after two minutes.
    virtual Pending<media::Peaks> peaks(const QString& storageKey, int buckets, const CancelToken& cancel) = 0;
    /// A JPEG of the picture at that time of a stored video, `width` pixels wide (16..4096); past the end its last picture.
    /// Errors: as peaks(), with `no_video`.
    virtual Pending<QByteArray> posterFrame(const QString& storageKey, qint64 atMs, int width, const CancelToken& cancel) = 0;

    // Reading for the inspector
    /// NotFound job_unknown if there is none.
    virtual Pending<JobStory> jobStory(const JobId& id) = 0;
    /// The stored bytes, unchanged. NotFound job_unknown, or output_missing if there is none yet.
    virtual Pending<QByteArray> payload(const JobId& id, PayloadPart part) = 0;
    /// Among the newest 2,000 jobs created since then.
    virtual Pending<QList<HostFailures>> failuresByHost(const QString& storedType, const QString& errorCode, Time since) = 0;

    /// Why this delivery's signature was taken or refused. `typedSecret` ("whsec_…" or base64; empty: none) is tried as well and kept nowhere.
    /// Invalid secret_malformed if it is no secret; NotFound delivery_unknown; Invalid delivery_unsigned if no webhook was called.
    virtual Pending<webhooks::SignatureReport> examineSignature(const DeliveryId& id, const QByteArray& typedSecret) = 0;

    // Reading for the pages: statistics
    /// What the sidebar shows; cheap however large the store is.
    virtual Pending<StoreSummary> summary() = 0;
    virtual Pending<Dashboard> dashboard(const jobs::StatisticsRequest& request) = 0;
    virtual Pending<jobs::FailureGroups> failureGroups(const jobs::StatisticsRequest& request) = 0;

    // Reading for the pages: rows across jobs
    virtual Pending<webhooks::DeliveryPage> deliveryPage(const webhooks::DeliveryRequest& request) = 0;
    virtual Pending<files::ArtifactPage> artifactPage(const files::ArtifactRequest& request) = 0;
    virtual Pending<files::DiskUse> diskUse() = 0;
    virtual Pending<notifications::NotificationPage> notificationPage(const std::optional<PageKey>& after, int limit) = 0;
    virtual Pending<jobs::JournalPage> journalPage(const std::optional<PageKey>& after, int limit) = 0;
    virtual Pending<QList<captions::Preset>> presets() = 0;
    virtual Pending<QueuePage> queuePage() = 0;

    // Acting
    virtual Pending<tasks::SubmitAnswer> submit(const Caller& caller, const tasks::SubmitRequest& request) = 0;
    /// What submit() would answer now; changes nothing. Takes the store's lock for a moment, so a reader may not ask.
    virtual Pending<tasks::ReuseExplanation> explainSubmit(const Caller& caller, const tasks::SubmitRequest& request) = 0;
    /// Copies a file of this machine into the storage (or finds that it is there): its storage key.
    virtual Pending<QString> importFile(const Caller& caller, const QString& path) = 0;
    /// Copies a stored file out to a path of this machine; an existing file there is refused.
    virtual Pending<qint64> exportFile(const QString& storageKey, const QString& path) = 0;
    virtual Pending<tasks::CancelAnswer> cancel(const Caller& caller, const JobId& id, const QString& reason) = 0;
    /// Exactly these jobs, in steps of 100 with a journal row for each job; a cancel of `control` ends it within the step that runs, and the
    /// answer then has fewer rows than ids. `control.progress` is called in no particular thread.
    virtual Pending<tasks::BulkAnswer> cancelMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                                  const tasks::ActControl& control = {}) = 0;
    virtual Pending<tasks::SubmitAnswer> resubmit(const Caller& caller, const tasks::ResubmitRequest& request) = 0;
    /// The same of a resubmit, each job with its own input.
    virtual Pending<tasks::BulkAnswer> resubmitMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                                    const tasks::ActControl& control = {}) = 0;
    /// In steps of 100. `control.progress` is called after each, in no particular thread; a cancel ends it after the step that runs:
    /// the answer then holds the outcomes of what was applied, fewer than the ids (of a dry run: Cancelled).
    virtual Pending<QList<tasks::WebhookOutcome>> replay(const Caller& caller, const QList<DeliveryId>& ids, tasks::Mode mode,
                                                         const tasks::ActControl& control = {}, const QString& reason = {}) = 0;
    virtual Pending<tasks::WebhookOutcome> post(const Caller& caller, const JobId& id, const QByteArray& body, tasks::Mode mode,
                                                const QString& reason = {}) = 0;
    virtual Pending<tasks::PruneAnswer> prune(const Caller& caller, const tasks::PruneRequest& request) = 0;
    virtual Pending<QueueState> setQueuePaused(const Caller& caller, bool paused) = 0;
    virtual Pending<PresetId> savePreset(const Caller& caller, const tasks::PresetDraft& draft) = 0;
    virtual Pending<bool> removePreset(const Caller& caller, const PresetId& id) = 0;
    /// Takes back a journalled act that has an inverse (core/tasks/undo.h says which), as an act of its own.
    virtual Pending<bool> undo(const Caller& caller, const JournalId& id) = 0;

    // Embedded workers (only with the capability)
    /// Starts worker threads in this process; a second call changes nothing.
    virtual Result<void> startWorkers(const WorkerOptions& options) = 0;
    /// No new job is taken. Finish: those that run may end. HandBack: they are stopped and wait in the queue again.
    enum class Stop { Finish, HandBack };
    virtual Pending<bool> stopWorkers(Stop stop) = 0;

    /// Called in no particular thread after something committed, coalesced; at most one call at a time. Of what other processes commit as soon
    /// as it is known: on a server at once, in a file when somebody looks (ChangePage::nextLook). Also called when a server is noticed to be
    /// gone, and when it is back: whoever looks then meets the one or the other.
    virtual void setChangeListener(std::function<void()> listener) = 0;

    // Step-through
    /// What happened to a job, to be played step by step apart from the store. At most scenarios::mostSteps deliveries; its remarks say what was
    /// left out or masked. Reads every body, and a large file that no row knows: may take long. NotFound job_unknown; Cancelled.
    virtual Pending<scenarios::Scenario> scenarioOf(const JobId& id, const CancelToken& cancel) = 0;
    /// Plays it in a scratch store: nothing of this one is read or changed, so it may be asked of any connection. `control.progress` is called
    /// in no particular thread; Cancelled. Errors as scenarios::play().
    virtual Pending<scenarios::Run> playScenario(const scenarios::Scenario& scenario, const tasks::ActControl& control) = 0;
};

}
