// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace ui {

/// One case file on its way out or in, whatever happens to the dialog it was asked from.
class CaseRun final : public QObject {
    Q_OBJECT

public:
    explicit CaseRun(QObject* parent) : QObject(parent)
    {
        m_tick.setInterval(100);
        connect(&m_tick, &QTimer::timeout, this, &CaseRun::tell);
    }
    /// `run(control)` answers a Pending; `end(result)` is called once, and then this goes.
    template <class Run, class End>
    void start(const Run& run, End end)
    {
        core::tasks::ActControl control;
        control.cancel = m_abort.token();
        control.progress = [bytes = m_bytes](qsizetype done, qsizetype of) {
            bytes->of = of;
            bytes->done = done;
        };
        m_tick.start();
        core::whenDone(run(control), this, [this, end = std::move(end)](const auto& result) {
            m_tick.stop();
            tell();
            end(result);
            deleteLater();
        });
    }
    void abort() { m_abort.cancel(); }

signals:
    /// In hundredths of its bytes, at most ten times a second.
    void progressed(qint64 done, std::optional<qint64> of);

private:
    void tell()
    {
        if (const qint64 of = m_bytes->of; of > 0)
            emit progressed(100 * m_bytes->done / of, 100);
    }
    struct Bytes {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> of = 0;
    };
    core::CancelSource m_abort;
    std::shared_ptr<Bytes> m_bytes = std::make_shared<Bytes>();    // written by the lane that works
    QTimer m_tick;
};

}
