// SPDX-License-Identifier: Apache-2.0
#include "core/media/process.h"

#include "core/media/stall_watch.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <algorithm>
#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

constexpr int stepMs = 25;    // how long a cancel can go unseen
constexpr qint64 headBytes = 64 << 10;
constexpr qint64 tailBytes = 16 << 10;
constexpr qsizetype longestLine = 64 << 10;

/// Cuts a stream into lines. A line without an end is given out in pieces, so that no program can make us keep it all.
class LineSplitter {
public:
    explicit LineSplitter(const std::function<void(QByteArrayView)>& take) : m_take(take) {}

    void add(const QByteArray& bytes)
    {
        if (!m_take)
            return;
        m_pending += bytes;
        qsizetype start = 0;
        for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n', start)) {
            m_take(QByteArrayView(m_pending).sliced(start, end - start));
            start = end + 1;
        }
        m_pending.remove(0, start);
        if (m_pending.size() > longestLine)
            finish();
    }

    void finish()
    {
        if (m_take && !m_pending.isEmpty())
            m_take(m_pending);
        m_pending.clear();
    }

private:
    const std::function<void(QByteArrayView)>& m_take;
    QByteArray m_pending;
};

QString debianPackageOf(const QString& program)
{
    const QString name = QFileInfo(program).fileName();
    if (name == "ffmpeg"_L1 || name == "ffprobe"_L1)
        return u"ffmpeg"_s;
    if (name.startsWith("pocketsphinx"_L1))
        return u"pocketsphinx"_s;
    if (name.startsWith("fc-"_L1))
        return u"fontconfig"_s;
    if (name == "flite"_L1)
        return u"flite"_s;
    return {};
}

Result<QString> findProgram(const QString& program)
{
    const QString found = program.contains(u'/') ? program : QStandardPaths::findExecutable(program);
    if (!found.isEmpty() && QFileInfo(found).isFile() && QFileInfo(found).isExecutable())
        return found;
    const QString package = debianPackageOf(program);
    const QString where = program.contains(u'/') ? u"is no program"_s : u"is not on PATH"_s;
    const QString hint = package.isEmpty() ? QString() : u" (Debian package: %1)"_s.arg(package);
    return failure(ErrorKind::NotFound, u"tool_missing"_s, u"%1 %2%3."_s.arg(program, where, hint));
}

/// Runs in the child between fork and exec: only calls that are safe there.
void prepareChild(qint64 memoryBytes, pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);    // the parent died before the line above
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_CORE, &noCore);
    if (memoryBytes > 0) {
        const rlimit memory{rlim_t(memoryBytes), rlim_t(memoryBytes)};
        setrlimit(RLIMIT_AS, &memory);
    }
    // Marked, not closed: QProcess still reports a failed exec through one of them.
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
}

bool saysOutOfMemory(const ProcessEnd& end)
{
    if (end.isSuccess())
        return false;
    static const QList<QByteArray> phrases = {"Cannot allocate memory", "Out of memory", "std::bad_alloc", "failed to map segment",
                                              "cannot allocate memory"};
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](const QByteArray& phrase) { return end.errorHead.contains(phrase) || end.errorTail.contains(phrase); });
}

/// A started process and what it has said so far.
class Run {
public:
    Run(const ProcessSpec& spec, const RunContext& context)
        : m_spec(spec), m_context(context), m_outputLines(spec.onOutputLine), m_errorLines(spec.onErrorLine)
    {
    }

    Result<ProcessEnd> toEnd(const QString& program)
    {
        m_clock.start();
        if (const auto started = start(program); !started) {
            report();
            return errorOf(started);
        }
        const auto watched = watch();
        if (!watched)
            stop();
        collect();
        m_outputLines.finish();
        m_errorLines.finish();
        report();
        if (!watched)
            return tl::make_unexpected(withTail(watched.error()));
        if (saysOutOfMemory(m_end))
            return failure(ErrorKind::TooLarge, u"memory_limit"_s,
                           u"%1 ran out of the %2 MiB of memory it may use."_s.arg(m_spec.program).arg(m_context.limits.memoryBytes >> 20),
                           {}, QString::fromUtf8(m_end.errorTail));
        return m_end;
    }

private:
    Result<void> start(const QString& program)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LC_ALL"_s, u"C"_s);    // numbers with a full stop, messages in English
        environment.insert(u"AV_LOG_FORCE_NOCOLOR"_s, u"1"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setChildProcessModifier([memory = m_context.limits.memoryBytes, parent = getpid()] { prepareChild(memory, parent); });
        if (!m_spec.workingFolder.isEmpty())
            m_process.setWorkingDirectory(m_spec.workingFolder);
        if (m_spec.input.isEmpty())
            m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.start(program, m_spec.arguments);
        if (!m_process.waitForStarted(-1))
            return failure(ErrorKind::Internal, u"tool_not_started"_s,
                           u"%1 could not be started: %2."_s.arg(m_spec.program, m_process.errorString()));
        m_group = pid_t(m_process.processId());
        if (!m_spec.input.isEmpty()) {
            m_process.write(m_spec.input);
            m_process.closeWriteChannel();
        }
        return {};
    }

    Result<void> watch()
    {
        const QDeadlineTimer wall(m_context.limits.wallTime);
        StallWatch stall(m_group, m_context.limits.stall);
        while (m_process.state() != QProcess::NotRunning) {
            if (m_context.cancel.isCancelled())
                return failure(ErrorKind::Cancelled, u"cancelled"_s, u"%1 was stopped on request."_s.arg(m_spec.program));
            if (wall.hasExpired())
                return failure(ErrorKind::TimedOut, u"time_limit"_s,
                               u"%1 was stopped: it ran longer than the limit of %2 s."_s.arg(m_spec.program)
                                   .arg(double(m_context.limits.wallTime.count()) / 1000));
            if (m_process.waitForReadyRead(stepMs))
                stall.heard();
            else if (m_process.state() != QProcess::NotRunning && stall.isStalled())
                return failure(ErrorKind::TimedOut, u"tool_stalled"_s,
                               u"%1 was stopped: for %2 s it said nothing and did nothing."_s.arg(m_spec.program)
                                   .arg(double(m_context.limits.stall.count()) / 1000));
            if (!collect())
                return failure(ErrorKind::TooLarge, u"output_too_large"_s,
                               u"%1 was stopped: it wrote more than %2 bytes."_s.arg(m_spec.program).arg(m_spec.outputCap));
        }
        return {};
    }

    /// Politely, then for certain. The group lives on while any process of it does, so its number is still ours.
    void stop()
    {
        kill(-m_group, SIGTERM);
        const QDeadlineTimer polite(m_context.limits.politeStop);
        while (m_process.state() != QProcess::NotRunning && !polite.hasExpired()) {
            m_process.waitForFinished(stepMs);
            collect();    // a full pipe would keep it from ending
        }
        kill(-m_group, SIGKILL);
        m_process.waitForFinished(-1);
    }

    /// Takes what both pipes hold. False when standard output is over its cap.
    bool collect()
    {
        const QByteArray errors = m_process.readAllStandardError();
        m_errorLines.add(errors);
        m_end.errorHead += errors.left(std::max<qsizetype>(0, headBytes - m_end.errorHead.size()));
        m_end.errorTail = (m_end.errorTail + errors).right(tailBytes);

        const QByteArray output = m_process.readAllStandardOutput();
        m_outputLines.add(output);
        if (m_spec.onOutputLine)
            return true;
        m_end.output += output.left(std::max<qsizetype>(0, m_spec.outputCap - m_end.output.size()));
        m_outputBytes += output.size();
        return m_outputBytes <= m_spec.outputCap;
    }

    void report()
    {
        m_end.durationMs = m_clock.elapsed();
        if (m_group > 0) {
            const bool killed = m_process.exitStatus() == QProcess::CrashExit;
            m_end.exitCode = killed ? -1 : m_process.exitCode();
            m_end.signal = killed ? m_process.exitCode() : 0;    // on Unix Qt keeps the signal's number there
        }
        if (!m_context.ranCommand)
            return;
        m_context.ranCommand({.arguments = QStringList(m_spec.program) + m_spec.arguments,
                              .exitCode = m_end.exitCode,
                              .signal = m_end.signal,
                              .durationMs = m_end.durationMs,
                              .errorTail = m_end.errorTail});
    }

    [[nodiscard]] Error withTail(Error error) const
    {
        error.detail = QString::fromUtf8(m_end.errorTail);
        return error;
    }

    const ProcessSpec& m_spec;
    const RunContext& m_context;
    QProcess m_process;
    QElapsedTimer m_clock;
    LineSplitter m_outputLines;
    LineSplitter m_errorLines;
    ProcessEnd m_end;
    qint64 m_outputBytes = 0;
    pid_t m_group = 0;
};

}

Result<ProcessEnd> runProcess(const ProcessSpec& spec, const RunContext& context)
{
    const auto program = findProgram(spec.program);
    if (!program) {
        if (context.ranCommand)
            context.ranCommand({.arguments = QStringList(spec.program) + spec.arguments, .errorTail = program.error().message.toUtf8()});
        return errorOf(program);
    }
    if (context.cancel.isCancelled())
        return failure(ErrorKind::Cancelled, u"cancelled"_s, u"%1 was not started: a stop was asked for."_s.arg(spec.program));
    return Run(spec, context).toEnd(*program);
}

QString describeEnd(const ProcessEnd& end)
{
    const QString how = end.signal != 0 ? u"ended by signal %1"_s.arg(end.signal) : u"exit code %1"_s.arg(end.exitCode);
    QByteArray lastLine = end.errorTail.trimmed();
    lastLine = lastLine.mid(lastLine.lastIndexOf('\n') + 1);
    if (lastLine.isEmpty())
        return how;
    return how + u": "_s + QString::fromUtf8(lastLine).left(400);
}

}
