// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/lane.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QStringList>

namespace core::backend {
class Backend;
}

namespace ui {

/// Pictures of the storage, read and scaled on a lane of their own and kept up to a bound. Asks only for what is wanted now: what
/// was asked for and is out of sight before its turn is dropped.
class FrameImages final : public QObject {
    Q_OBJECT

public:
    /// `backend` may be null: then every picture is an error. `cacheBytes`: what the kept pictures may weigh together.
    FrameImages(core::backend::Backend* backend, qint64 cacheBytes, QObject* parent = nullptr);
    ~FrameImages() override;

    /// Not wider or higher than this, in device pixels; pictures kept at another size are read again.
    void setSize(const QSize& pixels);
    /// These and no others, first things first.
    void want(const QStringList& storageKeys);

    /// Null: on its way, or an error.
    [[nodiscard]] QImage image(const QString& storageKey) const;
    /// Words for a picture that cannot be shown; empty if there is no error.
    [[nodiscard]] QString error(const QString& storageKey) const { return m_errors.value(storageKey); }
    [[nodiscard]] qint64 keptBytes() const { return m_cache.totalCost() * qint64{1024}; }

signals:
    void arrived(const QString& storageKey);

private:
    void next();
    void read(const QString& storageKey, const QString& path);
    void take(const QString& storageKey, int generation, const core::Result<QImage>& image);

    core::backend::Backend* m_backend;
    QSize m_size{320, 180};
    int m_generation = 0;               // of the size
    QCache<QString, QImage> m_cache;    // costs in KiB
    QHash<QString, QString> m_errors;
    QStringList m_wanted;
    QSet<QString> m_underWay;
    core::CancelSource m_closing;
    core::Lane m_lane;    // last: its work ends before the rest goes
};

}
