// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QPointer>

#include <functional>

namespace bench {

/// Sees every event of the GUI thread end: when the watched widget was painted and its window's pixels handed to the screen, and which
/// event took longest.
class BenchApplication final : public QApplication {
    Q_OBJECT

public:
    using QApplication::QApplication;

    [[nodiscard]] static BenchApplication& instance() { return *qobject_cast<BenchApplication*>(QCoreApplication::instance()); }

    void watch(QWidget* widget);
    /// How often it was painted so far.
    [[nodiscard]] quint64 frames() const { return m_frames; }
    /// Called when the GUI thread is through with an event, whatever it was.
    void setAfterEvent(std::function<void()> afterEvent) { m_afterEvent = std::move(afterEvent); }
    /// Called after each frame.
    void setAfterFrame(std::function<void()> afterFrame) { m_afterFrame = std::move(afterFrame); }

    struct LongEvent {
        double cpuMs = 0;
        QString what;
    };
    [[nodiscard]] LongEvent takeLongestEvent() { return std::exchange(m_longest, LongEvent{}); }

    bool notify(QObject* receiver, QEvent* event) override;

private:
    QPointer<QWidget> m_watched;
    std::function<void()> m_afterEvent;
    std::function<void()> m_afterFrame;
    LongEvent m_longest;
    quint64 m_frames = 0;
    int m_depth = 0;
    bool m_painted = false;
};

}
