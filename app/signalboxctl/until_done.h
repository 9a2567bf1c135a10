// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

#include <atomic>

namespace app {

/// Waits for what `start` begins with an ActControl, with progress: until its end, or until the first interrupt has ended it. `text(done, of)`
/// says how far it is.
template <class T, class Start, class Text>
[[nodiscard]] core::Result<T> untilDone(Session& session, Start start, Text text)
{
    const core::CancelSource abort;
    std::atomic<qsizetype> done = 0;
    std::atomic<qsizetype> total = 0;
    core::tasks::ActControl control;
    control.cancel = abort.token();
    control.progress = [&](qsizetype now, qsizetype of) {
        done = now;
        total = of;
        session.wakeups.changed();
    };
    session.wakeups.catchSignals();    // not before: while a question is asked a signal simply ends it
    const core::Pending<T> pending = start(control);
    while (!pending.isDone()) {
        session.wakeups.wait(pollInterval);
        if (session.wakeups.interrupts() > 0)
            abort.cancel();
        const qsizetype now = done;
        if (const qsizetype of = total; of > 0)
            session.output.progress(static_cast<int>(100 * now / of), text(now, of));
    }
    session.output.endProgress();
    return pending.wait();
}

}
