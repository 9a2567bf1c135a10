// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"

#include <variant>

namespace core::scenarios {

/// How the signature of a delivery comes to be when it is played. A scenario holds no secret: what is signed is signed with one that is
/// made for the run.
enum class Signing {
    NotChecked,    ///< its sender is trusted: this process's worker, an operator
    Good,          ///< signed over its bytes
    Wrong,         ///< signed with a secret that is not this address's
    AsSent,        ///< the headers as they stand
};

/// A report comes in.
struct Deliver {
    webhooks::Source source = webhooks::Source::Worker;
    bool toAddress = false;    ///< it called the job's webhook; else it named the job, as a worker of the same process does
    QString method = QStringLiteral("POST");
    QList<webhooks::Header> headers;    ///< without those that Good and Wrong make
    QByteArray body;                    ///< as received
    Signing signing = Signing::NotChecked;
    std::optional<Time> stampedAt;    ///< of Good and Wrong; absent: as it is received
    QString actor = QStringLiteral("worker");
    std::optional<webhooks::Outcome> inStore;    ///< what became of it where it comes from
    bool operator==(const Deliver&) const = default;
};

/// A person cancels the job.
struct Cancel {
    QString by;
    QString reason;
    bool operator==(const Cancel&) const = default;
};

/// A worker takes the job: its attempt rises, and a cancel has somebody to tell.
struct Take {
    bool operator==(const Take&) const = default;
};

using Act = std::variant<Deliver, Cancel, Take>;

/// What a step must lead to; each as the step's result says it.
struct Expectation {
    QString answer;
    QString stage;      ///< of a delivery: how far it came; else empty
    QString verdict;    ///< of a delivery: its signature's; else empty
    int httpStatus = 0;
    QString status;    ///< the job's
    int progressPct = 0;
    qsizetype events = 0, artifacts = 0, notifications = 0;    ///< rows of the job there are then
    bool operator==(const Expectation&) const = default;
};

struct Step {
    Time at{};    ///< what the clock says
    Act act;
    QString note;    ///< for people: which fault this is
    std::optional<Expectation> expected;
    bool operator==(const Step&) const = default;
};

/// The job as it was when it was made.
struct ScenarioJob {
    JobId id;
    QString typeText;
    QByteArray inputData;
    QString userId;
    QString projectId;
    Time createdAt{};
    WebhookId address;    ///< may be empty: then one is made
    bool isAddressActive = true;
    bool operator==(const ScenarioJob&) const = default;
};

/// A job and what happens to it, apart from any store: it plays the same anywhere. Of the files that outputs name it holds what the done
/// hooks want to know; a file that is not among them is missing when it is played.
struct Scenario {
    QString title;
    QStringList remarks;    ///< what was left out or masked when it was made
    ScenarioJob job;
    tasks::FactsByKey files;
    QList<Step> steps;
    bool operator==(const Scenario&) const = default;
};

/// A job with more than this is taken up to it, and a remark says so.
inline constexpr qsizetype mostSteps = 10'000;
inline constexpr qsizetype mostBodyBytes = qsizetype{256} << 20;

/// The job's rows at one moment. Of events, artifacts and notifications there are the first so many of the run's lists: rows are only added.
struct Snapshot {
    jobs::JobSummary job;
    std::optional<qint64> outputBytes;
    qsizetype events = 0, artifacts = 0, notifications = 0;
    bool operator==(const Snapshot&) const = default;
};

struct StepResult {
    QString answer;    ///< a delivery's outcome; cancelled or refused; taken or not_taken
    int httpStatus = 0;
    QString says;                                    ///< what the report wants, "RUNNING 10%"; empty if it cannot be read
    std::optional<tasks::WebhookOutcome> outcome;    ///< of a delivery
    std::optional<Error> refusal;                    ///< of a cancel, or of a worker that got no job
    Snapshot after;
};

struct Run {
    Snapshot before;    ///< the job as it was made
    QList<StepResult> steps;
    QList<jobs::JobEvent> events;
    QList<files::ArtifactWithFile> artifacts;
    QList<notifications::Notification> notifications;

    /// After so many steps.
    [[nodiscard]] const Snapshot& at(qsizetype position) const { return position == 0 ? before : steps.at(position - 1).after; }
};

[[nodiscard]] QString signingName(Signing signing);    ///< "not_checked"
[[nodiscard]] std::optional<Signing> parseSigning(QStringView text);

}
