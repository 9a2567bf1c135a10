// SPDX-License-Identifier: Apache-2.0
#include "ui/media/silence_detect_view.h"

#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/media/media_controls.h"
#include "ui/media/media_job.h"
#include "ui/media/silence_table.h"
#include "ui/media/wave_view.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int pieces = 32'768;    // enough to zoom sixty times into a pane of 540 px

qint64 lastEnd(const QList<core::tasks::Segment>& segments)
{
    qint64 last = 0;
    for (const auto& segment : segments)
        last = std::max(last, MediaAxis::bounded(segment.endMs));
    return last;
}

}

SilenceDetectView::SilenceDetectView(const PayloadContext& context, const core::tasks::SilenceDetectOutput& output, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_output(output),
      m_facts(new FactsRow(this)),
      m_time(new InkLabel(TextRole::Mono, InkLabel::Ink::Text, this)),
      m_fileName(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_wave(new WaveView(this)),
      m_model(new SilenceModel(this)),
      m_table(new SilenceTable(m_model, this))
{
    m_durationMs = MediaAxis::bounded(output.durationMs.value_or(lastEnd(output.segments)));
    m_wave->setDuration(m_durationMs);
    m_wave->setSpans(output.segments);
    m_wave->setNote(tr("Reading the sound"));
    m_model->setSilences(output.segments, output.durationMs ? m_durationMs : 0);
    m_table->setMinimumHeight(m_table->heightFor(6));
    m_table->setMaximumHeight(m_table->heightFor(500));

    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_facts);
    lines->addSpacing(scaled(12));
    lines->addWidget(toolLine());
    lines->addSpacing(scaled(4));
    lines->addWidget(m_wave);
    lines->addSpacing(scaled(12));
    lines->addWidget(m_table, 1);
    lines->addSpacing(scaled(12));
    lines->addWidget(actLine());
    lines->addStretch();

    connect(m_wave, &WaveView::shownTimeChanged, this, [this](qint64 ms) { m_time->setText(timecode(ms)); });
    connect(m_wave, &WaveView::currentChanged, this, &SilenceDetectView::selectRow);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { m_wave->setCurrent(current.row()); });
    m_time->setText(timecode(0));
    showFacts(nullptr);
    withInput(context, this, [this](const core::tasks::InputPayload& input) {
        if (const auto* asked = std::get_if<core::tasks::SilenceDetectInput>(&input))
            takeInput(*asked);
    });
    if (!output.segments.isEmpty())
        selectRow(0);
}

SilenceDetectView::~SilenceDetectView()
{
    m_reading.cancel();
}

QWidget* SilenceDetectView::toolLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    m_time->setAccessibleDescription(tr("The time under the pointer, or of the playhead"));
    m_time->setMinimumWidth(QFontMetrics(textFont(TextRole::Mono)).horizontalAdvance(timecode(m_durationMs)) + 4);
    m_fileName->setMinimumWidth(1);
    m_fileName->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_time);
    row->addWidget(m_fileName, 1);
    row->addWidget(new LegendKey(LegendKey::Sign::Amber, tr("silence"), line));
    row->addSpacing(scaled(4));
    auto* out = iconButton(u"zoom-out"_s, tr("Show more time"), u"-"_s, line);
    auto* in = iconButton(u"zoom-in"_s, tr("Show less time"), u"+"_s, line);
    auto* fit = iconButton(u"zoom-fit-best"_s, tr("Show the whole file"), u"0"_s, line);
    connect(out, &QToolButton::clicked, m_wave, &WaveView::zoomOut);
    connect(in, &QToolButton::clicked, m_wave, &WaveView::zoomIn);
    connect(fit, &QToolButton::clicked, m_wave, &WaveView::zoomToFit);
    for (auto* button : {out, in, fit})
        row->addWidget(button);
    return line;
}

QWidget* SilenceDetectView::actLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(copyButton(
        tr("Copy"),
        {{tr("Silences as CSV"), [this] { return m_model->csv(); }}, {tr("Silences as JSON"), [this] { return m_model->json(); }}}, line));
    row->addStretch(1);
    if (m_context.ui.preferences.showsKeyboardHints())
        row->addWidget(new KeyHints({{{u"\u2191"_s, u"\u2193"_s}, tr("silence")}, {{u"+"_s, u"-"_s}, tr("zoom")}}, line));
    return line;
}

void SilenceDetectView::showFacts(const core::tasks::SilenceDetectInput* input)
{
    qint64 longest = 0;
    qint64 total = 0;
    for (const auto& segment : m_output.segments) {
        const qint64 length = std::max<qint64>(0, MediaAxis::bounded(segment.endMs) - MediaAxis::bounded(segment.startMs));
        longest = std::max(longest, length);
        total = MediaAxis::bounded(total + length);
    }
    total = MediaAxis::bounded(m_output.totalSilenceMs.value_or(total));
    const QString share = m_output.durationMs.value_or(0) > 0
                              ? tr("%1 % of the file").arg(QString::number(100.0 * double(total) / double(m_durationMs), 'f', 1))
                              : QString();
    QList<Fact> facts{
        {tr("Duration"),
         m_output.durationMs ? timecode(m_durationMs) : tr("not known"),
         m_output.durationMs ? tr("%1 ms").arg(countText(m_durationMs)) : QString(),
         {}},
        {tr("Silence"), mediaLength(total), share, {}},
        {tr("Silences"),
         countText(m_output.segments.size()),
         m_output.segments.isEmpty() ? QString() : tr("longest %1").arg(mediaLength(longest)),
         {}},
        {tr("Asked for"), u"\u2013"_s, {}, {}},
    };
    if (input) {
        const QString level = QString::number(input->noiseDb, 'g', 6).replace(u'-', QChar(0x2212));
        facts[3] = {tr("Asked for"), tr("%1 dB").arg(level), tr("%1 ms or longer").arg(countText(input->minSilenceMs)), {}};
    }
    m_facts->setFacts(facts);
}

void SilenceDetectView::takeInput(const core::tasks::SilenceDetectInput& input)
{
    m_fileName->setText(fileNameOf(input.filePath));
    m_fileName->setToolTip(plainToolTip(input.filePath));
    showFacts(&input);
    readPeaks(input.filePath);
}

void SilenceDetectView::readPeaks(const QString& storageKey)
{
    auto* backend = m_context.ui.session.backend();
    if (!backend)
        return;
    core::whenDone(backend->peaks(storageKey, pieces, m_reading.token()), this, [this](const core::Result<core::media::Peaks>& peaks) {
        if (!peaks) {
            m_wave->setNote(soundErrorText(peaks.error()));
            return;
        }
        if (m_durationMs <= 0)
            m_wave->setDuration(peaks->durationMs);
        m_wave->setPeaks(*peaks);
    });
}

void SilenceDetectView::selectRow(int row)
{
    if (row >= 0)
        m_table->selectRow(row);
    else
        m_table->clearSelection();
}

}
