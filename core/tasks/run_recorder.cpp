// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/run_recorder.h"

#include <nlohmann/json.hpp>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype logBytes = 64 * 1024;

}

RunRecorder::RunRecorder(std::chrono::milliseconds every, std::function<void(const WebhookEvent&)> send)
    : m_every(every),
      m_send(std::move(send)),
      m_lastSent(std::chrono::steady_clock::now()),
      m_commands(std::make_unique<nlohmann::ordered_json>(nlohmann::ordered_json::array()))
{
}

RunRecorder::~RunRecorder() = default;

media::RunContext RunRecorder::contextFor(const RunTicket& ticket, const media::Tools& tools, const media::Limits& limits,
                                          const CancelToken& cancel)
{
    m_attempt = ticket.attempt;
    media::RunContext context;
    context.tools = tools;
    context.limits = limits;
    context.cancel = cancel;
    context.progress = [this](double fraction) { progress(fraction); };
    context.ranCommand = [this](const media::CommandRecord& record) { keep(record); };
    return context;
}

void RunRecorder::progress(double fraction)
{
    const int percent = std::clamp(static_cast<int>(fraction * 100), 0, 99);    // 100 is what DONE says
    const auto now = std::chrono::steady_clock::now();
    if (percent <= m_lastPercent || now - m_lastSent < m_every)
        return;
    m_lastPercent = percent;
    m_lastSent = now;
    WebhookEvent event;
    event.eventId = newUuidV7();
    event.attempt = m_attempt;
    event.sequence = ++m_sequence;
    event.progressPct = percent;
    m_send(event);
}

void RunRecorder::keep(const media::CommandRecord& record)
{
    auto arguments = nlohmann::ordered_json::array();
    for (const QString& argument : record.arguments)
        arguments.push_back(argument.toStdString());
    m_commands->push_back(
        {{"arguments", arguments}, {"exit_code", record.exitCode}, {"signal", record.signal}, {"duration_ms", record.durationMs}});
    if (record.errorTail.isEmpty())
        return;
    m_log += "$ " + record.arguments.value(0).section(u'/', -1).toUtf8() + '\n' + record.errorTail;
    if (!m_log.endsWith('\n'))
        m_log += '\n';
    if (m_log.size() > logBytes)
        m_log = m_log.right(logBytes);
}

QByteArray RunRecorder::commands() const
{
    return QByteArray::fromStdString(m_commands->dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}
