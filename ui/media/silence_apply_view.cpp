// SPDX-License-Identifier: Apache-2.0
#include "ui/media/silence_apply_view.h"

#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/media/media_controls.h"
#include "ui/media/media_job.h"
#include "ui/media/wave_view.h"
#include "ui/session/store_session.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int pieces = 4096;

}

QList<core::tasks::Segment> SilenceApplyView::removedParts(const QList<core::tasks::Segment>& silences, qint64 paddingMs)
{
    const qint64 padding = std::clamp<qint64>(paddingMs, 0, MediaAxis::longestMs);
    QList<core::tasks::Segment> removed;
    for (const auto& silence : silences) {
        const core::tasks::Segment part{MediaAxis::bounded(silence.startMs) + padding, MediaAxis::bounded(silence.endMs) - padding};
        if (part.endMs > part.startMs)
            removed << part;
    }
    return removed;
}

SilenceApplyView::SilenceApplyView(const PayloadContext& context, const core::tasks::SilenceApplyOutput& output, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_output(output),
      m_facts(new FactsRow(this)),
      m_beforeText(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_before(new WaveView(this)),
      m_afterText(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_after(new WaveView(this)),
      m_afterRow(new QHBoxLayout)
{
    for (auto* wave : {m_before, m_after}) {
        wave->setWaveHeight(scaled(104));
        wave->setNote(tr("Reading the sound"));
    }
    m_before->setAccessibleName(tr("The input's sound, with the removed parts"));
    m_after->setAccessibleName(tr("The result's sound, with the cuts"));

    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(scaled(4));
    lines->addWidget(m_facts);
    lines->addSpacing(scaled(8));
    auto* title = new QHBoxLayout;
    title->addWidget(m_beforeText, 1);
    title->addWidget(new LegendKey(LegendKey::Sign::Amber, tr("removed"), this));
    lines->addLayout(title);
    lines->addWidget(m_before);
    lines->addSpacing(scaled(8));
    lines->addWidget(m_afterText);
    m_afterRow->addWidget(m_after);
    m_afterRow->addStretch();
    lines->addLayout(m_afterRow);
    lines->addStretch(1);

    showLengths();
    readPeaks(output.filePath, m_after);
    withInput(context, this, [this](const core::tasks::InputPayload& input) {
        if (const auto* asked = std::get_if<core::tasks::SilenceApplyInput>(&input))
            takeInput(*asked);
    });
}

SilenceApplyView::~SilenceApplyView()
{
    m_reading.cancel();
}

void SilenceApplyView::takeInput(const core::tasks::SilenceApplyInput& input)
{
    m_beforeText->setText(tr("Before: %1").arg(fileNameOf(input.filePath)));
    readPeaks(input.filePath, m_before);
    if (input.segments) {
        takeSilences(*input.segments, input.paddingMs);
        return;
    }
    auto* backend = m_context.ui.session.backend();
    if (!backend || !input.detectJobId)
        return;
    core::whenDone(backend->job(*input.detectJobId), this,
                   [this, padding = input.paddingMs](const core::Result<core::backend::JobDetails>& details) {
                       if (!details || !details->job.outputData)
                           return;
                       const auto found = core::tasks::parseOutput(details->job.type, *details->job.outputData);
                       if (const auto* silences = std::get_if<core::tasks::SilenceDetectOutput>(&found.value))
                           takeSilences(silences->segments, padding);
                   });
}

void SilenceApplyView::takeSilences(const QList<core::tasks::Segment>& silences, qint64 paddingMs)
{
    m_removed = removedParts(silences, paddingMs);
    showLengths();
}

void SilenceApplyView::showLengths()
{
    qint64 listed = 0;
    qint64 lastEnd = 0;
    for (const auto& part : m_removed) {
        listed = MediaAxis::bounded(listed + part.endMs - part.startMs);
        lastEnd = std::max(lastEnd, part.endMs);
    }
    const qint64 removed = MediaAxis::bounded(m_output.removedMs.value_or(listed));
    const qint64 after = std::max<qint64>(0, MediaAxis::bounded(m_output.durationMs.value_or(m_after->axis().durationMs())));
    const qint64 before = std::max({after + std::max<qint64>(0, removed), lastEnd, qint64{0}});
    const QString dash = u"\u2013"_s;
    m_facts->setFacts({
        {tr("Removed"),
         m_output.removedMs || !m_removed.isEmpty() ? mediaLength(removed) : dash,
         before > 0 ? tr("%1 % of the file").arg(QString::number(100.0 * double(removed) / double(before), 'f', 1)) : QString(),
         {}},
        {tr("Length now"), m_output.durationMs ? timecode(after) : dash, tr("was %1").arg(timecode(before)), {}},
        {tr("Cuts"), m_removed.isEmpty() ? dash : countText(m_removed.size()), {}, {}},
        {tr("Size"),
         m_output.sizeBytes ? sizeText(*m_output.sizeBytes) : dash,
         m_output.sizeBytes ? tr("%1 bytes").arg(countText(*m_output.sizeBytes)) : QString(),
         {}},
    });
    m_before->setDuration(before);
    m_before->setSpans(m_removed);
    m_after->setDuration(after);
    m_afterText->setText(tr("After: %1").arg(fileNameOf(m_output.filePath)));
    // in order, each cut lies earlier by what was taken away before it
    auto inOrder = m_removed;
    std::sort(inOrder.begin(), inOrder.end(), [](const auto& a, const auto& b) { return a.startMs < b.startMs; });
    QList<qint64> marks;
    qint64 gone = 0;
    for (const auto& part : inOrder) {
        marks << part.startMs - gone;
        gone = MediaAxis::bounded(gone + part.endMs - part.startMs);
    }
    m_after->setMarks(marks);
    const int share = before > 0 ? std::clamp(int(after * 1000 / before), 1, 1000) : 1000;
    m_afterRow->setStretch(0, share);
    m_afterRow->setStretch(1, 1000 - share);
}

void SilenceApplyView::readPeaks(const QString& storageKey, WaveView* wave)
{
    auto* backend = m_context.ui.session.backend();
    if (!backend)
        return;
    core::whenDone(backend->peaks(storageKey, pieces, m_reading.token()), this,
                   [this, wave](const core::Result<core::media::Peaks>& peaks) {
                       if (!peaks) {
                           wave->setNote(soundErrorText(peaks.error()));
                           return;
                       }
                       if (wave->axis().durationMs() <= 0)
                           wave->setDuration(peaks->durationMs);
                       wave->setPeaks(*peaks);
                       if (wave == m_after && !m_output.durationMs)
                           showLengths();
                   });
}

}
