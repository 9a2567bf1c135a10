// SPDX-License-Identifier: Apache-2.0
#include "ui/media/transcript_view.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/pane_keys.h"
#include "ui/base/search_field.h"
#include "ui/media/media_controls.h"
#include "ui/media/row_painting.h"
#include "ui/media/transcript_delegate.h"
#include "ui/media/transcript_model.h"
#include "ui/session/preferences.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int heightsAtOnce = 1000;

}

TranscriptView::TranscriptView(const PayloadContext& context, const core::tasks::TranscriptionGenerateOutput& output, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(new TranscriptModel(output, this)),
      m_summary(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_search(new QLineEdit(this)),
      m_hitCount(new InkLabel(TextRole::Small, InkLabel::Ink::Text3, this)),
      m_previous(iconButton(u"go-up"_s, tr("Previous hit"), u"Shift+F3"_s, this)),
      m_next(iconButton(u"go-down"_s, tr("Next hit"), u"F3"_s, this)),
      m_weak(new QPushButton(this)),
      m_copy(nullptr),
      m_table(new QTableView(this))
{
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_summary);
    lines->addWidget(toolLine());
    lines->addWidget(m_table, 1);
    lines->addWidget(legendLine());
    m_summary->setText(summary());
    setUpTable();
    stepHit(0);
    if (m_model->cueCount() > 0)
        setCurrentCue(0);
}

QString TranscriptView::summary() const
{
    const auto& transcript = m_model->transcript();
    QStringList parts;
    if (transcript.engine)
        parts << plainLine(transcript.engine->stored());
    if (transcript.model)
        parts << plainLine(*transcript.model);
    else if (transcript.language)
        parts << plainLine(*transcript.language);
    parts << (m_model->cueCount() == 1 ? tr("1 cue") : tr("%1 cues").arg(countText(m_model->cueCount())));
    return parts.join(u" \u00b7 "_s);
}

QWidget* TranscriptView::toolLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, scaled(8), 0, scaled(8));
    row->setSpacing(scaled(8));

    m_search->setPlaceholderText(tr("Search what was said"));
    m_search->setAccessibleName(tr("Search what was said"));
    m_search->setMaxLength(200);
    keepHeight(m_search, 32);
    m_search->addAction(ownIcon(u"edit-find"_s), QLineEdit::LeadingPosition);
    nameFieldButtons(m_search);
    m_search->installEventFilter(this);
    auto* inField = new QHBoxLayout(m_search);
    inField->setContentsMargins(0, 0, scaled(8), 0);
    inField->addStretch();
    m_hitCount->setAttribute(Qt::WA_TransparentForMouseEvents);
    inField->addWidget(m_hitCount);
    m_search->setTextMargins(0, 0, scaled(70), 0);

    const qsizetype weak = m_model->weakWordCount();
    m_weak->setText(tr("Weak words %1").arg(countText(weak)));
    m_weak->setCheckable(true);
    m_weak->setMinimumWidth(m_weak->fontMetrics().horizontalAdvance(m_weak->text()) + scaled(24));
    m_weak->setEnabled(weak > 0);
    m_weak->setAccessibleName(m_weak->text());
    m_weak->setToolTip(weak > 0 ? tr("Show only cues with a word under 75% confidence") : tr("No word is under 75% confidence"));
    m_copy = copyButton(tr("Copy"),
                        {{tr("As SRT subtitles"), [this] { return m_model->srt(); }},
                         {tr("As WebVTT subtitles"), [this] { return m_model->webVtt(); }},
                         {tr("As text"), [this] { return m_model->plainText(); }}},
                        line);
    row->addWidget(m_search, 1);
    for (QWidget* each :
         {static_cast<QWidget*>(m_previous), static_cast<QWidget*>(m_next), static_cast<QWidget*>(m_weak), static_cast<QWidget*>(m_copy)})
        row->addWidget(each);

    connect(m_search, &QLineEdit::textChanged, this, &TranscriptView::search);
    connect(m_previous, &QToolButton::clicked, this, &TranscriptView::findPrevious);
    connect(m_next, &QToolButton::clicked, this, &TranscriptView::findNext);
    connect(m_weak, &QPushButton::toggled, this, &TranscriptView::setWeakOnly);
    const auto shortcut = [this](const QKeySequence& keys, auto act) {
        auto* created = new QShortcut(keys, this);
        created->setContext(Qt::WidgetWithChildrenShortcut);
        connect(created, &QShortcut::activated, this, act);
    };
    takeKey(this, QKeySequence::Find, [this] { focusSearch(); });
    shortcut(Qt::Key_F3, &TranscriptView::findNext);
    shortcut(Qt::SHIFT | Qt::Key_F3, &TranscriptView::findPrevious);
    return line;
}

QWidget* TranscriptView::legendLine()
{
    auto* line = new QWidget(this);
    line->setObjectName(u"legend"_s);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, scaled(6), 0, scaled(6));
    row->setSpacing(scaled(12));
    row->addWidget(new InkLabel(tr("Confidence"), TextRole::Small, InkLabel::Ink::Text2, line));
    auto* plain = new InkLabel(tr("75% and more: plain"), TextRole::Small, InkLabel::Ink::Text2, line);
    row->addWidget(plain);
    row->addWidget(new LegendKey(LegendKey::Sign::DottedWord, tr("50 to 74%: dotted"), line));
    row->addWidget(new LegendKey(LegendKey::Sign::SolidWord, tr("below 50%: solid line"), line));
    row->addStretch(1);
    return line;
}

void TranscriptView::setUpTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new TranscriptDelegate(m_table));
    m_table->setAccessibleName(tr("Cues"));
    setFocusProxy(m_table);
    m_table->setMinimumHeight(scaled(28) + 4 * scaled(44));
    setUpRows(m_table, scaled(44));
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(scaled(32));
    for (const auto& [column, width] : {std::pair(TranscriptModel::Column::Number, 52), std::pair(TranscriptModel::Column::Start, 100),
                                        std::pair(TranscriptModel::Column::Length, 68), std::pair(TranscriptModel::Column::Confidence, 96)})
        header->resizeSection(int(column), scaled(width));
    header->setSectionResizeMode(int(TranscriptModel::Column::Text), QHeaderView::Stretch);
    m_heights.setSingleShot(true);
    connect(&m_heights, &QTimer::timeout, this, &TranscriptView::setSomeRowHeights);
    setRowHeights();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { emit currentCueChanged(currentCue()); });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &TranscriptView::shownSpanChanged);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &TranscriptView::shownSpanChanged);
}

void TranscriptView::setRowHeights()
{
    m_nextHeight = 0;
    setSomeRowHeights();
}

void TranscriptView::setSomeRowHeights()
{
    // what a person sees stays where it is while rows above it become lower
    const int top = m_table->rowAt(0);
    const int above = top > 0 ? m_table->rowViewportPosition(top) : 0;
    QHeaderView* header = m_table->verticalHeader();
    {
        // one layout at the end, not one for each silence: a header that may update reckons all positions anew each time
        const QSignalBlocker quiet(header);
        header->setUpdatesEnabled(false);
        const int silence = scaled(24);
        const int end = std::min(m_model->rowCount(), m_nextHeight + heightsAtOnce);
        for (; m_nextHeight < end; ++m_nextHeight) {
            if (m_model->index(m_nextHeight, 0).data(TranscriptModel::CueRole).toInt() < 0)
                header->resizeSection(m_nextHeight, silence);
        }
        header->setUpdatesEnabled(true);
    }
    m_table->doItemsLayout();
    if (top > 0)
        m_table->verticalScrollBar()->setValue(header->sectionPosition(top) - above);
    if (m_nextHeight < m_model->rowCount())
        m_heights.start();
}

void TranscriptView::setFillsPane()
{
    m_summary->hide();
    m_table->setFrameShape(QFrame::NoFrame);
    const auto lines = findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    for (QWidget* line : lines) {
        if (line != m_table && line->layout()) {
            auto margins = line->layout()->contentsMargins();
            margins.setLeft(scaled(16));
            margins.setRight(scaled(16));
            line->layout()->setContentsMargins(margins);
        }
        if (line->objectName() == u"legend"_s) {
            line->setBackgroundRole(QPalette::Window);
            line->setAutoFillBackground(true);
        }
    }
}

int TranscriptView::currentCue() const
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return -1;
    const int cue = current.data(TranscriptModel::CueRole).toInt();
    // on a silence the cue before it is still the one a person is at
    return cue >= 0 || current.row() == 0 ? cue : m_model->index(current.row() - 1, 0).data(TranscriptModel::CueRole).toInt();
}

void TranscriptView::setCurrentCue(int cue)
{
    const int row = m_model->rowOfCue(cue);
    if (row < 0)
        return;
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_table->scrollTo(m_model->index(row, 0));
}

std::optional<std::pair<qint64, qint64>> TranscriptView::shownSpan() const
{
    if (m_model->rowCount() == 0)
        return {};
    const int firstRow = m_table->rowAt(0);
    const int seenRow = m_table->rowAt(m_table->viewport()->height() - 1);
    const int lastRow = seenRow < 0 ? m_model->rowCount() - 1 : seenRow;
    std::optional<std::pair<qint64, qint64>> span;
    for (int row = std::max(0, firstRow); row <= lastRow; ++row) {
        const int cue = m_model->index(row, 0).data(TranscriptModel::CueRole).toInt();
        if (cue < 0)
            continue;
        const auto [start, end] = m_model->spanOf(cue);
        span = span ? std::pair(std::min(span->first, start), std::max(span->second, end)) : std::pair(start, end);
    }
    return span;
}

void TranscriptView::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TranscriptView::search(const QString& text)
{
    m_model->setSearch(text);
    // go on from where the person is, not from the top
    const auto& hits = m_model->hits();
    const int from = std::max(0, currentCue());
    const auto next = std::find_if(hits.cbegin(), hits.cend(), [&](const SearchHit& hit) { return hit.cue >= from; });
    m_model->setCurrentHit(hits.isEmpty() ? -1 : next == hits.cend() ? 0 : int(next - hits.cbegin()));
    showHit();
}

void TranscriptView::stepHit(int by)
{
    const int count = int(m_model->hits().size());
    if (count > 0)
        m_model->setCurrentHit((m_model->currentHit() + by + count) % count);
    showHit();
}

void TranscriptView::showHit()
{
    const int count = int(m_model->hits().size());
    const int current = m_model->currentHit();
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
    m_hitCount->setInk(count == 0 && !m_search->text().isEmpty() ? InkLabel::Ink::Failed : InkLabel::Ink::Text3);
    m_hitCount->setText(m_search->text().isEmpty() ? QString()
                        : count == 0               ? tr("no hit")
                                                   : tr("%1 of %2").arg(countText(current + 1), countText(count)));
    if (current < 0)
        return;
    const int cue = m_model->hits().at(current).cue;
    if (m_model->rowOfCue(cue) < 0)
        m_weak->setChecked(false);    // the hit is in a cue that the filter leaves out
    setCurrentCue(cue);
}

void TranscriptView::setWeakOnly(bool weakOnly)
{
    const int cue = currentCue();
    m_model->setWeakOnly(weakOnly);
    setRowHeights();
    if (m_model->rowOfCue(cue) >= 0)
        setCurrentCue(cue);
    else if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    emit shownSpanChanged();
}

bool TranscriptView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            stepHit((key->modifiers() & Qt::ShiftModifier) ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            m_table->setFocus();
            return true;
        }
    }
    // a shortcut for Esc around this view would win over the field otherwise
    if (watched == m_search && event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TranscriptView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit shownSpanChanged();
}

}
