// SPDX-License-Identifier: Apache-2.0
#include "ui/base/error_bar.h"

#include "ui/base/ink_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestDetail = 4000;    // a tool's last lines; the rest is in the copy

QLabel* plainLabel(QWidget* parent, TextRole role)
{
    auto* label = new InkLabel(role, InkLabel::Ink::Text, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}

ErrorBar::ErrorBar(QWidget* parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_what(plainLabel(this, TextRole::Emphasis)),
      m_why(plainLabel(this, TextRole::Body)),
      m_code(plainLabel(this, TextRole::MonoSmall)),
      m_details(plainLabel(this, TextRole::MonoSmall)),
      m_retry(new QPushButton(tr("Retry"), this)),
      m_toggle(new QPushButton(tr("Details"), this)),
      m_copy(new QPushButton(tr("Copy"), this))
{
    setAccessibleName(tr("Error"));
    m_code->setWordWrap(false);
    m_retry->setIcon(actionIcon(u"view-refresh"_s));
    m_copy->setIcon(actionIcon(u"edit-copy"_s));
    m_toggle->setCheckable(true);
    m_retry->setAccessibleDescription(tr("Tries again what failed."));
    m_copy->setToolTip(tr("Copies the sentences, the code and the details."));

    auto* acts = new QHBoxLayout;
    acts->setSpacing(8);
    for (QPushButton* button : {m_retry, m_toggle, m_copy})
        acts->addWidget(button);
    acts->addStretch();
    acts->addWidget(m_code);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(scaled(16), scaled(10), scaled(12), scaled(10));
    grid->setHorizontalSpacing(scaled(8));
    grid->setVerticalSpacing(scaled(4));
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_what, 0, 1);
    grid->addWidget(m_why, 1, 1);
    grid->addLayout(acts, 2, 1);
    grid->addWidget(m_details, 3, 1);
    grid->setColumnStretch(1, 1);

    connect(m_retry, &QPushButton::clicked, this, &ErrorBar::retryAsked);
    connect(m_toggle, &QPushButton::toggled, this, &ErrorBar::showDetails);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    applyColors();
    showDetails(false);
    hide();
}

void ErrorBar::showError(const QString& what, const core::Error& error, const QString& intact)
{
    m_error = error;
    m_what->setText(what);
    const QString cause = error.message.endsWith(u'.') || error.message.isEmpty() ? error.message : error.message + u'.';
    m_why->setText(intact.isEmpty() ? cause : cause + u' ' + intact);
    m_code->setText(error.code);
    QStringList lines{tr("Kind: %1").arg(core::base::errorKindName(error.kind))};
    if (!error.field.isEmpty())
        lines << tr("Field: %1").arg(error.field);
    if (!error.detail.isEmpty())
        lines << error.detail.right(longestDetail);
    m_details->setText(lines.join(u'\n'));
    setAccessibleDescription(m_what->text() + u' ' + m_why->text());
    show();
}

void ErrorBar::clear()
{
    m_error = {};
    m_toggle->setChecked(false);
    hide();
}

void ErrorBar::setRetryOffered(bool offered)
{
    m_retry->setVisible(offered);
}

QString ErrorBar::text() const
{
    QStringList lines{m_what->text(), m_why->text(), core::base::errorKindName(m_error.kind) + u' ' + m_error.code};
    for (const QString& more : {m_error.field, m_error.detail}) {
        if (!more.isEmpty())
            lines << more;
    }
    return lines.join(u'\n');
}

void ErrorBar::paintEvent(QPaintEvent*)
{
    const StateInk& ink = themeOf(palette()).failed;
    QPainter painter(this);
    painter.fillRect(rect(), ink.fill);
    const int rule = scaled(3);
    painter.fillRect(QRect(layoutDirection() == Qt::RightToLeft ? width() - rule : 0, 0, rule, height()), ink.ink);
}

void ErrorBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void ErrorBar::applyColors()
{
    m_icon->setPixmap(iconPixmap(stateIconName(JobState::Failed), themeOf(palette()).failed.ink, scaled(16), devicePixelRatioF()));
}

void ErrorBar::showDetails(bool shown)
{
    m_details->setVisible(shown);
    m_toggle->setAccessibleDescription(shown ? tr("Hides the details of the error.") : tr("Shows the details of the error."));
}

}
