// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/raw_tab.h"

#include "ui/base/error_bar.h"
#include "ui/base/log_pane.h"
#include "ui/base/log_view.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::backend::PayloadPart;

namespace {

constexpr qint64 largestShown = 256 * 1024;    // above that the Input and Output tabs are the place

QByteArray quoted(const QString& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

QByteArray textOrNull(const QString& text)
{
    return text.isEmpty() ? QByteArrayLiteral("null") : quoted(text);
}

QByteArray timeOrNull(const std::optional<core::Time>& time)
{
    return time ? QByteArray::number(core::base::toMicros(*time)) : QByteArrayLiteral("null");
}

/// The bytes as they are where they are JSON; else as a string, so that the row stays readable.
QByteArray payload(const std::optional<QByteArray>& bytes, const std::optional<qint64>& size)
{
    if (!size)
        return "null";
    if (*size > largestShown)
        return quoted(RawTab::tr("%1 bytes, see the tab of the payload").arg(*size));
    if (!bytes)
        return quoted(RawTab::tr("being read"));
    QJsonParseError error;
    QJsonDocument::fromJson(*bytes, &error);
    return error.error == QJsonParseError::NoError ? *bytes : quoted(QString::fromUtf8(*bytes));
}

}

RawTab::RawTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent), m_error(new ErrorBar(this)), m_text(new LogPane(tr("The job's row as JSON"), this))
{
    m_text->view()->setMarksTrouble(false);
    m_text->view()->setFollowing(false);
    m_text->view()->setMasksCopies(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(16));
    column->addWidget(m_error);
    column->addWidget(m_text, 1);
    connect(m_error, &ErrorBar::retryAsked, this, &RawTab::read);
}

void RawTab::forget()
{
    m_job = {};
    m_input.reset();
    m_output.reset();
    m_error->clear();
    m_text->setLog({});
}

void RawTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    if (m_outputBytes != story.outputBytes)
        m_output.reset();
    m_job = story.job;
    m_inputBytes = story.inputBytes;
    m_outputBytes = story.outputBytes;
    showRow();
    read();
}

void RawTab::read()
{
    m_error->clear();
    auto* backend = ui().session.backend();
    const auto ask = [this, backend](PayloadPart part, std::optional<QByteArray>& into) {
        core::whenDone(backend->payload(m_job.id, part), this, [this, &into, asked = m_job.id](const core::Result<QByteArray>& bytes) {
            if (asked != m_job.id)
                return;
            if (bytes) {
                into = *bytes;
                showRow();
            } else if (bytes.error().kind != core::ErrorKind::NotFound) {
                m_error->showError(tr("A payload of the row could not be read."), bytes.error(), tr("The other columns are shown."));
            }
        });
    };
    if (!backend)
        return;
    if (!m_input && m_inputBytes <= largestShown)
        ask(PayloadPart::Input, m_input);
    if (!m_output && m_outputBytes && *m_outputBytes <= largestShown)
        ask(PayloadPart::Output, m_output);
}

void RawTab::showRow()
{
    const std::pair<const char*, QByteArray> columns[] = {
        {"id", quoted(m_job.id.text)},
        {"job_type", quoted(m_job.typeText)},
        {"status", quoted(m_job.statusText)},
        {"progress_pct", QByteArray::number(m_job.progressPct)},
        {"current_message", textOrNull(m_job.message)},
        {"input_data", payload(m_input, m_inputBytes)},
        {"output_data", payload(m_output, m_outputBytes)},
        {"error_message", textOrNull(m_job.errorMessage)},
        {"error_code", textOrNull(m_job.errorCode)},
        {"user_id", textOrNull(m_job.userId)},
        {"project_id", textOrNull(m_job.projectId)},
        {"broker_id", textOrNull(m_job.brokerId)},
        {"dedupe_key", textOrNull(m_job.dedupeKey)},
        {"attempt", QByteArray::number(m_job.attempt)},
        {"retried_from", textOrNull(m_job.retriedFrom ? m_job.retriedFrom->text : QString())},
        {"created_at", timeOrNull(m_job.createdAt)},
        {"started_at", timeOrNull(m_job.startedAt)},
        {"finished_at", timeOrNull(m_job.finishedAt)},
        {"updated_at", timeOrNull(m_job.updatedAt)},
        {"cancel_requested_at", timeOrNull(m_job.cancel.requestedAt)},
        {"cancel_broker_informed_at", timeOrNull(m_job.cancel.brokerInformedAt)},
        {"cancel_acknowledged_at", timeOrNull(m_job.cancel.acknowledgedAt)},
    };
    QByteArray text = "{\n";
    for (const auto& [name, value] : columns)
        text += QByteArrayLiteral("  \"") + name + "\": " + value + ",\n";
    text.chop(2);
    m_text->setLog(text + "\n}\n");
}

}
