// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/error_box.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString whatFailed(core::JobType type)
{
    switch (type) {
    case core::JobType::MediaProbe: return ErrorBox::tr("The file could not be examined");
    case core::JobType::SilenceDetect: return ErrorBox::tr("The silences could not be found");
    case core::JobType::SilenceApply: return ErrorBox::tr("The silences could not be cut out");
    case core::JobType::MediaConvert: return ErrorBox::tr("The file could not be converted");
    case core::JobType::TranscriptionGenerate: return ErrorBox::tr("The speech could not be written down");
    case core::JobType::FrameExtract: return ErrorBox::tr("The frames could not be taken");
    case core::JobType::CaptionsGenerate: return ErrorBox::tr("The captions could not be burned in");
    case core::JobType::Unknown: return ErrorBox::tr("The job failed");
    }
    Q_UNREACHABLE();
}

/// The lines after the first, as far as a page can hold them.
QString furtherLines(const QString& message)
{
    QStringList lines = message.section(u'\n', 1).left(2000).split(u'\n', Qt::SkipEmptyParts);
    for (QString& line : lines)
        line = plainLine(line);
    return lines.mid(0, 6).join(u'\n');
}

}

ErrorBox::ErrorBox(QWidget* parent)
    : QWidget(parent),
      m_what(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_cause(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_code(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text2, this)),
      m_same(new QPushButton(actionIcon(u"edit-find"_s), QString(), this)),
      m_copy(new QPushButton(actionIcon(u"edit-copy"_s), tr("Copy error"), this))
{
    setAccessibleName(tr("Error of the job"));
    for (InkLabel* label : {m_what, m_cause}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(scaled(8));
    acts->addWidget(m_same);
    acts->addWidget(m_copy);
    acts->addStretch();
    acts->addWidget(m_code);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(39), scaled(11), scaled(14), scaled(11));
    column->setSpacing(scaled(4));
    column->addWidget(m_what);
    column->addWidget(m_cause);
    column->addSpacing(scaled(4));
    column->addLayout(acts);
    connect(m_same, &QPushButton::clicked, this, &ErrorBox::sameErrorsAsked);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
}

void ErrorBox::showError(const core::jobs::JobSummary& job, const std::optional<qint64>& same)
{
    m_job = job;
    QString first = plainLine(job.errorMessage.section(u'\n', 0, 0));
    if (first.isEmpty())
        first = tr("no reason was stored");
    if (!first.endsWith(u'.'))
        first += u'.';
    m_what->setText(tr("%1: %2").arg(whatFailed(job.type), first));
    const QString further = furtherLines(job.errorMessage);
    const QString intact = tr("The input is intact.");
    m_cause->setText(further.isEmpty() ? intact : further + u'\n' + intact);
    m_code->setText(plainLine(job.errorCode));
    const bool several = same.value_or(0) > 1;
    m_same->setText(several ? tr("Show %1 like this").arg(countText(*same)) : tr("Show others like this"));
    m_same->setToolTip(tr("Shows the jobs of this type that failed with the same code in the last 24 h"));
}

QString ErrorBox::text() const
{
    return u"%1\n%2\n%3\n%4"_s.arg(m_what->text(), m_job.errorMessage, m_job.errorCode, m_job.id.text);
}

void ErrorBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.failed.fill);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(mirrored ? QRect(width() - 3, 0, 3, height()) : QRect(0, 0, 3, height()), theme.failed.ink);
    const int side = scaled(16);
    const int top = m_what->y() + (QFontMetrics(m_what->font()).height() - side) / 2;
    paintIcon(&painter, QRect(mirrored ? width() - scaled(16) - side : scaled(16), top, side, side), u"state-failed"_s, theme.failed.ink);
}

}
