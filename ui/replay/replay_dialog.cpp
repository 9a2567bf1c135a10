// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_dialog.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/keycap.h"
#include "ui/base/link_button.h"
#include "ui/base/log_view.h"
#include "ui/base/scroll_area.h"
#include "ui/deliveries/body_text.h"
#include "ui/replay/delivery_change.h"
#include "ui/replay/outcome_counts.h"
#include "ui/replay/replay_table.h"
#include "ui/replay/replay_words.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::WebhookOutcome;
using core::webhooks::Delivery;
using core::webhooks::Outcome;

namespace {

QToolButton* stepButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(actionIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    setFlatLook(button);
    return button;
}

}

ReplayDialog::ReplayDialog(const UiContext& context, const QList<Delivery>& deliveries, const QString& from, QWidget* parent)
    : ActDialog(context.session.profile(), tr("Replay webhook deliveries"), parent),
      m_context(context),
      m_model(new ReplayModel(deliveries, context.preferences.timeZone(), this)),
      m_leaveOut(new QCheckBox(tr("Leave out what changes nothing"), this)),
      m_rate(new QSpinBox(this)),
      m_table(new ReplayTable(m_model, this)),
      m_place(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_id(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text2, this)),
      m_former(stepButton(u"go-up"_s, tr("Former delivery"), this)),
      m_next(stepButton(u"go-down"_s, tr("Next delivery"), this)),
      m_change(new DeliveryChange(context.preferences.timeZone(), this)),
      m_bodyTitle(new InkLabel(tr("Body as received"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, this)),
      m_edit(new LinkButton(tr("Edit as new…"), this)),
      m_body(new LogView(tr("Body as received"), this)),
      m_ran(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_counts(new OutcomeCounts(this)),
      m_written(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_dryRun(addSecondary(tr("Dry run again")))
{
    const bool isMany = m_model->rowCount() > 1;
    m_dryRun->setIcon(actionIcon(u"view-refresh"_s));
    setScope(deliveriesText(m_model->rowCount()), isMany ? tr("%1; no new delivery joins this set").arg(from) : from, false);
    body()->addWidget(makeOptions());
    auto* panes = new QSplitter(Qt::Horizontal, this);
    panes->setChildrenCollapsible(false);
    QWidget* list = makeList();
    panes->addWidget(list);
    panes->addWidget(makeDetail());
    panes->setStretchFactor(0, 4);
    panes->setStretchFactor(1, 3);
    panes->setSizes({scaled(626), scaled(500)});
    list->setVisible(isMany);
    body()->addWidget(panes, 1);
    body()->addWidget(makeSummary());
    resize(scaled(isMany ? 1170 : 760), scaled(isMany ? 760 : 640));

    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &ReplayDialog::showProgress);
    m_settle.setSingleShot(true);    // thousands may be left out in one go
    connect(&m_settle, &QTimer::timeout, this, [this] {
        showCounts();
        showCurrent();
    });
    connect(m_model, &ReplayModel::inclusionChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(m_model, &ReplayModel::inclusionChanged, this, &ReplayDialog::refreshAct);
    connect(m_leaveOut, &QCheckBox::toggled, this, [this](bool leaveOut) { m_model->includeIdle(!leaveOut); });
    connect(m_table, &ReplayTable::currentRowChanged, this, &ReplayDialog::showCurrent);
    connect(m_former, &QToolButton::clicked, this, [this] { stepBy(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { stepBy(1); });
    connect(m_edit, &QPushButton::clicked, this, [this] { emit editAsked(m_model->delivery(currentRow()).id); });
    connect(m_dryRun, &QPushButton::clicked, this, [this] {
        if (m_dryRunning)
            m_stop.cancel();
        else
            dryRun();
    });
    connect(this, &ActDialog::actAsked, this, [this] {
        emit replayAsked(m_model->includedIds(), reason(), m_rate->value());
        close();
    });
    m_table->selectRow(0);
    showCurrent();
    dryRun();
}

/// A dry run that nobody waits for any more ends.
ReplayDialog::~ReplayDialog()
{
    m_stop.cancel();
}

QWidget* ReplayDialog::makeOptions()
{
    auto* options = new QWidget(this);
    m_leaveOut->setChecked(true);
    m_rate->setRange(0, 10'000);
    m_rate->setSpecialValueText(tr("no limit"));
    m_rate->setAccessibleName(tr("Deliveries a second, at most"));
    m_rate->setToolTip(tr("How many deliveries are applied in a second, at most; 0 is no limit"));
    m_rate->setMinimumWidth(scaled(96));
    auto* label = new InkLabel(tr("Deliveries a second"), TextRole::Body, InkLabel::Ink::Text2, options);
    label->setBuddy(m_rate);
    auto* says = new InkLabel(tr("Into this core, in the order received. Each delivery builds on the one before."), TextRole::Body,
                              InkLabel::Ink::Text2, options);
    auto* row = new QHBoxLayout(options);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    row->addWidget(says, 1);
    row->addWidget(label);
    row->addWidget(m_rate);
    row->addSpacing(scaled(12));
    row->addWidget(m_leaveOut);
    options->setVisible(m_model->rowCount() > 1);
    return options;
}

QWidget* ReplayDialog::makeList()
{
    auto* list = new QFrame(this);
    list->setFrameShape(QFrame::StyledPanel);
    auto* keys = new QHBoxLayout;
    keys->setContentsMargins(scaled(8), scaled(4), scaled(8), scaled(4));
    keys->setSpacing(scaled(8));
    keys->addWidget(new InkLabel(tr("A replay runs them from top to bottom."), TextRole::Small, InkLabel::Ink::Text2, list), 1);
    keys->addWidget(new Keycap(tr("Space"), list));
    keys->addWidget(new InkLabel(tr("include or leave out"), TextRole::Small, InkLabel::Ink::Text2, list));
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addLayout(keys);
    return list;
}

QWidget* ReplayDialog::makeDetail()
{
    auto* detail = new QWidget;
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_edit->setAccessibleName(tr("Edit the body and send it as a manual event"));
    m_body->setMarksTrouble(false);
    m_body->setMasksCopies(true);
    m_body->setMinimumHeight(scaled(96));
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    head->addWidget(m_place);
    head->addWidget(m_id, 1);
    head->addWidget(m_former);
    head->addWidget(m_next);
    auto* title = new QHBoxLayout;
    title->addWidget(m_bodyTitle, 1);
    title->addWidget(m_edit);
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(scaled(12), 0, scaled(4), 0);
    column->setSpacing(scaled(8));
    column->addLayout(head);
    column->addWidget(m_change);
    column->addLayout(title);
    column->addWidget(m_body, 1);
    for (QToolButton* button : {m_former, m_next})
        button->setVisible(m_model->rowCount() > 1);
    return scrollAreaOf(detail, tr("The delivery"), this);
}

QWidget* ReplayDialog::makeSummary()
{
    auto* summary = new QWidget(this);
    auto* row = new QHBoxLayout(summary);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(16));
    row->addWidget(m_ran);
    row->addWidget(m_counts);
    row->addStretch(1);
    row->addWidget(m_written);
    m_counts->hide();
    return summary;
}

int ReplayDialog::currentRow() const
{
    return std::max(0, m_table->currentIndex().row());
}

void ReplayDialog::dryRun()
{
    auto* backend = m_context.session.backend();
    const QList<core::DeliveryId> ids = m_model->idsToForesee();
    if (!backend || ids.isEmpty())
        return;
    m_asked = ids.size();
    m_stop = core::CancelSource();
    m_done->store(0);
    core::tasks::ActControl control;
    control.cancel = m_stop.token();
    control.progress = [done = m_done](qsizetype now, qsizetype) { done->store(now); };
    m_dryRunning = true;
    m_table->setEnabled(false);    // the answer is for what is included now
    m_leaveOut->setEnabled(false);
    m_tick.setInterval(100);
    m_tick.start();
    m_dryRun->setText(tr("Stop the dry run"));
    m_written->clear();
    showProgress();
    refreshAct();
    core::whenDone(backend->replay(m_context.session.caller(), ids, core::tasks::Mode::DryRun, control), this,
                   [this](const core::Result<QList<WebhookOutcome>>& outcomes) { takeDryRun(outcomes); });
}

void ReplayDialog::takeDryRun(const core::Result<QList<WebhookOutcome>>& outcomes)
{
    m_dryRunning = false;
    m_table->setEnabled(true);
    m_leaveOut->setEnabled(true);
    m_dryRun->setText(tr("Dry run again"));
    m_written->setText(tr("nothing was written"));
    m_tick.setInterval(1000);    // from here on the line only grows older
    if (outcomes) {
        m_ranAt = core::base::systemNow();
        m_model->setOutcomes(*outcomes);
        if (m_leaveOut->isChecked())
            m_model->includeIdle(false);
    } else if (outcomes.error().kind != core::ErrorKind::Cancelled) {
        showError(tr("The dry run did not end."), outcomes.error(), tr("Nothing was written."));
        m_context.session.noteFailure(outcomes.error());
    }
    showCounts();
    showProgress();
    showCurrent();
    refreshAct();
}

void ReplayDialog::showCounts()
{
    QMap<Outcome, qint64> counts;
    for (const Outcome outcome : replayOutcomes)
        counts[outcome] = m_model->outcomes(outcome);
    m_counts->setCounts(counts);
    m_counts->setVisible(m_ranAt.has_value() && m_model->rowCount() > 1);    // of one, its own lamps say it
}

void ReplayDialog::showProgress()
{
    if (m_dryRunning)
        m_ran->setText(tr("Dry run, %1 of %2").arg(countText(m_done->load()), countText(m_asked)));
    else if (!m_ranAt)
        m_ran->setText(tr("The dry run was stopped."));
    else if (const QString ago = relativeTime(*m_ranAt, core::base::systemNow());
             core::base::systemNow() - *m_ranAt < std::chrono::seconds(2))
        m_ran->setText(tr("Dry run, just now"));
    else
        m_ran->setText(tr("Dry run, %1 ago").arg(ago));
}

void ReplayDialog::showCurrent()
{
    if (m_model->rowCount() == 0)
        return m_change->showNothing(tr("No delivery is chosen."));
    const int row = currentRow();
    const Delivery& delivery = m_model->delivery(row);
    m_place->setText(m_model->rowCount() > 1 ? tr("Delivery %1 of %2").arg(countText(row + 1), countText(m_model->rowCount()))
                                             : tr("Delivery"));
    m_id->setText(plainLine(delivery.id.text));
    m_former->setEnabled(row > 0);
    m_next->setEnabled(row + 1 < m_model->rowCount());
    if (const auto& outcome = m_model->outcome(row))
        m_change->showOutcome(*outcome);
    else
        m_change->showNothing(m_dryRunning ? tr("The dry run is under way.")
                                           : tr("The last dry run was without this delivery, or with another choice before it."));
    showBody();
}

void ReplayDialog::showBody()
{
    auto* backend = m_context.session.backend();
    const core::DeliveryId id = m_model->delivery(currentRow()).id;
    if (!backend || id == m_bodyOf)
        return;
    m_bodyOf = id;
    m_body->setLog({});
    core::whenDone(backend->delivery(id), this, [this, id](const core::Result<Delivery>& delivery) {
        if (id != m_bodyOf)
            return;
        if (!delivery) {
            m_bodyTitle->setText(tr("The body could not be read: %1").arg(plainLine(delivery.error().message)));
            return;
        }
        const QByteArray& body = delivery->body;
        const bool inHex = !beginsAsText(body);
        const qsizetype most = inHex ? mostHexShown : mostTextShown;
        m_bodyTitle->setText(body.size() <= most
                                 ? tr("Body as received, %1").arg(sizeText(body.size()))
                                 : tr("Body as received, %1; the first %2 are shown").arg(sizeText(body.size()), sizeText(most)));
        ui::showBody(*m_body, body, inHex);
    });
}

void ReplayDialog::stepBy(int rows)
{
    m_table->selectRow(std::clamp(currentRow() + rows, 0, m_model->rowCount() - 1));
}

void ReplayDialog::refreshAct()
{
    const int count = m_model->includedCount();
    const auto capabilities = m_context.session.capabilities();
    QString why;
    if (!capabilities.canWrite)
        why = capabilities.whyReadOnly;
    else if (m_dryRunning)
        why = tr("The dry run is under way.");
    else if (count == 0)
        why = m_ranAt && m_leaveOut->isChecked() ? tr("None of them would change anything.") : tr("No delivery is included.");
    else if (!m_model->isForeseen())
        why = m_ranAt ? tr("Run it dry again: another choice changes what becomes of the later ones.") : tr("Run it dry first.");
    m_dryRun->setEnabled(m_dryRunning || m_context.session.backend());
    setTargets(count);
    setAct(tr("Replay %1").arg(deliveriesText(count)), why);
}

}
