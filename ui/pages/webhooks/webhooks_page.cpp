// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/webhooks/webhooks_page.h"

#include "core/backend/delivery_acts.h"
#include "ui/base/empty_state.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/scroll_area.h"
#include "ui/base/search_field.h"
#include "ui/deliveries/delivery_view.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/webhooks/delivery_text.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using namespace core::webhooks;

namespace {

/// A choice whose first entry narrows nothing; the others carry their value.
template <class Value>
QComboBox* choice(const QString& all, const QString& name, const QList<Value>& values, QString (*text)(Value))
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->addItem(all);
    for (const Value value : values)
        box->addItem(text(value), static_cast<int>(value));
    return box;
}

template <class Value>
std::optional<Value> chosen(const QComboBox* box)
{
    return box->currentIndex() <= 0 ? std::nullopt : std::optional(static_cast<Value>(box->currentData().toInt()));
}

bool sameChoice(const DeliveryRequest& a, const DeliveryRequest& b)
{
    return a.outcome == b.outcome && a.verdict == b.verdict && a.source == b.source && a.job == b.job;
}

bool sameDelivery(const Delivery& a, const Delivery& b)
{
    return a.id == b.id;
}

}

WebhooksPage::WebhooksPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Webhooks"), parent),
      m_outcome(choice<Outcome>(tr("Every outcome"), tr("Outcome"),
                                {Outcome::Applied, Outcome::Rejected, Outcome::Duplicate, Outcome::Stale, Outcome::IgnoredTerminal},
                                outcomeText)),
      m_verdict(choice<Verdict>(
          tr("Every signature"), tr("Verdict over the signature"),
          {Verdict::Valid, Verdict::NotChecked, Verdict::Missing, Verdict::Malformed, Verdict::Wrong, Verdict::TooOld, Verdict::TooNew},
          verdictText)),
      m_source(
          choice<Source>(tr("Every source"), tr("Source"), {Source::Worker, Source::Render, Source::Replay, Source::Manual}, sourceText)),
      m_job(new QLineEdit),
      m_list(new PagedList(deliveryColumns(), context.preferences, tr("Deliveries"))),
      m_detailTitle(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text)),
      m_replayAll(new QPushButton(tr("Replay all that match…"))),
      m_replay(new QPushButton(tr("Replay…"))),
      m_notFrozen(new ErrorBar(this)),
      m_detail(new DeliveryView(context)),
      m_detailArea(scrollAreaOf(m_detail, tr("The delivery")))
{
    setPolls(std::chrono::seconds(5));    // a delivery that moved no job is no event
    buildFilters();
    auto* pane = new QWidget;
    auto* paneLayout = new QVBoxLayout(pane);
    paneLayout->setContentsMargins(0, scaled(8), 0, 0);
    auto* head = new QHBoxLayout;
    head->addWidget(m_detailTitle, 1);
    head->addWidget(m_replayAll);
    head->addWidget(m_replay);
    paneLayout->addLayout(head);
    paneLayout->addWidget(m_notFrozen);
    paneLayout->addWidget(m_detailArea, 1);
    paneLayout->addStretch();
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_list);
    splitter->addWidget(pane);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({500, 500});
    for (QPushButton* button : {m_replayAll, m_replay}) {
        button->setIcon(ownIcon(u"act-replay"_s));
        button->setAutoDefault(false);
    }
    m_replay->setAccessibleName(tr("Replay the selected deliveries"));
    m_replayAll->setAccessibleName(tr("Replay all deliveries that match"));
    m_notFrozen->setRetryOffered(false);
    connect(m_replay, &QPushButton::clicked, this, &WebhooksPage::replayChosen);
    connect(m_replayAll, &QPushButton::clicked, this, &WebhooksPage::replayMatching);
    connect(m_list->table().selectionModel(), &QItemSelectionModel::selectionChanged, this, &WebhooksPage::showChosen);
    setFocusProxy(&m_list->table());
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->addWidget(splitter);

    connect(m_list, &PagedList::moreAsked, this, &WebhooksPage::more);
    connect(&m_list->table(), &RowTable::currentRowChanged, this, &WebhooksPage::showDetail);
    const auto open = [this](const PageRow& row) {
        if (!row.job.isEmpty())
            emit this->context().navigator.jobTabAsked(row.job, InspectorTab::Webhooks);
    };
    connect(&m_list->table(), &RowTable::rowActivated, this, open);
    connect(&m_list->table(), &RowTable::linkActivated, this, open);
    emptyState().setDrawing(u"view-webhooks"_s);
    showDetail();
}

void WebhooksPage::buildFilters()
{
    m_job->setPlaceholderText(tr("Job id"));
    m_job->setAccessibleName(tr("Only deliveries for this job"));
    m_job->setToolTip(tr("Only deliveries for the job whose id begins so. Enter applies it."));
    m_job->setClearButtonEnabled(true);
    keepWidth(m_job, 160);
    m_job->addAction(ownIcon(u"edit-find"_s), QLineEdit::LeadingPosition);
    nameFieldButtons(m_job);
    for (QComboBox* box : {m_outcome, m_verdict, m_source}) {
        addToTitle(box);
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            m_rows.clear();
            refresh();
        });
    }
    addToTitle(m_job);
    connect(m_job, &QLineEdit::returnPressed, this, &WebhooksPage::applyJob);
    connect(m_job, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            applyJob();
    });
}

void WebhooksPage::applyJob()
{
    const QString beginning = m_job->text().trimmed();
    m_rows.clear();
    if (beginning.isEmpty() || !context().session.backend()) {
        m_jobId.reset();
        refresh();
        return;
    }
    core::whenDone(backend().resolveJobId(beginning), this, [this, beginning](const core::Result<core::JobId>& id) {
        if (m_job->text().trimmed() != beginning)
            return;
        // one that nobody knows as a job may still stand in deliveries
        m_jobId = id ? *id : core::JobId{beginning};
        refresh();
    });
}

DeliveryRequest WebhooksPage::request() const
{
    DeliveryRequest request;
    request.outcome = chosen<Outcome>(m_outcome);
    request.verdict = chosen<Verdict>(m_verdict);
    request.source = chosen<Source>(m_source);
    request.job = m_jobId;
    request.limit = rowsOfAPage;
    return request;
}

bool WebhooksPage::isNarrow() const
{
    const DeliveryRequest asked = request();
    return asked.outcome || asked.verdict || asked.source || asked.job;
}

/// "Rejected, Worker": the choices above the list, in words.
QString WebhooksPage::narrowedBy() const
{
    QStringList words;
    for (const QComboBox* box : {m_outcome, m_verdict, m_source}) {
        if (box->currentIndex() > 0)
            words << box->currentText();
    }
    if (m_jobId)
        words << tr("job %1").arg(plainLine(m_jobId->text));
    return words.join(u", "_s);
}

void WebhooksPage::reload()
{
    ask(longReads().deliveryPage(request(), aRead()), [this](const DeliveryPage& page) {
        m_rows.takeTop(page, sameDelivery);
        showRows();
    });
}

void WebhooksPage::more()
{
    if (!m_rows.next || isReading())
        return;
    DeliveryRequest next = request();
    next.after = m_rows.next;
    ask(longReads().deliveryPage(next, aRead()), [this](const DeliveryPage& page) {
        m_rows.takeMore(page);
        showRows();
    });
}

void WebhooksPage::showRows()
{
    const QList<PageRow>& rows = m_rows.shown(deliveryRow);
    const bool narrow = isNarrow();
    m_list->showRows(rows, m_rows.next.has_value(), narrow ? tr("No older delivery fits.") : tr("No older delivery."),
                     rows.isEmpty() ? tr("None among the newest %1 fits. Look further back").arg(countText(deliveryScanCeiling))
                                    : tr("Show older deliveries"));
    emptyState().setTitle(narrow ? tr("No delivery fits") : tr("No delivery yet"));
    emptyState().setSentence(narrow ? tr("Choose another outcome, signature, source or job above.")
                                    : tr("Every report of a worker is kept here as it came, also those that were refused."));
    setIsEmpty(rows.isEmpty() && !m_rows.next);
    showChosen();
}

void WebhooksPage::showDetail()
{
    const PageRow* row = m_list->table().currentRow();
    m_detailTitle->setText(row ? tr("As received") : tr("Choose a delivery to read what came."));
    m_detailArea->setVisible(row != nullptr);
    if (row)
        m_detail->showDelivery(core::DeliveryId{row->key});
    else
        m_detail->showNothing();
    showChosen();
}

void WebhooksPage::showChosen()
{
    const auto chosen = m_list->table().selectionModel()->selectedRows().size();
    for (QPushButton* button : {m_replayAll, m_replay})
        button->setVisible(m_list->table().rows().rowCount() > 0);
    m_replayAll->setEnabled(isNarrow() && !m_freezing);
    m_replayAll->setToolTip(isNarrow() ? tr("Freeze every delivery that fits the choices above, also those further down, and run them dry")
                                       : tr("Choose an outcome, a signature, a source or a job above first."));
    m_replay->setEnabled(chosen > 0);
    m_replay->setText(chosen > 1 ? tr("Replay %1 deliveries…").arg(countText(chosen)) : tr("Replay…"));
    m_replay->setToolTip(chosen > 0 ? tr("Run the selected deliveries dry, and then apply them again") : tr("Select a delivery first."));
}

void WebhooksPage::replayChosen()
{
    QList<Delivery> chosen;
    for (const Delivery& delivery : m_rows.rows) {
        const int row = m_list->table().rows().rowOf(delivery.id.text);
        if (row >= 0 && m_list->table().selectionModel()->isRowSelected(row, {}))
            chosen << delivery;
    }
    if (!chosen.isEmpty())
        emit replayAsked(chosen, tr("selected on the page Webhooks"));
}

void WebhooksPage::replayMatching()
{
    if (!isNarrow() || m_freezing || !context().session.backend())
        return;
    m_notFrozen->clear();
    m_freezing = true;
    showChosen();
    const auto done = [this, asked = request(),
                       from = tr("that match: %1").arg(narrowedBy())](const core::Result<QList<Delivery>>& frozen) {
        m_freezing = false;
        showChosen();
        if (!sameChoice(asked, request()))
            return;    // a person has gone on to others
        if (!frozen)
            m_notFrozen->showError(tr("The deliveries that match could not be frozen."), frozen.error(), tr("Nothing was changed."));
        else if (!frozen->isEmpty())
            emit replayAsked(*frozen, from);
    };
    core::whenDone(core::backend::deliveryActs(backend()).freezeDeliveries(request()), this, done);
}

}
