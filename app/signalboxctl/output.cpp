// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/output.h"

#include "app/signalboxctl/json_writer.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace app {

using namespace Qt::StringLiterals;

namespace {

void write(std::FILE* file, const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file);    // errors stay on the stream: isIntact()
}

std::optional<int> terminalWidth(int descriptor)
{
    if (::isatty(descriptor) == 0)
        return {};
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

}

Output::Output(bool json) : m_json(json), m_errorIsTerminal(::isatty(STDERR_FILENO) != 0) {}

void Output::line(const QString& text)
{
    endProgress();
    write(stdout, text.toUtf8() + '\n');
}

void Output::lines(const QStringList& texts)
{
    for (const QString& text : texts)
        line(text);
}

void Output::json(const QByteArray& json)
{
    write(stdout, visibleJson(json) + '\n');
}

void Output::note(const QString& text)
{
    if (m_json)
        return;
    flush();
    endProgress();
    write(stderr, text.toUtf8() + '\n');
}

void Output::error(const core::Error& error)
{
    flush();
    endProgress();
    write(stderr, m_json ? visibleJson(errorJson(error)) + '\n' : errorText(error).toUtf8() + '\n');
}

void Output::progress(int percent, const QString& message)
{
    if (!canShowProgress())
        return;
    // One column stays free: a terminal may wrap a line that fills its last one.
    write(stderr, "\r" + progressBar(percent, message, terminalWidth(STDERR_FILENO).value_or(80) - 1).toUtf8() + "\x1b[K");
    m_hasProgress = true;
}

void Output::endProgress()
{
    if (m_hasProgress)
        write(stderr, "\r\x1b[K");
    m_hasProgress = false;
}

std::optional<int> Output::width() const
{
    return terminalWidth(STDOUT_FILENO);
}

bool Output::canAsk() const
{
    return !m_json && m_errorIsTerminal && ::isatty(STDIN_FILENO) != 0;
}

QString Output::ask(const QString& question)
{
    flush();
    write(stderr, question.toUtf8() + ' ');
    std::array<char, 256> answer{};
    if (std::fgets(answer.data(), static_cast<int>(answer.size()), stdin) == nullptr)
        return {};
    return QString::fromUtf8(answer.data()).trimmed();
}

void Output::flush()
{
    std::fflush(stdout);
}

bool Output::isIntact() const
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

QString errorText(const core::Error& error)
{
    QString text = u"signalboxctl: %1: %2"_s.arg(visible(error.code), visible(error.message));
    if (!error.field.isEmpty())
        text += u" (field %1)"_s.arg(visible(error.field));
    if (!error.detail.isEmpty())
        text += u'\n' + visibleLines(error.detail);
    return text;
}

QByteArray errorJson(const core::Error& error)
{
    return JsonObject()
        .text("kind", core::base::errorKindName(error.kind))
        .text("code", error.code)
        .text("message", error.message)
        .text("field", error.field)
        .text("detail", error.detail)
        .bytes();
}

}
