// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/artifacts/artifacts_page.h"

#include "ui/base/empty_state.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/theme/metrics.h"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using namespace core::files;

namespace {

bool sameArtifact(const ArtifactWithFile& a, const ArtifactWithFile& b)
{
    return a.artifact.id == b.artifact.id;
}

RowCell sizeCell(const std::optional<File>& file)
{
    if (!file || !file->sizeBytes)
        return {u"\u2013"_s};
    return {
        .text = sizeText(*file->sizeBytes), .hover = ArtifactsPage::tr("%1 bytes").arg(countText(*file->sizeBytes)), .ink = RowInk::Text};
}

PageRow artifactRow(const ArtifactWithFile& both)
{
    const std::optional<File>& file = both.file;
    PageRow row{both.artifact.id.text, both.artifact.jobId, {}};
    row.cells = {RowCell{.text = {}, .time = both.artifact.createdAt},
                 RowCell{.text = plainLine(both.artifact.kind), .ink = RowInk::Text, .isMono = true},
                 file ? RowCell{.text = plainLine(file->path), .hover = plainLine(file->path), .isMono = true}
                      : RowCell{.text = ArtifactsPage::tr("in the output, no file"), .ink = RowInk::Quiet},
                 RowCell{file && !file->mimeType.isEmpty() ? plainLine(file->mimeType) : u"\u2013"_s},
                 sizeCell(file),
                 RowCell{file && file->durationMs ? timecode(*file->durationMs) : u"\u2013"_s},
                 jobCell(both.artifact.jobId)};
    return row;
}

}

ArtifactsPage::ArtifactsPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Artifacts"), parent),
      m_order(new QComboBox),
      m_use(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text)),
      m_kinds(new RowTable(
          {{tr("Kind"), 200}, {tr("Artifacts"), 90, true}, {tr("Size"), 90, true}, {tr("Share of all files"), 200, false, true}},
          context.preferences, tr("Disk use by kind"))),
      m_list(new PagedList({{tr("Made"), 72, true},
                            {tr("Kind"), 150},
                            {tr("File"), 240, false, true},
                            {tr("Media type"), 120},
                            {tr("Size"), 84, true},
                            {tr("Length"), 96, true},
                            {tr("Job"), 124}},
                           context.preferences, tr("Artifacts")))
{
    m_order->addItem(tr("Newest first"), static_cast<int>(ArtifactOrder::Newest));
    m_order->addItem(tr("Largest first"), static_cast<int>(ArtifactOrder::Largest));
    m_order->setAccessibleName(tr("Order of the artifacts"));
    m_order->setAccessibleDescription(m_order->accessibleName());
    addToTitle(m_order);
    auto* prune = new QPushButton(tr("Remove old jobs…"));
    prune->setToolTip(tr("Shows what would go before anything does"));
    connect(prune, &QPushButton::clicked, this, &ArtifactsPage::pruneAsked);
    addToTitle(prune);
    m_kinds->setRowTokens(24);
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->setSpacing(scaled(8));
    layout->addWidget(m_use);
    layout->addWidget(m_kinds);
    layout->addSpacing(scaled(8));
    layout->addWidget(m_list, 1);
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] {
        m_rows.clear();
        refresh();
    });
    setFocusProxy(&m_list->table());
    connect(m_list, &PagedList::moreAsked, this, &ArtifactsPage::more);
    const auto open = [this](const PageRow& row) { emit this->context().navigator.jobTabAsked(row.job, InspectorTab::Artifacts); };
    connect(&m_list->table(), &RowTable::rowActivated, this, open);
    connect(&m_list->table(), &RowTable::linkActivated, this, open);
    emptyState().setDrawing(u"view-artifacts"_s);
    emptyState().setTitle(tr("No artifact yet"));
    emptyState().setSentence(tr("What jobs make (media, transcripts, frames) is listed here with the space it takes."));
}

ArtifactRequest ArtifactsPage::request() const
{
    return {static_cast<ArtifactOrder>(m_order->currentData().toInt()), {}, rowsOfAPage};
}

void ArtifactsPage::reload()
{
    ask(longReads().artifactPage(request(), aRead()), [this](const ArtifactPage& page) {
        m_rows.takeTop(page, sameArtifact);
        showRows();
    });
    ask(longReads().diskUse(aRead()), [this](const DiskUse& use) { showUse(use); });
}

void ArtifactsPage::more()
{
    if (!m_rows.next || isReading())
        return;
    ArtifactRequest next = request();
    next.after = m_rows.next;
    ask(longReads().artifactPage(next, aRead()), [this](const ArtifactPage& page) {
        m_rows.takeMore(page);
        showRows();
    });
}

void ArtifactsPage::showRows()
{
    const QList<PageRow>& rows = m_rows.shown(artifactRow);
    const bool bySize = request().order == ArtifactOrder::Largest;
    m_list->showRows(rows, m_rows.next.has_value(), bySize ? tr("No other artifact has a file of known size.") : tr("No older artifact."),
                     tr("Show older artifacts"));
    setIsEmpty(rows.isEmpty() && !bySize);
}

void ArtifactsPage::showUse(const DiskUse& use)
{
    QString text = use.isExact ? tr("%1 in %2 files").arg(sizeText(use.bytes), countText(use.files))
                               : tr("At least %1 in the %2 largest files").arg(sizeText(use.bytes), countText(use.files));
    if (use.freeBytes)
        text += u" \u00b7 "_s + tr("%1 free on the disk").arg(sizeText(*use.freeBytes));
    m_use->setText(text);
    QList<PageRow> rows;
    qint64 named = 0;
    const auto add = [&](const QString& key, const RowCell& name, const QString& count, qint64 bytes) {
        const double share = use.bytes > 0 ? static_cast<double>(bytes) / static_cast<double>(use.bytes) : 0;
        rows += PageRow{key,
                        {},
                        {name, RowCell{count}, RowCell{.text = sizeText(bytes), .hover = tr("%1 bytes").arg(countText(bytes))},
                         RowCell{.text = tr("%1 %").arg(QString::number(share * 100, 'f', 1)), .ink = RowInk::Running, .bar = share}}};
    };
    for (const KindUse& kind : use.kinds) {
        named += kind.bytes;
        add(u"kind/"_s + kind.kind, RowCell{.text = plainLine(kind.kind), .ink = RowInk::Text, .isMono = true}, countText(kind.artifacts),
            kind.bytes);
    }
    if (use.bytes > named)
        add(u"other"_s, RowCell{.text = tr("inputs and other files")}, u"\u2013"_s, use.bytes - named);
    m_kinds->setRows(rows);
    m_kinds->fitHeight(8);
}

}
