// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/bench_application.h"

#include "tests/bench/ui/process_facts.h"

#include <QEvent>
#include <QMetaEnum>
#include <QWidget>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

QString describe(const QString& receiver, QEvent::Type type)
{
    const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return u"%1 to %2"_s.arg(name ? QString::fromLatin1(name) : u"event %1"_s.arg(type), receiver);
}

}

void BenchApplication::watch(QWidget* widget)
{
    m_watched = widget;
}

bool BenchApplication::notify(QObject* receiver, QEvent* event)
{
    if (receiver->thread() != thread())    // Qt has threads of its own, the one of D-Bus for example
        return QApplication::notify(receiver, event);
    const bool isWatched = event->type() == QEvent::Paint && receiver == m_watched;
    const QEvent::Type type = event->type();
    const char* name = receiver->metaObject()->className();    // it may be gone afterwards
    const double begun = m_depth == 0 ? threadCpuMs() : 0;
    ++m_depth;
    const bool handled = QApplication::notify(receiver, event);
    --m_depth;
    m_painted = m_painted || isWatched;
    if (m_depth > 0)
        return handled;
    if (const double took = threadCpuMs() - begun; took > m_longest.cpuMs)
        m_longest = {took, describe(QString::fromLatin1(name), type)};
    if (std::exchange(m_painted, false)) {
        ++m_frames;
        if (m_afterFrame)
            m_afterFrame();
    }
    if (m_afterEvent)
        m_afterEvent();
    return handled;
}

}
