// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <deque>
#include <mutex>

namespace ui {

/// The newest lines of this program's own log, with secrets masked, for the log window. Any thread may write.
class LogBuffer {
public:
    static constexpr qsizetype maxLines = 5000;
    LogBuffer() = default;
    ~LogBuffer();
    LogBuffer(const LogBuffer&) = delete;
    LogBuffer& operator=(const LogBuffer&) = delete;

    void append(const QString& line);
    /// Lines after the one of this number, and the number of the last: ask again from there.
    struct Lines {
        QList<QString> lines;
        qint64 last = 0;
    };
    [[nodiscard]] Lines after(qint64 number) const;
    [[nodiscard]] QByteArray text() const;

    /// Puts itself before the handler that was installed, which still gets every message, until this buffer goes. One buffer in a program.
    void install();

private:
    mutable std::mutex m_mutex;
    std::deque<QString> m_lines;
    qint64 m_last = 0;
};

}
