// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/act_dialog.h"

#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/window/environment_band.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int inset = 16;

QWidget* hairline(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedHeight(1);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

bool isEnter(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

/// What came in after it was opened gets its room; it never shrinks under the pointer.
void growToContent(QDialog& dialog)
{
    dialog.layout()->activate();
    const int wanted =
        dialog.layout()->hasHeightForWidth() ? dialog.layout()->totalHeightForWidth(dialog.width()) : dialog.sizeHint().height();
    if (wanted > dialog.height())
        dialog.resize(dialog.width(), wanted);
}

}

QString connectionWords(const ConnectionProfile& profile)
{
    const QString name = plainLine(profile.name);
    return profile.environment == Environment::Embedded ? name : u"%1 \u00b7 %2"_s.arg(environmentWord(profile.environment), name);
}

ActDialog::ActDialog(const ConnectionProfile& profile, const QString& title, QWidget* parent, Reason reason)
    : QDialog(parent),
      m_profile(profile),
      m_reasonKind(reason),
      m_count(new InkLabel(TextRole::Title, InkLabel::Ink::Text, this)),
      m_what(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_frozen(new InkLabel(TextRole::Small, InkLabel::Ink::Text3, this)),
      m_error(new ErrorBar(this)),
      m_body(new QVBoxLayout),
      m_reasonNote(new InkLabel(TextRole::Small, InkLabel::Ink::Text3, this)),
      m_reason(new QLineEdit(this)),
      m_typedNote(new InkLabel(TextRole::Body, InkLabel::Ink::Text, this)),
      m_typed(new QLineEdit(this)),
      m_whyOff(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_close(makeButton(tr("Close"))),
      m_act(makeButton({})),
      m_buttons(new QHBoxLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(u"%1 \u2013 %2"_s.arg(title, plainLine(profile.name)));
    setMinimumWidth(scaled(560));
    setPrimaryLook(m_act);
    m_error->setRetryOffered(false);
    m_what->setWordWrap(true);
    m_whyOff->setWordWrap(true);
    m_typedNote->setWordWrap(true);
    m_reason->setAccessibleName(tr("Reason"));
    m_typed->setAccessibleName(tr("Confirmation"));
    m_reason->setMaxLength(500);

    auto* scope = new QHBoxLayout;
    scope->setSpacing(scaled(8));
    scope->addWidget(m_count);
    scope->addWidget(m_what, 1);
    scope->addWidget(m_frozen);
    auto* why = new QHBoxLayout;
    why->setSpacing(scaled(8));
    auto* reasonLabel = new InkLabel(tr("Reason"), TextRole::Body, InkLabel::Ink::Text2, this);
    reasonLabel->setBuddy(m_reason);
    why->addWidget(reasonLabel);
    why->addWidget(m_reason, 1);
    why->addWidget(m_reasonNote);
    m_buttons->setSpacing(scaled(8));
    m_buttons->addWidget(m_whyOff, 1);
    m_buttons->addWidget(m_close);
    m_buttons->addWidget(m_act);

    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(inset, scaled(12), inset, scaled(12));
    inner->setSpacing(scaled(12));
    inner->addLayout(scope);
    inner->addWidget(m_error);
    inner->addLayout(m_body, 1);
    inner->addLayout(why);
    inner->addWidget(m_typedNote);
    inner->addWidget(m_typed);
    inner->addLayout(m_buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTitleLine(title));
    column->addWidget(hairline(this));
    column->addLayout(inner, 1);
    m_frozen->hide();
    for (QWidget* part : QList<QWidget*>{reasonLabel, m_reason, m_reasonNote})
        part->setVisible(reason == Reason::Asked);
    m_body->setSpacing(scaled(8));

    connect(m_reason, &QLineEdit::textChanged, this, &ActDialog::refresh);
    connect(m_typed, &QLineEdit::textChanged, this, &ActDialog::refresh);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_act, &QPushButton::clicked, this, &ActDialog::actAsked);
    m_reason->setFocus();
    setTargets(0);
}

QWidget* ActDialog::makeTitleLine(const QString& title)
{
    auto* line = new QWidget(this);
    auto* swatch = new QLabel(line);
    swatch->setPixmap(environmentIcon(m_profile.environment).pixmap(scaled(16)));
    swatch->setAccessibleName(environmentWord(m_profile.environment));
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(inset, scaled(8), inset, scaled(8));
    row->setSpacing(scaled(8));
    row->addWidget(swatch);
    row->addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, line));
    row->addWidget(new InkLabel(connectionWords(m_profile), TextRole::Body, InkLabel::Ink::Text2, line), 1);
    return line;
}

void ActDialog::setScope(const QString& count, const QString& what, bool isFrozen)
{
    m_count->setText(count);
    m_what->setText(plainLine(what));
    m_frozen->setText(tr("frozen: no new job joins this set"));
    m_frozen->setVisible(isFrozen);
}

void ActDialog::setTargets(qint64 count)
{
    m_targets = count;
    m_reasonNote->setText(count > 1 ? tr("needed, goes to the journal") : tr("goes to the journal"));
    m_isTyped = count > 1 && m_profile.environment == Environment::Production;
    m_typedNote->setText(tr("This store is production. To go on, type its name and the number: %1").arg(typedWanted()));
    m_typedNote->setVisible(m_isTyped);
    m_typed->setVisible(m_isTyped);
    refresh();
}

void ActDialog::setAct(const QString& text, const QString& why)
{
    m_act->setText(text);
    m_why = why;
    refresh();
    growToContent(*this);
}

void ActDialog::setBusy(bool busy)
{
    m_busy = busy;
    if (busy)
        m_error->clear();
    for (QWidget* part : QList<QWidget*>{m_reason, m_typed})
        part->setEnabled(!busy);
    for (QPushButton* button : std::as_const(m_secondary))
        button->setEnabled(!busy);
    refresh();
}

void ActDialog::showError(const QString& what, const core::Error& error, const QString& intact)
{
    setBusy(false);
    m_error->showError(what, error, intact);
    growToContent(*this);
}

void ActDialog::showNotCounted(const core::Error& error)
{
    setAct(m_act->text(), tr("There is no counted scope."));
    showError(error.code == "filter_empty"_L1 ? tr("An empty filter would take every job of the store; narrow it first.")
                                              : tr("The jobs could not be counted."),
              error, tr("No job was changed."));
}

QPushButton* ActDialog::addSecondary(const QString& text)
{
    QPushButton* button = makeButton(text);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    m_secondary << button;
    return button;
}

QString ActDialog::reason() const
{
    return m_reason->text().trimmed();
}

/// "media-prod 1131"
QString ActDialog::typedWanted() const
{
    return u"%1 %2"_s.arg(m_profile.name.simplified()).arg(m_targets);
}

/// Whether the act may be pressed, and beside it the first thing that is missing.
void ActDialog::refresh()
{
    QString missing = m_why;
    if (missing.isEmpty() && !m_busy && m_reasonKind == Reason::Asked && m_targets > 1 && reason().isEmpty())
        missing = tr("Write a reason first.");
    if (missing.isEmpty() && !m_busy && m_isTyped && m_typed->text().remove(u',').simplified() != typedWanted().remove(u','))
        missing = tr("Type the name and the number first.");
    m_whyOff->setText(missing);
    m_act->setEnabled(missing.isEmpty() && !m_busy && m_targets > 0);
    m_act->setToolTip(missing);
    m_act->setAccessibleDescription(missing);
}

QPushButton* ActDialog::makeButton(const QString& text)
{
    auto* button = new QPushButton(text, this);
    button->setAutoDefault(false);    // Enter in a field must reach no button
    button->installEventFilter(this);
    return button;
}

bool ActDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && isEnter(*static_cast<QKeyEvent*>(event)))
        return true;
    return QDialog::eventFilter(watched, event);
}

void ActDialog::keyPressEvent(QKeyEvent* event)
{
    if (isEnter(*event))
        event->accept();
    else
        QDialog::keyPressEvent(event);
}

}
