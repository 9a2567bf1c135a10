// SPDX-License-Identifier: Apache-2.0
#include "ui/media/captions_view.h"

#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/media/big_frame.h"
#include "ui/media/media_axis.h"
#include "ui/media/media_job.h"
#include "ui/media/style_preview.h"
#include "ui/session/store_session.h"

#include <QColor>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int posterWidth = 960;

bool isColor(const QString& text)
{
    return text.size() == 7 && text.startsWith(u'#') && QColor::isValidColor(text);
}

QString rendererName(const std::optional<core::tasks::Word<core::tasks::CaptionRenderer>>& renderer)
{
    if (!renderer)
        return u"\u2013"_s;
    switch (core::tasks::CaptionRenderer(*renderer)) {
    case core::tasks::CaptionRenderer::Remotion: return u"Remotion"_s;
    case core::tasks::CaptionRenderer::Local: return u"ffmpeg"_s;
    case core::tasks::CaptionRenderer::Auto:
    case core::tasks::CaptionRenderer::Unknown: return plainLine(renderer->stored());
    }
    Q_UNREACHABLE();
}

QString positionText(core::captions::CaptionPosition position)
{
    switch (position) {
    case core::captions::CaptionPosition::Bottom: return CaptionsView::tr("at the bottom");
    case core::captions::CaptionPosition::Middle: return CaptionsView::tr("in the middle");
    case core::captions::CaptionPosition::Top: return CaptionsView::tr("at the top");
    }
    Q_UNREACHABLE();
}

}

core::captions::CaptionStyle CaptionsView::styleOf(const core::tasks::CaptionsGenerateInput& input,
                                                   const core::captions::CaptionStyle& preset)
{
    core::captions::CaptionStyle style = preset;
    if (!input.style)
        return style;
    const auto& own = *input.style;
    if (own.font && !own.font->isEmpty())
        style.font = *own.font;
    if (own.fontSize)
        style.fontSize = std::clamp(*own.fontSize, 1.0, 1000.0);
    if (own.primaryColor && isColor(*own.primaryColor))
        style.primaryColor = *own.primaryColor;
    if (own.outlineColor && isColor(*own.outlineColor))
        style.outlineColor = *own.outlineColor;
    if (own.outline)
        style.outline = std::clamp(*own.outline, 0.0, 100.0);
    if (own.marginPx)
        style.marginPx = int(std::clamp<qint64>(*own.marginPx, 0, 16'384));
    style.bold = own.bold.value_or(style.bold);
    style.italic = own.italic.value_or(style.italic);
    if (own.position) {
        switch (core::tasks::CaptionPosition(*own.position)) {
        case core::tasks::CaptionPosition::Bottom: style.position = core::captions::CaptionPosition::Bottom; break;
        case core::tasks::CaptionPosition::Top: style.position = core::captions::CaptionPosition::Top; break;
        case core::tasks::CaptionPosition::Middle: style.position = core::captions::CaptionPosition::Middle; break;
        case core::tasks::CaptionPosition::Unknown: break;
        }
    }
    return style;
}

CaptionsView::CaptionsView(const PayloadContext& context, const core::tasks::CaptionsGenerateOutput& output, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_output(output),
      m_facts(new FactsRow(this)),
      m_fallback(new InkLabel(TextRole::Body, InkLabel::Ink::Warning, this)),
      m_posterTitle(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_poster(new PictureBox(this)),
      m_styleTitle(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_preview(new StylePreview(this))
{
    m_posterTitle->setText(fileNameOf(output.filePath));
    m_poster->setAccessibleName(tr("A picture of the rendered video"));
    m_poster->setEnlarges(true);
    m_poster->setWords(tr("Reading the picture"), false);
    m_fallback->setWordWrap(true);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(scaled(4));
    lines->addWidget(m_facts);
    lines->addSpacing(scaled(8));
    lines->addWidget(m_fallback);
    lines->addWidget(m_posterTitle);
    lines->addWidget(m_poster);
    lines->addSpacing(scaled(8));
    lines->addWidget(m_styleTitle);
    lines->addWidget(m_preview);
    lines->addStretch(1);

    showFacts();
    m_styleTitle->hide();
    m_preview->hide();
    if (context.input || context.ui.session.backend()) {
        withInput(context, this, [this](const core::tasks::InputPayload& input) {
            if (const auto* asked = std::get_if<core::tasks::CaptionsGenerateInput>(&input))
                takeInput(*asked);
            else
                readPoster(0);
        });
    }
}

CaptionsView::~CaptionsView()
{
    m_reading.cancel();
}

void CaptionsView::showFacts()
{
    const QString dash = u"\u2013"_s;
    m_facts->setFacts({
        {tr("Drawn by"), rendererName(m_output.renderer), m_output.renderId.value_or(QString()), {}},
        {tr("Duration"),
         m_output.durationMs ? timecode(MediaAxis::bounded(*m_output.durationMs)) : dash,
         m_output.durationMs ? tr("%1 ms").arg(countText(*m_output.durationMs)) : QString(),
         {}},
        {tr("Size"),
         m_output.sizeBytes ? sizeText(*m_output.sizeBytes) : dash,
         m_output.sizeBytes ? tr("%1 bytes").arg(countText(*m_output.sizeBytes)) : QString(),
         {}},
    });
    const QString reason = plainLine(m_output.fallbackReason.value_or(QString()));
    m_fallback->setVisible(!reason.isEmpty());
    m_fallback->setText(tr("Not drawn by the first choice: %1").arg(reason));
}

void CaptionsView::takeInput(const core::tasks::CaptionsGenerateInput& input)
{
    QString text = tr("Captions look like this");
    qint64 atMs = MediaAxis::bounded(m_output.durationMs.value_or(0)) / 3;
    if (input.segments && !input.segments->isEmpty()) {
        // in the middle of the first caption it is certainly seen
        const auto& first = input.segments->first();
        atMs = (MediaAxis::bounded(first.startMs) + MediaAxis::bounded(first.endMs)) / 2;
        if (!first.text.trimmed().isEmpty())
            text = first.text;
    }
    m_sample = text;
    readPreset(input);
    readPoster(std::max<qint64>(0, atMs));
}

/// A person's own preset stands in the store; the built-in ones come with the same list.
void CaptionsView::readPreset(const core::tasks::CaptionsGenerateInput& input)
{
    const auto& builtins = core::captions::builtinPresets();
    if (!input.presetId)
        return showStyle(input, builtins.first().style);
    auto* backend = m_context.ui.session.backend();
    if (!backend)
        return;
    core::whenDone(backend->presets(), this, [this, input](const core::Result<QList<core::captions::Preset>>& presets) {
        const auto isAsked = [&](const core::captions::Preset& preset) { return preset.id == *input.presetId; };
        const auto found =
            presets ? std::find_if(presets->begin(), presets->end(), isAsked) : QList<core::captions::Preset>::const_iterator{};
        if (presets && found != presets->end())
            return showStyle(input, found->style);
        m_styleTitle->setText(presets
                                  ? tr("The preset %1 is not in this store, so its look is not known").arg(plainLine(input.presetId->text))
                                  : tr("The preset could not be read: %1").arg(plainLine(presets.error().message)));
        m_styleTitle->show();
    });
}

void CaptionsView::showStyle(const core::tasks::CaptionsGenerateInput& input, const core::captions::CaptionStyle& preset)
{
    const auto style = styleOf(input, preset);
    QStringList words{plainLine(style.font), tr("%1 px").arg(style.fontSize)};
    if (style.bold)
        words << tr("bold");
    if (style.italic)
        words << tr("slanted");
    words << positionText(style.position);
    m_styleTitle->setText(tr("The style: %1").arg(words.join(u", "_s)));
    m_preview->setStyleAndText(style, m_sample);
    m_styleTitle->show();
    m_preview->show();
}

void CaptionsView::readPoster(qint64 atMs)
{
    auto* backend = m_context.ui.session.backend();
    if (!backend)
        return;
    core::whenDone(backend->posterFrame(m_output.filePath, atMs, posterWidth, m_reading.token()), this,
                   [this, atMs](const core::Result<QByteArray>& bytes) {
                       if (!bytes) {
                           m_poster->setWords(pictureErrorText(bytes.error()), true);
                           return;
                       }
                       m_posterTitle->setText(tr("%1 at %2").arg(fileNameOf(m_output.filePath), timecode(atMs)));
                       m_poster->setImage(QImage::fromData(*bytes, "JPG"));
                   });
}

}
