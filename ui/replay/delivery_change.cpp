// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/delivery_change.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/diff/diff_table.h"
#include "ui/replay/replay_diff.h"
#include "ui/replay/replay_words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::WebhookOutcome;

DeliveryChange::DeliveryChange(const QTimeZone& zone, QWidget* parent)
    : QWidget(parent),
      m_zone(zone),
      m_lamps(new StageLamps(this)),
      m_title(new InkLabel(tr("What would change"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, this)),
      m_job(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_diff(new DiffTable(tr("What would change"), this)),
      m_nothing(new InkLabel(TextRole::Body, InkLabel::Ink::Text, this)),
      m_filesTitle(new InkLabel(tr("Files it would write"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, this)),
      m_files(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text, this))
{
    m_diff->setFitsRows(5);
    m_nothing->setWordWrap(true);
    m_files->setWordWrap(true);
    for (InkLabel* label : {m_job, m_files})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* title = new QHBoxLayout;
    title->setSpacing(scaled(8));
    title->addWidget(m_title, 1);
    title->addWidget(m_job);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(m_lamps);
    column->addLayout(title);
    column->addWidget(m_nothing);
    column->addWidget(m_diff);
    column->addWidget(m_filesTitle);
    column->addWidget(m_files);
    showNothing({});
}

void DeliveryChange::showOutcome(const WebhookOutcome& outcome)
{
    m_lamps->setLamps(lampsOf(outcome, core::tasks::Mode::DryRun));
    m_lamps->show();
    const QList<DiffRow> rows = diffOf(outcome, m_zone);
    m_diff->setRows(meaningColumns(tr("Column")), rows);
    m_diff->setVisible(!rows.isEmpty());
    m_title->setVisible(!rows.isEmpty());
    const bool hasJob = outcome.before.has_value();
    m_job->setVisible(hasJob);
    if (hasJob)
        m_job->setText(
            u"%1 \u00b7 %2"_s.arg(typeTitle(outcome.before->type, outcome.before->typeText), plainLine(outcome.before->id.text)));
    QStringList words;
    if (outcome.outcome != core::webhooks::Outcome::Applied)
        words << (outcome.outcome == core::webhooks::Outcome::Rejected ? tr("Nothing would change: it would be rejected.")
                                                                       : tr("Nothing would change: %1").arg(replayReason(outcome)));
    else if (rows.isEmpty())
        words << tr("No row would change.");
    for (const auto& error : outcome.fieldErrors)
        words << u"%1: %2"_s.arg(plainLine(error.field), plainLine(error.message));
    m_nothing->setText(words.join(u'\n'));
    m_nothing->setVisible(!words.isEmpty());
    QStringList files;
    for (const QString& file : outcome.filesToWrite)
        files << plainLine(file);
    m_files->setText(files.join(u'\n'));
    m_filesTitle->setVisible(!files.isEmpty());
    m_files->setVisible(!files.isEmpty());
}

void DeliveryChange::showNothing(const QString& why)
{
    for (QWidget* part : QList<QWidget*>{m_lamps, m_title, m_job, m_diff, m_filesTitle, m_files})
        part->hide();
    m_nothing->setText(why);
    m_nothing->setVisible(!why.isEmpty());
}

}
