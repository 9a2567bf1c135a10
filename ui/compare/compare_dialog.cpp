// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_dialog.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/keycap.h"
#include "ui/compare/compare_pane.h"
#include "ui/session/connection_profile.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QComboBox>
#include <QGridLayout>
#include <QPushButton>
#include <QTabBar>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::PayloadPart;
using core::jobs::JobAttempt;
using core::jobs::JobSummary;

CompareDialog::CompareDialog(const UiContext& context, core::Lane& lane, const core::JobId& before, const core::JobId& after,
                             QWidget* parent)
    : QDialog(parent), m_context(context), m_tabs(new QTabBar(this)), m_pane(new ComparePane(lane, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Compare jobs \u2013 %1").arg(plainLine(context.session.profile().name)));
    resize(scaled(1170), scaled(720));
    setMinimumSize(scaled(640), scaled(360));
    m_sides[0].id = before;
    m_sides[1].id = after;
    m_tabs->setAccessibleName(tr("What is compared"));
    m_tabs->setExpanding(false);
    for (const QString& title : {tr("Input"), tr("Output"), tr("Attempts")})
        m_tabs->addTab(title);

    auto* heads = new QGridLayout;
    heads->setHorizontalSpacing(scaled(12));
    heads->setVerticalSpacing(scaled(8));
    heads->setColumnStretch(2, 1);
    buildHead(*heads, 0, m_sides[0], tr("Before"));
    buildHead(*heads, 1, m_sides[1], tr("After"));
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(scaled(8));
    if (context.preferences.showsKeyboardHints()) {
        foot->addWidget(new Keycap(u"N"_s));
        foot->addWidget(new InkLabel(tr("next difference"), TextRole::Tiny, InkLabel::Ink::Text2, this));
    }
    foot->addStretch(1);
    foot->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12));
    column->setSpacing(scaled(12));
    column->addLayout(compareHead(context.session.profile(), tr("Compare jobs"), this));
    column->addLayout(heads);
    column->addWidget(m_tabs);
    column->addWidget(m_pane, 1);
    column->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_part = static_cast<ComparePart>(tab);
        refresh();
    });
    connect(m_pane, &ComparePane::viewChosen, this, &CompareDialog::refresh);
    connect(m_pane, &ComparePane::retryAsked, this, &CompareDialog::readJobs);
    if (before == after) {
        m_tabs->setTabEnabled(static_cast<int>(ComparePart::Input), false);
        m_tabs->setTabEnabled(static_cast<int>(ComparePart::Output), false);
        showPart(ComparePart::Attempts);
    }
    m_tabs->setFocus();
    readJobs();
}

void CompareDialog::buildHead(QGridLayout& grid, int row, Side& side, const QString& title)
{
    side.status = new InkLabel(TextRole::SmallEmphasis, InkLabel::Ink::Text, this);
    side.facts = new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this);
    side.facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    side.facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    side.attempt = new QComboBox(this);
    side.attempt->setAccessibleName(tr("Attempt of the job %1").arg(title));
    side.attempt->hide();
    auto* show = new QPushButton(tr("Show job"), this);
    show->setAutoDefault(false);
    show->setAccessibleName(tr("Show the job %1").arg(title));
    connect(show, &QPushButton::clicked, this, [this, id = side.id] { emit m_context.navigator.jobAsked(id); });
    connect(side.attempt, &QComboBox::currentIndexChanged, this, &CompareDialog::refresh);
    grid.addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, this), row, 0);
    grid.addWidget(side.status, row, 1);
    grid.addWidget(side.facts, row, 2);
    grid.addWidget(side.attempt, row, 3);
    grid.addWidget(show, row, 4);
}

void CompareDialog::readJobs()
{
    m_pane->clearError();
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    ++m_open;
    core::whenDone(backend->jobRows({m_sides[0].id, m_sides[1].id}), this, [this](const core::Result<QList<JobSummary>>& rows) {
        --m_open;
        if (!rows)
            return m_pane->fail(tr("The jobs could not be read."), rows.error());
        for (Side& side : m_sides) {
            for (const JobSummary& job : *rows) {
                if (job.id == side.id)
                    side.job = job;
            }
        }
        showJobs();
        refresh();
    });
}

void CompareDialog::showJobs()
{
    const QTimeZone zone = m_context.preferences.timeZone();
    for (const Side& side : m_sides) {
        if (!side.job) {
            side.status->setText(tr("gone"));
            m_pane->showSentence(tr("There is nothing to compare: one of the jobs is gone."));
            side.facts->setText(plainLine(side.id.text));
            continue;
        }
        side.status->setText(statusWord(*side.job));
        const QString owner = side.job->userId.isEmpty() ? u"\u2013"_s : plainLine(side.job->userId);
        side.facts->setText(u"%1 \u00b7 %2 \u00b7 %3 \u00b7 %4"_s.arg(
            typeTitle(side.job->type, side.job->typeText), plainLine(side.id.text), exactTime(side.job->createdAt, zone), owner));
    }
}

void CompareDialog::showPart(ComparePart part)
{
    m_tabs->setCurrentIndex(static_cast<int>(part));
}

void CompareDialog::setView(CompareView view)
{
    m_pane->setView(view);
}

bool CompareDialog::isSettled() const
{
    return m_open == 0 && m_pane->isSettled();
}

DiffTable& CompareDialog::table() const
{
    return m_pane->table();
}

QString CompareDialog::sentence() const
{
    return m_pane->sentence();
}

void CompareDialog::refresh()
{
    if (!m_context.session.backend() || !m_sides[0].job || !m_sides[1].job)
        return;    // not read yet, or gone
    for (const Side& side : m_sides)
        side.attempt->setVisible(m_part == ComparePart::Attempts && side.attempt->count() > 0);
    const bool hasBefore = read(m_sides[0]);
    const bool hasAfter = read(m_sides[1]);
    if (hasBefore && hasAfter)
        return compare();
    m_pane->showReading();
}

bool CompareDialog::read(Side& side)
{
    const bool isHere = m_part == ComparePart::Input ? side.hasInput : m_part == ComparePart::Output ? side.hasOutput : side.hasAttempts;
    if (isHere)
        return true;
    if (m_part == ComparePart::Attempts)
        readAttempts(side);
    else
        readPayload(side, m_part == ComparePart::Input ? PayloadPart::Input : PayloadPart::Output);
    return false;
}

void CompareDialog::readPayload(Side& side, PayloadPart part)
{
    ++m_open;
    core::whenDone(m_context.session.backend()->payload(side.id, part), this, [this, &side, part](const core::Result<QByteArray>& bytes) {
        --m_open;
        const bool isAbsent = !bytes && bytes.error().code == "output_missing"_L1;
        if (!bytes && !isAbsent)
            return m_pane->fail(tr("The payloads could not be read."), bytes.error());
        auto& place = part == PayloadPart::Input ? side.input : side.output;
        (part == PayloadPart::Input ? side.hasInput : side.hasOutput) = true;
        if (bytes)
            place = *bytes;
        if (m_open == 0)
            refresh();
    });
}

void CompareDialog::readAttempts(Side& side)
{
    ++m_open;
    core::whenDone(m_context.session.backend()->attempts(side.id), this, [this, &side](const core::Result<QList<JobAttempt>>& attempts) {
        --m_open;
        if (!attempts)
            return m_pane->fail(tr("The attempts could not be read."), attempts.error());
        side.attempts = *attempts;
        side.hasAttempts = true;
        const QSignalBlocker quiet(side.attempt);
        side.attempt->clear();
        side.attempt->addItem(tr("All attempts"));
        for (const JobAttempt& attempt : *attempts)
            side.attempt->addItem(tr("Attempt %1").arg(attempt.attempt), attempt.attempt);
        const int last = side.attempt->count() - 1;
        if (m_sides[0].id == m_sides[1].id)
            side.attempt->setCurrentIndex(std::max(0, &side == m_sides.data() ? last - 1 : last));
        if (m_open == 0)
            refresh();
    });
}

std::optional<QByteArray> CompareDialog::documentOf(const Side& side) const
{
    switch (m_part) {
    case ComparePart::Input: return side.input;
    case ComparePart::Output: return side.output;
    case ComparePart::Attempts: break;
    }
    const QVariant only = side.attempt->currentData();
    return attemptsDocument(side.attempts, only.isValid() ? std::optional(only.toInt()) : std::nullopt);
}

void CompareDialog::compare()
{
    CompareRequest request{documentOf(m_sides[0]), documentOf(m_sides[1]), CompareView::Meaning, core::JobType::Unknown};
    if (m_part == ComparePart::Input && m_sides[0].job->type == m_sides[1].job->type)
        request.inputOf = m_sides[0].job->type;
    m_pane->compare(request, m_part == ComparePart::Output);
}

}
