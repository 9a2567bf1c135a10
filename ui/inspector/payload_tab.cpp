// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/payload_tab.h"

#include "ui/base/error_bar.h"
#include "ui/session/store_session.h"

#include <QVBoxLayout>

namespace ui {

using core::backend::HostFailures;
using core::backend::JobStory;
using core::backend::PayloadPart;

namespace {

constexpr qint64 largestInputBeside = qint64{4} << 20;    // an output is read without an input that is larger

}

PayloadTab::PayloadTab(const UiContext& ui, PayloadKind kind, QWidget* parent)
    : StoryTab(ui, parent), m_kind(kind), m_view(new PayloadView(ui, this)), m_error(new ErrorBar(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_error);
    column->addWidget(m_view, 1);
    connect(m_error, &ErrorBar::retryAsked, this, &PayloadTab::read);
}

void PayloadTab::forget()
{
    m_view->showNothing();
    m_error->clear();
    m_isShown = false;
    m_shown.reset();
    m_job = {};
}

void PayloadTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    m_job = story.job;
    m_inputBytes = story.inputBytes;
    m_wanted = m_kind == PayloadKind::Input ? std::optional(story.inputBytes) : story.outputBytes;
    if (m_isShown && m_shown == m_wanted && m_wanted)
        return;    // an input never changes, an output is written once
    read();
}

void PayloadTab::expect(const core::JobId& id)
{
    if (id == m_expected)
        return;
    m_expected = id;
    m_early.reset();
    if (!id.isEmpty() && id != m_job.id && !m_reading)
        ask(id);
}

void PayloadTab::read()
{
    if (!m_wanted) {
        take({}, {});
        return;
    }
    if (m_reading)
        return;
    const auto early = m_expected == m_job.id ? std::exchange(m_early, std::nullopt) : std::nullopt;
    if (early && early->size() == *m_wanted)
        takeAnswer(*early);
    else
        ask(m_job.id);
}

void PayloadTab::ask(const core::JobId& id)
{
    auto* backend = ui().session.backend();
    if (!backend)
        return;
    m_reading = true;
    const auto part = m_kind == PayloadKind::Input ? PayloadPart::Input : PayloadPart::Output;
    const bool isEarly = id != m_job.id;
    core::whenDone(backend->payload(id, part), this, [this, isEarly, asked = id](const core::Result<QByteArray>& bytes) {
        m_reading = false;
        if (isEarly && bytes && asked == m_expected)
            m_early = *bytes;
        if (!isEarly && asked == m_job.id)
            takeAnswer(bytes);
        else if (!m_job.id.isEmpty() && !(isEarly && m_isShown))
            read();    // the story has come meanwhile, this job's or another's
    });
}

void PayloadTab::takeAnswer(const core::Result<QByteArray>& bytes)
{
    if (!bytes)
        fail(bytes.error());
    else if (m_kind == PayloadKind::Output && m_inputBytes <= largestInputBeside)
        readInput(*bytes);
    else
        take(*bytes, {});
}

void PayloadTab::readInput(const QByteArray& output)
{
    m_reading = true;
    core::whenDone(ui().session.backend()->payload(m_job.id, PayloadPart::Input), this,
                   [this, output, asked = m_job.id](const core::Result<QByteArray>& input) {
                       m_reading = false;
                       if (asked == m_job.id)
                           take(output, input ? std::optional(*input) : std::nullopt);
                       else if (!m_job.id.isEmpty())
                           read();
                   });
}

void PayloadTab::take(const std::optional<QByteArray>& bytes, const std::optional<QByteArray>& input)
{
    m_error->clear();
    m_isShown = true;
    m_shown = bytes ? std::optional<qint64>(bytes->size()) : std::nullopt;
    m_view->showPayload(m_job, m_kind, bytes, input);
}

void PayloadTab::fail(const core::Error& error)
{
    m_error->showError(m_kind == PayloadKind::Input ? tr("The input could not be read.") : tr("The output could not be read."), error);
    ui().session.noteFailure(error);
}

}
