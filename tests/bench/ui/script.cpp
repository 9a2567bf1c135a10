// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/script.h"

#include "tests/bench/figures.h"
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/process_facts.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 120'000;

}

Script::Script(QObject* parent) : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { giveUp(u"in vain: %1"_s.arg(m_steps.front().name)); });
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] { m_rested = true; });
    BenchApplication::instance().setAfterEvent([this] { look(); });
}

void Script::add(const QString& name, Act act, Until until, Done done)
{
    m_steps.push_back({name, std::move(act), std::move(until), std::move(done)});
}

void Script::repeat(int times, const QString& name, const Act& act, const Until& until, const Done& done)
{
    for (int i = 0; i < times; ++i)
        add(name, act, until, done);
}

void Script::add(Act act)
{
    add(u"an act"_s, std::move(act), [] { return true; });
}

void Script::rest(int ms)
{
    add(
        u"a rest"_s,
        [this, ms] {
            m_rested = false;
            m_rest.start(ms);
        },
        [this] { return m_rested; });
}

void Script::run(Act end)
{
    m_end = std::move(end);
    next();
}

/// In an event of its own, so that what the step before left behind is not told as this one's.
void Script::next()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_steps.empty()) {
                m_end();
                return;
            }
            m_begun = {machineMs(), threadCpuMs()};
            m_patience.start();
            m_steps.front().act();
            m_waiting = true;
        },
        Qt::QueuedConnection);
}

void Script::look()
{
    if (!m_waiting || !m_steps.front().until())
        return;
    m_waiting = false;
    m_patience.stop();
    const Taken taken{machineMs() - m_begun.wallMs, threadCpuMs() - m_begun.cpuMs};
    if (m_steps.front().done)
        m_steps.front().done(taken);
    m_steps.pop_front();
    next();
}

}
