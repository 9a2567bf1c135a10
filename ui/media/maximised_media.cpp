// SPDX-License-Identifier: Apache-2.0
#include "ui/media/maximised_media.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/media/frame_grid.h"
#include "ui/media/frames_view.h"
#include "ui/media/media_controls.h"
#include "ui/media/media_job.h"
#include "ui/media/media_strip.h"
#include "ui/media/state_mark.h"
#include "ui/media/transcript_model.h"
#include "ui/media/transcript_view.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

using core::jobs::Filter;
using core::jobs::FilterKey;
using core::jobs::FilterTerm;
using core::jobs::FilterText;

Filter term(FilterKey key, const core::jobs::PayloadPath& path, const QString& text)
{
    return {FilterTerm{.key = key, .path = path, .values = {FilterText{text, false}}}};
}

/// What its input names; empty for a job without a file.
QString inputFile(const core::jobs::Job& job)
{
    const auto input = core::tasks::parseInput(job.type, job.inputData).value;
    return std::visit(
        [](const auto& payload) -> QString {
            if constexpr (requires { payload.filePath; })
                return payload.filePath;
            else
                return {};
        },
        input);
}

QFrame* line(QFrame::Shape shape, QWidget* parent)
{
    auto* drawn = new QFrame(parent);
    drawn->setFrameShape(shape);
    drawn->setFrameShadow(QFrame::Plain);
    drawn->setForegroundRole(QPalette::Mid);
    drawn->setFixedHeight(1);
    return drawn;
}

}

MaximisedMedia::MaximisedMedia(const UiContext& ui, const core::JobId& id, QWidget* parent)
    : QWidget(parent),
      m_ui(ui),
      m_left(new QWidget),
      m_right(new QWidget),
      m_panes(new QSplitter(Qt::Horizontal, this)),
      m_acts(new QHBoxLayout),
      m_title(new InkLabel(TextRole::Title, InkLabel::Ink::Text, this)),
      m_subtitle(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_time(new InkLabel(TextRole::Mono, InkLabel::Ink::Text, this)),
      m_strip(new MediaStrip(this))
{
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(headLine());
    lines->addWidget(line(QFrame::HLine, this));
    for (QWidget* pane : {m_left, m_right}) {
        auto* content = new QVBoxLayout(pane);
        content->setContentsMargins(0, 0, 0, 0);
        content->setSpacing(0);
        pane->setBackgroundRole(QPalette::Base);
        pane->setAutoFillBackground(true);
        pane->setMinimumWidth(scaled(360));
        m_panes->addWidget(pane);
    }
    m_panes->setChildrenCollapsible(false);
    m_panes->setStretchFactor(0, 600);
    m_panes->setStretchFactor(1, 840);
    m_panes->setSizes({600, 840});
    lines->addWidget(m_panes, 1);
    lines->addWidget(line(QFrame::HLine, this));
    lines->addWidget(m_strip);

    connect(m_strip, &MediaStrip::timePicked, this, &MaximisedMedia::takeTime);
    auto* back = new QShortcut(Qt::Key_Escape, this);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, this, &MaximisedMedia::goBack);

    auto* backend = ui.session.backend();
    if (!backend) {
        showAbsence(Pane::Transcript, tr("The store is not open."));
        showAbsence(Pane::Frames, tr("The store is not open."));
        return;
    }
    core::whenDone(backend->job(id), this, [this](const core::Result<core::backend::JobDetails>& details) {
        if (details) {
            takeAsked(*details);
            return;
        }
        showAbsence(Pane::Transcript, plainLine(details.error().message));
        showAbsence(Pane::Frames, plainLine(details.error().message));
    });
}

QWidget* MaximisedMedia::headLine()
{
    auto* head = new QWidget(this);
    head->setFixedHeight(scaled(52));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(scaled(16), 0, scaled(16), 0);
    row->setSpacing(scaled(12));
    auto* back = new QPushButton(ownIcon(u"go-previous"_s), tr("Jobs"), head);
    back->setAccessibleName(tr("Back to the jobs"));
    back->setToolTip(tr("Back to the jobs (Esc)"));
    connect(back, &QPushButton::clicked, this, &MaximisedMedia::backAsked);
    row->addWidget(back);
    row->addWidget(m_title);
    row->addWidget(m_subtitle);
    row->addStretch(1);
    m_time->setText(timecode(0));
    m_time->setAccessibleDescription(tr("The time of the current cue or frame"));
    row->addWidget(m_time);
    m_acts->setContentsMargins(0, 0, 0, 0);
    row->addLayout(m_acts);
    auto* swap = iconButton(u"swap"_s, tr("Swap the panes"), {}, head);
    connect(swap, &QToolButton::clicked, this, [this] { m_panes->insertWidget(0, m_panes->widget(1)); });
    row->addWidget(swap);
    auto* restore = iconButton(u"view-restore"_s, tr("Back to the inspector"), tr("Esc"), head);
    connect(restore, &QToolButton::clicked, this, &MaximisedMedia::backAsked);
    row->addWidget(restore);
    row->addWidget(new KeyHints({{{tr("Esc")}, tr("back")}}, head));
    return head;
}

void MaximisedMedia::takeAsked(const core::backend::JobDetails& details)
{
    m_filePath = inputFile(details.job);
    showTitle();
    using core::JobType;
    const bool isTranscript = details.job.type == JobType::TranscriptionGenerate;
    const bool isFrames = details.job.type == JobType::FrameExtract;
    if (isTranscript)
        showJob(Pane::Transcript, details);
    else
        find(Pane::Transcript);
    if (isFrames)
        showJob(Pane::Frames, details);
    else
        find(Pane::Frames);
}

void MaximisedMedia::find(Pane pane)
{
    const QString none = pane == Pane::Transcript ? tr("No finished transcription of this file.") : tr("No finished frames of this file.");
    if (m_filePath.isEmpty()) {
        showAbsence(pane, none);
        return;
    }
    const auto type = pane == Pane::Transcript ? core::JobType::TranscriptionGenerate : core::JobType::FrameExtract;
    const Filter filter =
        core::jobs::joined(core::jobs::Join::All,
                           {term(FilterKey::Input, {u"file_path"_s}, m_filePath), term(FilterKey::Type, {}, core::jobs::jobTypeName(type)),
                            term(FilterKey::Status, {}, core::jobs::statusName(core::JobStatus::Done))});
    core::jobs::PageRequest newest;
    newest.limit = 1;
    auto* backend = m_ui.session.backend();
    core::whenDone(backend->listJobs(filter, newest), this, [this, pane, none, backend](const core::Result<core::jobs::JobPage>& page) {
        if (!page || page->rows.isEmpty()) {
            showAbsence(pane, page ? none : plainLine(page.error().message));
            return;
        }
        core::whenDone(backend->job(page->rows.first().id), this, [this, pane](const core::Result<core::backend::JobDetails>& details) {
            if (details)
                showJob(pane, *details);
            else
                showAbsence(pane, plainLine(details.error().message));
        });
    });
}

void MaximisedMedia::showJob(Pane pane, const core::backend::JobDetails& details)
{
    const auto& job = details.job;
    const PayloadContext context{m_ui, job, job.inputData};
    const auto output = core::tasks::parseOutput(job.type, job.outputData.value_or(QByteArray())).value;
    if (const auto* said = std::get_if<core::tasks::TranscriptionGenerateOutput>(&output); said && pane == Pane::Transcript) {
        m_transcript = new TranscriptView(context, *said);
        m_transcript->setFillsPane();
        auto* copy = m_transcript->copyControl();
        copy->setText(tr("Copy subtitles"));
        copy->setAccessibleName(copy->text());
        copy->setMinimumWidth(copy->fontMetrics().horizontalAdvance(copy->text()) + scaled(44));
        m_acts->addWidget(copy);
        connect(m_transcript, &TranscriptView::currentCueChanged, this, &MaximisedMedia::takeCue);
        connect(m_transcript, &TranscriptView::shownSpanChanged, this, [this] { m_strip->setShown(m_transcript->shownSpan()); });
        fill(pane, &job, tr("Transcript"), m_transcript->summary(), m_transcript);
        m_strip->setCues(m_transcript->model().stripCues());
    } else if (const auto* seen = std::get_if<core::tasks::FrameExtractOutput>(&output); seen && pane == Pane::Frames) {
        m_frames = new FramesView(context, *seen);
        m_frames->setFillsPane();
        connect(m_frames, &FramesView::currentFrameChanged, this, &MaximisedMedia::takeFrame);
        fill(pane, &job, tr("Frames"), m_frames->summary(), m_frames);
        m_strip->setFrames(m_frames->model().times());
    } else {
        showAbsence(pane, tr("This job has no output."));
        return;
    }
    ++m_jobs;
    qint64 duration = m_transcript ? m_transcript->model().durationMs() : 0;
    if (m_frames) {
        for (const qint64 ms : m_frames->model().times())
            duration = std::max(duration, ms);
    }
    m_strip->setDuration(duration);
    showTitle();
    if (m_transcript)
        takeCue(m_transcript->currentCue());
    noteSettled();
}

void MaximisedMedia::showAbsence(Pane pane, const QString& sentence)
{
    auto* words = new InkLabel(sentence, TextRole::Body, InkLabel::Ink::Text2);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    fill(pane, nullptr, pane == Pane::Transcript ? tr("Transcript") : tr("Frames"), {}, words);
    noteSettled();
}

void MaximisedMedia::fill(Pane pane, const core::jobs::JobSummary* job, const QString& title, const QString& facts, QWidget* content)
{
    QWidget* place = pane == Pane::Transcript ? m_left : m_right;
    auto* head = new QWidget(place);
    head->setFixedHeight(scaled(44));
    head->setBackgroundRole(QPalette::Window);
    head->setAutoFillBackground(true);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(scaled(16), 0, scaled(16), 0);
    row->setSpacing(scaled(8));
    row->addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, head));
    if (job) {
        row->addSpacing(scaled(4));
        row->addWidget(new StateMark(*job, head));
        auto* id = new InkLabel(job->id.text.left(13) + u'\u2026', TextRole::MonoSmall, InkLabel::Ink::Text2, head);
        id->setToolTip(plainToolTip(job->id.text));
        id->setAccessibleName(tr("Job %1").arg(plainLine(job->id.text)));
        row->addWidget(id);
    }
    row->addStretch(1);
    row->addWidget(new InkLabel(facts, TextRole::Small, InkLabel::Ink::Text2, head));
    place->layout()->addWidget(head);
    place->layout()->addWidget(line(QFrame::HLine, place));
    static_cast<QVBoxLayout*>(place->layout())->addWidget(content, 1);
    if (job && !focusProxy()) {    // the pane that came first; keys go there and not to the strip
        setFocusProxy(content);
        content->setFocus();
    }
}

void MaximisedMedia::noteSettled()
{
    if (--m_awaited == 0)
        emit settled();
}

void MaximisedMedia::showTitle()
{
    m_title->setText(fileNameOf(m_filePath));
    QStringList parts;
    if (m_strip->lengthMs() > 0)
        parts << timecode(m_strip->lengthMs());
    if (m_jobs > 0)
        parts << (m_jobs == 1 ? tr("1 job on this input file") : tr("%1 jobs on one input file").arg(m_jobs));
    m_subtitle->setText(parts.join(u" \u00b7 "_s));
}

void MaximisedMedia::goTo(qint64 ms)
{
    m_strip->setPlace(ms);
    m_time->setText(timecode(m_strip->placeMs()));
}

void MaximisedMedia::takeCue(int cue)
{
    if (m_following || cue < 0)
        return;
    const auto span = m_transcript->model().spanOf(cue);
    m_strip->setCurrentCue(cue);
    goTo(span.first);
    if (m_frames)
        m_frames->setCue(span);
}

void MaximisedMedia::takeFrame(int frame)
{
    if (frame < 0)
        return;
    const qint64 ms = m_frames->model().frames().at(frame).timestampMs;
    goTo(ms);
    const int cue = m_transcript ? m_transcript->model().cueAt(ms) : -1;
    if (cue < 0 || !m_frames->followsCue())
        return;
    m_following = true;
    m_transcript->setCurrentCue(cue);
    m_following = false;
    m_strip->setCurrentCue(cue);
    m_frames->setCue(m_transcript->model().spanOf(cue), false);
}

void MaximisedMedia::takeTime(qint64 ms)
{
    const int cue = m_transcript ? m_transcript->model().cueAt(ms) : -1;
    if (cue >= 0) {
        m_following = true;
        m_transcript->setCurrentCue(cue);
        m_following = false;
        m_strip->setCurrentCue(cue);
    }
    goTo(ms);
    if (!m_frames)
        return;
    if (cue >= 0)
        m_frames->setCue(m_transcript->model().spanOf(cue), false);
    m_frames->setCurrentFrame(m_frames->model().frameAt(ms));
}

void MaximisedMedia::goBack()
{
    if (!m_frames || !m_frames->closeBig())
        emit backAsked();
}

}
