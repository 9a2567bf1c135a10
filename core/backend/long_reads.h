// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

namespace core::backend {

/// How many events a JobStory has at most: the newest. LongReads::eventsBefore() has the others.
inline constexpr int storyEvents = 1000;

/// A read that whoever asked for it may give up, from any thread and at any time. Copies are one and the same. It may serve several
/// reads that do not run side by side, as those of one list.
class ReadHandle {
public:
    ReadHandle() : m_state(std::make_shared<State>()) {}

    /// It then answers Cancelled, at once where it runs, else when its turn comes. One that has ended is left alone.
    void giveUp() const;
    /// For who runs it. False: it was given up already. `interrupt` is called by giveUp() until end(), in its thread.
    [[nodiscard]] bool begin(std::function<void()> interrupt) const;
    void end() const;

private:
    struct State {
        std::mutex mutex;
        bool isGivenUp = false;
        std::function<void()> interrupt;    // only while it runs
    };
    std::shared_ptr<State> m_state;
};

/// Reads of a store that may take long: they can be given up, or come in pieces.
class LongReads {
public:
    virtual ~LongReads() = default;
    /// As Backend::listJobs() and countJobs(). Cancelled once given up.
    virtual Pending<jobs::JobPage> listJobs(const jobs::Filter& filter, const jobs::PageRequest& request, const ReadHandle& handle) = 0;
    virtual Pending<jobs::JobCount> countJobs(const jobs::Filter& filter, int ceiling, const ReadHandle& handle) = 0;
    /// As Backend's of the same names. Cancelled once given up.
    virtual Pending<Dashboard> dashboard(const jobs::StatisticsRequest& request, const ReadHandle& handle) = 0;
    virtual Pending<jobs::FailureGroups> failureGroups(const jobs::StatisticsRequest& request, const ReadHandle& handle) = 0;
    virtual Pending<webhooks::DeliveryPage> deliveryPage(const webhooks::DeliveryRequest& request, const ReadHandle& handle) = 0;
    virtual Pending<files::ArtifactPage> artifactPage(const files::ArtifactRequest& request, const ReadHandle& handle) = 0;
    virtual Pending<files::DiskUse> diskUse(const ReadHandle& handle) = 0;
    virtual Pending<tasks::JobScope> freezeJobs(const tasks::ScopeRequest& request, const ReadHandle& handle) = 0;
    /// About how many jobs match, known at once; nothing where only counting tells.
    virtual Pending<std::optional<qint64>> estimateJobs(const jobs::Filter& filter) = 0;
    /// As Backend::examineSignature(), which takes as long as the sender made the body. Cancelled once given up.
    virtual Pending<webhooks::SignatureReport> examineSignature(const DeliveryId& id, const QByteArray& typedSecret,
                                                                const ReadHandle& handle) = 0;
    /// The newest `limit` events of a job whose sequence is less than that, oldest first.
    virtual Pending<QList<jobs::JobEvent>> eventsBefore(const JobId& id, qint64 sequence, int limit) = 0;
};

/// The long reads of a backend; every one has them.
[[nodiscard]] LongReads& longReads(Backend& backend);

}
