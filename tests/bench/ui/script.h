// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace bench {

/// How long a step took: on the clock, and by the GUI thread's own processor time.
struct Taken {
    double wallMs = 0;
    double cpuMs = 0;
};

/// Steps of a person at a window, one after the other. Each acts, then waits until something is so; that is asked after every event of
/// the GUI thread, so that a step ends with the event that made it so.
class Script final : public QObject {
    Q_OBJECT

public:
    using Act = std::function<void()>;
    using Until = std::function<bool()>;
    using Done = std::function<void(const Taken&)>;

    explicit Script(QObject* parent = nullptr);

    void add(const QString& name, Act act, Until until, Done done = {});
    void repeat(int times, const QString& name, const Act& act, const Until& until, const Done& done);
    /// Something that takes no waiting.
    void add(Act act);
    /// Lets the windows come to rest.
    void rest(int ms);
    /// Begins; `end` follows the last step. A step that does not end gives up.
    void run(Act end);

private:
    struct Step {
        QString name;
        Act act;
        Until until;
        Done done;
    };
    void next();
    void look();

    std::deque<Step> m_steps;
    Act m_end;
    Taken m_begun;
    bool m_waiting = false;
    bool m_rested = false;
    QTimer m_patience;
    QTimer m_rest;
};

}
