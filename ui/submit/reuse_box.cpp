// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/reuse_box.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::ReuseExplanation;
using core::tasks::SubmitAnswer;

namespace {

constexpr int askAfterMs = 250;
constexpr qsizetype namedFields = 12;

/// "type, owner, file_path": the keys without their slash.
QString fieldsText(const QStringList& pointers)
{
    QStringList names;
    for (const QString& pointer : pointers.mid(0, namedFields))
        names << plainLine(pointer.startsWith(u'/') ? pointer.mid(1) : pointer);
    if (pointers.size() > namedFields)
        names << ReuseBox::tr("and %1 more").arg(pointers.size() - namedFields);
    return names.join(u", "_s);
}

}

ReuseBox::ReuseBox(StoreSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_title(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_sentence(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_id(new InkLabel(TextRole::Mono, InkLabel::Ink::Text, this)),
      m_show(new LinkButton(tr("Show"), this)),
      m_force(new QCheckBox(tr("Run beside it"), this))
{
    setAccessibleName(tr("Would it be a new job"));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_show->setAccessibleName(tr("Show the job"));
    m_show->setAutoDefault(false);
    m_force->setToolTip(tr("Makes a job of its own, although an active one does the same"));
    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(8));
    first->addSpacing(scaled(20));
    first->addWidget(m_title);
    first->addWidget(m_id);
    first->addWidget(m_show);
    first->addStretch(1);
    first->addWidget(m_force);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    column->setSpacing(scaled(2));
    column->addLayout(first);
    column->addWidget(m_sentence, 1);
    setMinimumHeight(scaled(80));    // its words come and go; nothing around it moves
    m_wait.setSingleShot(true);
    m_wait.setInterval(askAfterMs);
    connect(&m_wait, &QTimer::timeout, this, &ReuseBox::askNow);
    connect(m_show, &QPushButton::clicked, this, [this] { emit jobAsked(m_shown); });
    connect(m_force, &QCheckBox::toggled, this, &ReuseBox::changed);
    rest();
}

bool ReuseBox::isForced() const
{
    return m_force->isChecked() && m_force->isVisibleTo(this);
}

QString ReuseBox::text() const
{
    return u"%1 %2 %3"_s.arg(m_title->text(), m_id->text(), m_sentence->text());
}

void ReuseBox::show(const QString& icon, const QString& title, const QString& sentence, const core::JobId& job)
{
    m_icon = icon;
    m_shown = job;
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_id->setText(plainLine(job.text));
    m_id->setVisible(!job.isEmpty());
    m_show->setVisible(!job.isEmpty());
    m_isWarning = !m_twin.isEmpty();
    m_force->setVisible(!m_twin.isEmpty());
    setAccessibleDescription(text());
    update();
    emit changed();
}

void ReuseBox::rest(const QString& title, const QString& sentence)
{
    m_wait.stop();
    ++m_generation;
    m_twin = {};
    show(u"stage-info"_s, title.isEmpty() ? tr("Not asked yet") : title,
         sentence.isEmpty()
             ? tr("When the form is complete, this says whether it makes a new job or gives back one that does the same already.")
             : sentence);
}

void ReuseBox::ask(const core::tasks::SubmitRequest& request)
{
    ++m_generation;
    m_request = request;
    m_request.force = false;
    m_wait.start();
}

void ReuseBox::askNow()
{
    auto* backend = m_session.backend();
    if (!backend)
        return;
    core::whenDone(backend->explainSubmit(m_session.caller(), m_request), this,
                   [this, asked = m_generation](const core::Result<ReuseExplanation>& answer) {
                       if (asked == m_generation)
                           takeAnswer(answer);
                   });
}

void ReuseBox::takeAnswer(const core::Result<ReuseExplanation>& answer)
{
    m_twin = {};
    if (!answer) {
        show(u"stage-info"_s, tr("It would be refused"), plainLine(answer.error().message));
        emit refused(answer.error());
        return;
    }
    if (!answer->answer.reused || !answer->twin) {
        show(u"list-add"_s, tr("Makes a new job"), tr("No active job has the same type, owner and input."));
        return;
    }
    m_twin = answer->answer.jobId;
    const auto& twin = *answer->twin;
    show(u"dialog-warning"_s, tr("An active job does the same: %1").arg(statusWord(twin)),
         tr("It would be given back, and no new job made. The same are: %1. Another value in any of these, another owner or the box "
            "\u201cRun beside it\u201d makes a new job.")
             .arg(fieldsText(answer->answer.sameFields)),
         m_twin);
}

void ReuseBox::showAnswer(const SubmitAnswer& answer)
{
    m_wait.stop();
    ++m_generation;
    m_twin = {};
    m_force->setChecked(false);
    if (answer.reused)
        show(u"stage-info"_s, tr("Given back, %1: no new job was made").arg(core::jobs::statusName(answer.status)),
             tr("This active job has the same %1.").arg(fieldsText(answer.sameFields)), answer.jobId);
    else
        show(u"state-done"_s, tr("Made, %1").arg(core::jobs::statusName(answer.status)),
             tr("The job waits for a worker. A change above makes this form ready for another one."), answer.jobId);
}

void ReuseBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_isWarning ? theme.warning().ink : theme.border, 1));
    painter.setBrush(m_isWarning ? theme.warning().fill : theme.alternateBase);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    constexpr int rule = 3;
    const QColor ink = m_isWarning ? theme.warning().ink : m_icon == u"state-done" ? theme.done.ink : theme.text2;
    if (m_isWarning)
        painter.fillRect(QRect(isRightToLeft() ? width() - rule : 0, 0, rule, height()), ink);
    const int side = scaled(16);
    const QRect icon(scaled(12), m_title->geometry().center().y() - side / 2 + 1, side, side);
    paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), icon), m_icon, ink);
}

}
