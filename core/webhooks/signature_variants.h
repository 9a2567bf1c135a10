// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace core::webhooks {

/// Bytes that a sender may have signed in place of those that it sent.
struct BodyVariant {
    QString name;
    QString sentence;
    QByteArray bytes;
};

/// The body as received is not among them, nor is one that comes out the same. JSON is written again only up to a megabyte.
[[nodiscard]] QList<BodyVariant> bodyVariants(const QByteArray& body);

}
