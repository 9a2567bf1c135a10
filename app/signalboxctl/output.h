// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QStringList>

#include <optional>

namespace app {

/// Standard output and standard error. What is written must already be visible() or JSON of ours.
class Output {
public:
    explicit Output(bool json);
    /// Errors and answers as JSON.
    [[nodiscard]] bool isJson() const { return m_json; }
    void line(const QString& text);
    void lines(const QStringList& texts);
    /// One JSON value on one line, its dangerous characters escaped.
    void json(const QByteArray& json);
    /// A remark on standard error, for people: not with --json.
    void note(const QString& text);
    void error(const core::Error& error);

    /// A line of progress on standard error that replaces the one before. Only on a terminal; also with --json, whose answers go to standard output.
    [[nodiscard]] bool canShowProgress() const { return m_errorIsTerminal; }
    void progress(int percent, const QString& message);
    void endProgress();

    /// Columns of the terminal on standard output; none where that is a file or a pipe.
    [[nodiscard]] std::optional<int> width() const;
    [[nodiscard]] bool canAsk() const;
    /// Asks on standard error and reads one line of standard input.
    [[nodiscard]] QString ask(const QString& question);
    void flush();
    /// Whether everything that was written arrived.
    [[nodiscard]] bool isIntact() const;

private:
    bool m_json;
    bool m_errorIsTerminal;
    bool m_hasProgress = false;
};

/// "signalboxctl: code: message (field f)", with the detail's lines below.
[[nodiscard]] QString errorText(const core::Error& error);
[[nodiscard]] QByteArray errorJson(const core::Error& error);

}
