// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/field_form.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

enum Column { LabelColumn, ValueColumn, MarkColumn, ActColumn };

/// A square of the payload's own colour.
class Swatch final : public QWidget {
public:
    Swatch(const QColor& color, QWidget* parent) : QWidget(parent), m_color(color)
    {
        followTextSize(this, [this] { setFixedSize(scaled(28), scaled(14)); });
        setAccessibleName(color.name());
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(themeOf(palette()).outline);
        painter.setBrush(m_color);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }

private:
    QColor m_color;
};

/// A storage key or an id in one line: its middle gives way, ctrl+C copies all of it.
class KeyText final : public QWidget {
public:
    KeyText(const QString& text, QWidget* parent) : QWidget(parent), m_text(text)
    {
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setContextMenuPolicy(Qt::ActionsContextMenu);
        auto* copy = new QAction(FieldForm::tr("Copy"), this);
        copy->setShortcut(QKeySequence::Copy);
        copy->setShortcutContext(Qt::WidgetShortcut);
        connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
        addAction(copy);
    }
    [[nodiscard]] QSize sizeHint() const override { return {scaled(120), scaled(18)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = themeOf(palette());
        painter.setFont(textFont(TextRole::Mono));
        painter.setPen(theme.text);
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(plainLine(m_text), Qt::ElideMiddle, width()));
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 1));
            painter.drawRect(rect().adjusted(0, 0, -1, -1));
        }
    }

private:
    QString m_text;
};

QWidget* newText(const QString& text, QWidget* parent)
{
    auto* label = new InkLabel(text, TextRole::Body, InkLabel::Ink::Text, parent);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

}

FieldForm::FieldForm(const QList<core::tasks::FieldRow>& rows, QWidget* parent)
    : QWidget(parent), m_rows(rows), m_lines(new QVBoxLayout(this))
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(scaled(8));
    m_lines->addStretch();
}

void FieldForm::beginGroup(const QString& title)
{
    if (m_grid)
        m_lines->insertSpacing(m_lines->count() - 1, scaled(8));
    if (!title.isEmpty())
        m_lines->insertWidget(m_lines->count() - 1, new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, this));
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(scaled(12));
    m_grid->setVerticalSpacing(scaled(6));
    m_grid->setColumnMinimumWidth(LabelColumn, scaled(136));
    m_grid->setColumnStretch(ValueColumn, 1);
    m_lines->insertLayout(m_lines->count() - 1, m_grid);
    m_row = 0;
}

QString FieldForm::helpOf(const QString& key) const
{
    for (const core::tasks::FieldRow& row : m_rows) {
        if (row.pointer == u'/' + key)
            return row.help;
    }
    return {};
}

void FieldForm::addLabel(const QString& key, const QString& label)
{
    ++m_row;
    auto* name = new InkLabel(label, TextRole::Body, InkLabel::Ink::Text2, this);
    name->setToolTip(plainToolTip(helpOf(key) + u"\n\n"_s + key));
    m_grid->addWidget(name, m_row, LabelColumn, Qt::AlignVCenter);
}

void FieldForm::addField(const QString& key, const QString& label, const FieldValue& value)
{
    addLabel(key, label);
    QWidget* text = value.isMono ? static_cast<QWidget*>(new KeyText(value.text, this)) : newText(plainLine(value.text), this);
    text->setAccessibleName(label + u": "_s + plainLine(value.text));
    text->setToolTip(plainToolTip(!value.exact.isEmpty() ? value.exact : value.isMono ? value.text : helpOf(key)));
    m_grid->addWidget(text, m_row, ValueColumn);
    if (value.isDefault) {
        auto* mark = new InkLabel(tr("default"), TextRole::Small, InkLabel::Ink::Text3, this);
        mark->setToolTip(tr("The value that holds when nobody says another."));
        m_grid->addWidget(mark, m_row, MarkColumn, Qt::AlignVCenter);
    }
}

void FieldForm::addUnset(const QString& key, const QString& label, const QString& instead)
{
    addLabel(key, label);
    auto* text = new InkLabel(instead, TextRole::Body, InkLabel::Ink::Text3, this);
    text->setWordWrap(true);
    m_grid->addWidget(text, m_row, ValueColumn, 1, 3);
}

void FieldForm::addAct(const QString& title, std::function<void()> act)
{
    auto* button = new QPushButton(title, this);
    setLinkLook(button);
    button->setFlat(true);
    button->setAccessibleName(title);
    connect(button, &QPushButton::clicked, this, std::move(act));
    keepHeight(button, 20);
    m_grid->addWidget(button, m_row, ActColumn, Qt::AlignVCenter);
}

void FieldForm::addSwatch(const QString& color)
{
    const QColor shown(color);
    auto* text = qobject_cast<QLabel*>(m_grid->itemAtPosition(m_row, ValueColumn)->widget());
    if (!shown.isValid() || !text)
        return;
    text->setIndent(scaled(36));
    m_grid->addWidget(new Swatch(shown, this), m_row, ValueColumn, Qt::AlignVCenter | Qt::AlignLeft);
}

void FieldForm::addWidget(QWidget* widget)
{
    m_lines->insertWidget(m_lines->count() - 1, widget);
}

}
