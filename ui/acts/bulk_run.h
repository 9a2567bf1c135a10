// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QObject>

namespace ui {

/// An act on many under way, as the task area and the toasts follow it: a cancel or resubmit of jobs, a replay of deliveries. It lives on
/// when the dialog that asked for it is closed.
class BulkRun : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// The step under way is finished, then it ends; finished() tells what is done and how many were not reached.
    virtual void abort() = 0;

signals:
    /// At most ten times a second.
    void progressed(qint64 done, qint64 total);
    void finished(const core::tasks::BulkAnswer& answer);
    /// Instead of finished(): nothing at all was done.
    void refused(const core::Error& error);
};

}
