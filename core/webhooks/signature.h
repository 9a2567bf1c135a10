// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/webhooks/models.h"

namespace core::webhooks {

// Standard Webhooks 1.0.0, version v1 (HMAC-SHA-256 over "id.timestamp.body"): https://www.standardwebhooks.com

/// The key that every webhook's secret is derived from. Lives in a file of its own beside the store (mode 0600) and in
/// nothing that is logged, listed or exported.
class MasterKey {
public:
    explicit MasterKey(QByteArray bytes) : m_bytes(std::move(bytes)) {}
    /// Reads the key file, or makes it (32 random bytes) when there is none and `create` says so.
    [[nodiscard]] static Result<MasterKey> load(const QString& path, bool create);
    /// False of one that was made of no bytes: for who only reads a store, and has no access to its key.
    [[nodiscard]] bool isKnown() const { return !m_bytes.isEmpty(); }
    /// HMAC-SHA-256(master key, webhook id): the raw HMAC key of that webhook.
    [[nodiscard]] QByteArray secretOf(const WebhookId& id) const;

private:
    QByteArray m_bytes;
};

/// "v1,<base64>" over the id and stamp exactly as they will be sent.
[[nodiscard]] QByteArray sign(const QByteArray& secret, QByteArrayView id, QByteArrayView timestamp, QByteArrayView body);

/// The verdict over the bytes as received. Any of several signatures may match; unknown versions are skipped; two ids or
/// stamps are malformed; the stamp is checked only after the signature, both ways within the tolerance.
[[nodiscard]] Verdict verify(const QByteArray& secret, const QList<Header>& headers, const QByteArray& body, Time now);

/// The raw key behind "whsec_<base64>"; Invalid with code secret_empty or secret_malformed.
[[nodiscard]] Result<QByteArray> decodeSecret(const QByteArray& text);

}
