// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/webhooks_tab.h"

#include "ui/base/clock_time.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/record_table.h"
#include "ui/base/scroll_area.h"
#include "ui/deliveries/delivery_view.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/session/preferences.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::webhooks::Delivery;

namespace {

Record recordOf(const Delivery& delivery, core::Time created, const QTimeZone& zone)
{
    Record record;
    record.key = delivery.id.text;
    record.state = outcomeInk(delivery.outcome);
    record.icon = outcomeIcon(delivery.outcome);
    record.stateCell = 0;
    const QString exact = exactTime(delivery.receivedAt, zone);
    record.cells = {core::webhooks::outcomeName(delivery.outcome),
                    clockTime(delivery.receivedAt, created, zone),
                    core::webhooks::sourceName(delivery.source),
                    core::webhooks::verdictName(delivery.verdict),
                    stageTitle(delivery.stageReached),
                    shortDuration(delivery.durationUs),
                    delivery.outcomeDetail};
    record.tips = {outcomeSentence(delivery.outcome),
                   exact,
                   QString(),
                   verdictSentence(delivery.verdict),
                   QString(),
                   QString(),
                   delivery.outcomeDetail};
    return record;
}

}

WebhooksTab::WebhooksTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
      m_replay(new QPushButton(tr("Replay…"), this)),
      m_stepThrough(new QPushButton(tr("Step through…"), this)),
      m_address(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_table(new RecordTable(tr("Deliveries"),
                              new RecordModel({{tr("Outcome"), false, false, false},
                                               {tr("Received"), false, true, false},
                                               {tr("Source"), false, false, false},
                                               {tr("Signature"), false, false, false},
                                               {tr("Stage"), false, false, false},
                                               {tr("Took"), true, false, false},
                                               {tr("Detail"), false, false, true}}),
                              this)),
      m_view(new DeliveryView(ui, this))
{
    m_table->setFrameShape(QFrame::NoFrame);
    m_address->setWordWrap(true);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_address->setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8));
    m_replay->setIcon(ownIcon(u"act-replay"_s));
    m_replay->setAutoDefault(false);
    m_stepThrough->setAutoDefault(false);
    m_stepThrough->setAccessibleName(tr("Step through the deliveries of this job"));
    m_stepThrough->setToolTip(tr("Play them one by one in a scratch copy, forwards and back, also with faults"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 0, scaled(16), 0);
    head->addWidget(m_address, 1);
    head->setSpacing(scaled(8));
    head->addWidget(m_stepThrough);
    head->addWidget(m_replay);
    auto* below = new QWidget(this);
    auto* inset = new QVBoxLayout(below);
    inset->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(16));
    inset->addWidget(scrollAreaOf(m_view, tr("The delivery"), below));    // why it was refused takes room
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    splitter->setSizes({scaled(180), scaled(450)});
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(splitter, 1);
    connect(m_table, &RecordTable::currentKeyChanged, this, [this](const QString& key) {
        if (key.isEmpty())
            m_view->showNothing();
        else
            m_view->showDelivery(core::DeliveryId{key});
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &WebhooksTab::showChosen);
    connect(m_replay, &QPushButton::clicked, this, &WebhooksTab::replayChosen);
    connect(m_stepThrough, &QPushButton::clicked, this, [this] { emit stepThroughAsked(m_job); });
    showChosen();
}

void WebhooksTab::forget()
{
    m_deliveries.clear();
    m_table->records()->setRecords({});
    m_view->showNothing();
}

void WebhooksTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    const QTimeZone zone = ui().preferences.timeZone();
    m_job = story.job.id;
    m_deliveries = story.deliveries;
    QList<Record> records;
    for (const Delivery& delivery : story.deliveries)
        records.append(recordOf(delivery, story.job.createdAt, zone));
    m_table->records()->setRecords(records);
    if (m_table->currentKey().isEmpty() && !records.isEmpty())
        m_table->setCurrentKey(records.first().key);
    QString address = story.webhook ? tr("Address %1 \u00b7 %2 \u00b7 %3")
                                          .arg(plainLine(story.webhook->id.text), plainLine(story.webhook->scheme),
                                               story.webhook->isActive ? tr("active") : tr("not active"))
                                    : tr("This job has no address of its own.");
    if (records.isEmpty())
        address += u'\n' + tr("Nothing was delivered yet.");
    if (records.size() >= core::backend::storyDeliveries)
        address += u'\n' + tr("The newest %1 deliveries are shown.").arg(countText(records.size()));
    m_address->setText(address);
    showChosen();
}

void WebhooksTab::showChosen()
{
    const auto chosen = m_table->selectionModel()->selectedRows().size();
    m_replay->setVisible(!m_deliveries.isEmpty());
    m_stepThrough->setVisible(!m_deliveries.isEmpty());
    m_replay->setEnabled(chosen > 0);
    m_replay->setText(chosen > 1 ? tr("Replay %1…").arg(countText(chosen)) : tr("Replay…"));
    m_replay->setToolTip(chosen > 0 ? tr("Run the selected deliveries dry, and then apply them again") : tr("Select a delivery first."));
    m_replay->setAccessibleName(tr("Replay the selected deliveries"));
}

void WebhooksTab::replayChosen()
{
    QList<Delivery> chosen;
    for (const Delivery& delivery : std::as_const(m_deliveries)) {
        const int row = m_table->records()->rowOf(delivery.id.text);
        if (row >= 0 && m_table->selectionModel()->isRowSelected(row, {}))
            chosen << delivery;
    }
    if (!chosen.isEmpty())
        emit replayAsked(chosen, tr("selected of job %1").arg(m_job.text));
}

}
