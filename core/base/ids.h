// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>

namespace core::base {

/// A row's id as text. Ours are UUIDv7 (RFC 9562); rows that others wrote may hold anything, so the text is kept as it is.
template <class Tag>
struct Id {
    QString text;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
    [[nodiscard]] const QString& toString() const { return text; }
    bool operator==(const Id&) const = default;
    std::strong_ordering operator<=>(const Id& other) const { return QString::compare(text, other.text) <=> 0; }
    friend size_t qHash(const Id& id, size_t seed = 0) { return ::qHash(id.text, seed); }
};

using JobId = Id<struct JobTag>;
using EventId = Id<struct EventTag>;
using WebhookId = Id<struct WebhookTag>;
using DeliveryId = Id<struct DeliveryTag>;
using FileId = Id<struct FileTag>;
using ArtifactId = Id<struct ArtifactTag>;
using TranscriptionId = Id<struct TranscriptionTag>;
using PresetId = Id<struct PresetTag>;
using NotificationId = Id<struct NotificationTag>;
using JournalId = Id<struct JournalTag>;
using MessageId = Id<struct MessageTag>;

/// A new UUIDv7, lower case with hyphens. Ids made in one process grow, also within a millisecond and from any thread.
[[nodiscard]] QString newUuidV7();

template <class AnyId>
[[nodiscard]] AnyId newId()
{
    return AnyId{newUuidV7()};
}

}

namespace core {
using base::ArtifactId;
using base::DeliveryId;
using base::EventId;
using base::FileId;
using base::JobId;
using base::JournalId;
using base::MessageId;
using base::newId;
using base::newUuidV7;
using base::NotificationId;
using base::PresetId;
using base::TranscriptionId;
using base::WebhookId;
}
