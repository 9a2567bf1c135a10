// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/payload_view.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/note_box.h"
#include "ui/base/scroll_bar_names.h"
#include "ui/base/segmented_switch.h"
#include "ui/payload/payload_words.h"
#include "ui/payload/raw_view.h"
#include "ui/payload/tree_view.h"
#include "ui/payload/typed_view.h"
#include "ui/session/preferences.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>

#include <malloc.h>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Smaller payloads are read at once: that takes less than a frame and nothing flickers.
constexpr qsizetype readsAtOnce = 32 * 1024;
/// A typed view holds every field as a value; beyond this only tree and raw.
constexpr qsizetype mostTyped = qsizetype{16} << 20;
constexpr qsizetype mostTree = (qsizetype{1} << 30) - 1;
/// What malloc keeps of a payload this big is worth giving back.
constexpr qsizetype worthTrimming = qsizetype{4} << 20;
const auto viewKey = u"payload/view"_s;
const auto foldedKey = u"payload/notesFolded"_s;
const QStringList viewWords{u"typed"_s, u"tree"_s, u"raw"_s};

}

PayloadView::PayloadView(const UiContext& ui, QWidget* parent)
    : QWidget(parent),
      m_ui(ui),
      m_lane(std::make_unique<core::Lane>()),
      m_switch(new SegmentedSwitch(tr("Show the payload as"), {tr("Typed"), tr("Tree"), tr("Raw")}, this)),
      m_size(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_notes(new NoteBox(this)),
      m_stack(new QStackedWidget(this)),
      m_typed(new QScrollArea(m_stack)),
      m_tree(new TreeView(*m_lane, m_stack)),
      m_raw(new RawView(*m_lane, m_stack)),
      m_message(new QWidget(m_stack)),
      m_messageTitle(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, m_message)),
      m_messageText(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, m_message))
{
    m_typed->setWidgetResizable(true);
    m_typed->setFrameShape(QFrame::NoFrame);
    m_typed->viewport()->setAutoFillBackground(false);
    m_typed->setAccessibleName(tr("Fields of the payload"));
    nameScrollBars(*m_typed);
    m_messageText->setWordWrap(true);
    auto* sentences = new QVBoxLayout(m_message);
    sentences->setContentsMargins(0, scaled(8), 0, 0);
    sentences->setSpacing(scaled(4));
    sentences->addWidget(m_messageTitle);
    sentences->addWidget(m_messageText);
    sentences->addStretch();
    for (QWidget* page : std::initializer_list<QWidget*>{m_typed, m_tree, m_raw, m_message})
        m_stack->addWidget(page);

    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(12));
    head->addWidget(m_switch);
    head->addStretch();
    head->addWidget(m_size);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12));
    lines->setSpacing(scaled(12));
    lines->addLayout(head);
    lines->addWidget(m_notes);
    lines->addWidget(m_stack, 1);

    connect(m_switch, &SegmentedSwitch::chosen, this, [this](int view) {
        m_ui.preferences.setValue(viewKey, viewWords.at(view));
        showView();
    });
    m_notes->setFolded(m_ui.preferences.value(foldedKey, false).toBool());
    connect(m_notes, &NoteBox::foldedChanged, this, [this](bool folded) { m_ui.preferences.setValue(foldedKey, folded); });
    showNothing();
}

PayloadView::~PayloadView()
{
    m_reading.cancel();
    m_lane.reset();    // before the views it works for
}

void PayloadView::showPayload(const core::jobs::JobSummary& job, PayloadKind kind, const std::optional<QByteArray>& bytes,
                              const std::optional<QByteArray>& input)
{
    const bool isSame = m_job && m_job->id == job.id && m_kind == kind;
    const bool unchanged = isSame && m_bytes == bytes && m_input == input;
    const bool stateChanged = !m_job || m_job->status != job.status;
    if (unchanged && (bytes || !stateChanged))
        return;
    if (!isSame)
        forget();
    m_job = job;
    m_kind = kind;
    m_bytes = bytes;
    m_input = input;
    if (!isSame)
        m_switch->setCurrent(std::max(0, static_cast<int>(viewWords.indexOf(m_ui.preferences.value(viewKey).toString()))));
    m_switch->setVisible(bytes.has_value());
    m_size->setText(bytes ? sizeText(bytes->size()) : QString());
    m_size->setToolTip(bytes ? tr("%1 bytes").arg(countText(bytes->size())) : QString());
    if (!bytes) {
        setNotes({});
        const auto [title, sentence] = absentWords(job, kind);
        showMessage(title, sentence);
        return;
    }
    read(isSame);
}

void PayloadView::showNothing()
{
    forget();
    m_switch->hide();
    m_size->clear();
    showMessage({}, {});
}

void PayloadView::forget()
{
    m_reading.cancel();
    ++m_generation;
    const bool wasBig = m_bytes && m_bytes->size() > worthTrimming;
    m_job.reset();
    m_bytes.reset();
    m_input.reset();
    m_treeState = Tree::Unread;
    m_tree->clear();
    m_raw->clear();
    delete m_typed->takeWidget();
    setNotes({});
    if (wasBig)
        m_lane->post([] { malloc_trim(0); });    // after whatever still held the bytes on the lane
}

void PayloadView::read(bool keepsPlace)
{
    m_reading.cancel();
    m_reading = {};
    ++m_generation;
    m_keepsPlace = keepsPlace;
    m_treeState = Tree::Unread;
    m_raw->setBytes(*m_bytes, keepsPlace);
    m_typedSentence.clear();
    if (m_bytes->size() > mostTyped) {
        delete m_typed->takeWidget();
        setNotes({});
        m_typedSentence =
            tr("The fields are shown of payloads up to %1. The tree and the raw view show all of this one.").arg(sizeText(mostTyped));
    } else if (m_kind == PayloadKind::Input) {
        readTyped(&core::tasks::parseInput);
    } else {
        readTyped(&core::tasks::parseOutput);
    }
    showView();
}

template <class Payload>
void PayloadView::readTyped(core::tasks::Parsed<Payload> (*parse)(core::JobType, const QByteArray&))
{
    if (m_bytes->size() <= readsAtOnce) {
        takeTyped(parse(m_job->type, *m_bytes));
        return;
    }
    if (!m_keepsPlace)
        delete m_typed->takeWidget();
    const auto work = [parse, type = m_job->type, bytes = *m_bytes,
                       token = m_reading.token()]() -> core::Result<std::shared_ptr<core::tasks::Parsed<Payload>>> {
        if (token.isCancelled())
            return core::failure(core::ErrorKind::Cancelled, u"closed"_s, u"Another payload is shown"_s);
        return std::make_shared<core::tasks::Parsed<Payload>>(parse(type, bytes));
    };
    core::whenDone(m_lane->run(work), this, [this, asked = m_generation](const auto& parsed) {
        if (parsed && asked == m_generation)
            takeTyped(**parsed);
    });
}

template <class Payload>
void PayloadView::takeTyped(const core::tasks::Parsed<Payload>& parsed)
{
    const PayloadContext context{m_ui, *m_job, m_input};
    const int scroll = m_keepsPlace ? m_typed->verticalScrollBar()->value() : 0;
    delete m_typed->takeWidget();
    if constexpr (std::same_as<Payload, core::tasks::InputPayload>)
        m_typed->setWidget(createInputView(context, parsed.value, m_typed));
    else
        m_typed->setWidget(createOutputView(context, parsed.value, m_typed));
    m_typed->widget()->show();
    m_typed->widget()->adjustSize();
    m_typed->verticalScrollBar()->setValue(scroll);
    setNotes(parsed.diagnostics);
}

void PayloadView::setNotes(const QList<core::tasks::Diagnostic>& diagnostics)
{
    m_notes->setNotes(notesTitle(diagnostics), notesSentence(m_kind, diagnostics), notesOf(diagnostics));
    if (m_noteCount == diagnostics.size())
        return;
    m_noteCount = diagnostics.size();
    emit noteCountChanged(m_noteCount);
}

void PayloadView::readTree()
{
    m_treeState = Tree::Reading;
    struct Read {
        core::JsonText text;
        JsonRanges ranges;
    };
    const auto work = [bytes = *m_bytes, token = m_reading.token()]() -> core::Result<Read> {
        if (token.isCancelled())
            return core::failure(core::ErrorKind::Cancelled, u"closed"_s, u"Another payload is shown"_s);
        core::JsonText::Limits limits;
        limits.maxBytes = mostTree;
        const auto text = core::JsonText::parse(bytes, limits);
        if (!text)
            return core::errorOf(text);
        return Read{*text, JsonRanges::of(*text, token)};
    };
    const auto take = [this](const core::Result<Read>& read) {
        m_treeState = read ? Tree::Shown : Tree::Refused;
        if (read)
            m_tree->setText(read->text, read->ranges, m_keepsPlace);
        else
            m_treeSentence = treeRefusal(read.error());
        showView();
    };
    if (m_bytes->size() <= readsAtOnce) {
        take(work());
        return;
    }
    core::whenDone(m_lane->run(work), this, [this, take, asked = m_generation](const auto& read) {
        if (asked == m_generation)
            take(read);
    });
}

void PayloadView::showView()
{
    if (!m_bytes)
        return;
    switch (m_switch->current()) {
    case 0:
        if (!m_typedSentence.isEmpty())
            showMessage(tr("This payload is %1.").arg(sizeText(m_bytes->size())), m_typedSentence);
        else
            m_stack->setCurrentWidget(m_typed);
        return;
    case 1:
        switch (m_treeState) {
        case Tree::Unread: readTree(); return;
        case Tree::Reading: showMessage(tr("Reading"), tr("The tree of %1 is being made.").arg(sizeText(m_bytes->size()))); return;
        case Tree::Refused: showMessage(tr("There is no tree of these bytes."), m_treeSentence); return;
        case Tree::Shown: m_stack->setCurrentWidget(m_tree); return;
        }
        return;
    default: m_stack->setCurrentWidget(m_raw); return;
    }
}

void PayloadView::showMessage(const QString& title, const QString& sentence)
{
    m_messageTitle->setText(title);
    m_messageText->setText(sentence);
    m_stack->setCurrentWidget(m_message);
}

}
