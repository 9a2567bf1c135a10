// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/save_filter_popup.h"

#include "ui/session/saved_filters.h"
#include "ui/session/store_session.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int longestName = 60;    // what a sidebar can hold

}

SaveFilterPopup::SaveFilterPopup(const UiContext& context, const QString& filter, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_context(context),
      m_filter(filter),
      m_name(new QLineEdit(this)),
      m_note(new QLabel(this)),
      m_save(new QPushButton(tr("Save"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Save this filter"));
    auto* title = new QLabel(tr("Save this filter"), this);
    keepFont(title, TextRole::Emphasis);
    m_name->setMaxLength(longestName);
    m_name->setPlaceholderText(tr("Name, for example Failed today"));
    m_name->setAccessibleName(tr("Name of the filter"));
    m_note->setTextFormat(Qt::PlainText);
    keepFont(m_note, TextRole::Small);
    QPalette quiet = m_note->palette();
    quiet.setColor(QPalette::WindowText, themeOf(palette()).text2);
    m_note->setPalette(quiet);
    setPrimaryLook(m_save);
    m_save->setAccessibleName(tr("Save this filter under the name"));

    auto* line = new QHBoxLayout;
    line->addWidget(m_name, 1);
    line->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    column->setSpacing(scaled(8));
    column->addWidget(title);
    column->addLayout(line);
    column->addWidget(m_note);
    setFixedWidth(scaled(340));
    setFocusProxy(m_name);
    connect(m_name, &QLineEdit::textChanged, this, &SaveFilterPopup::noteName);
    connect(m_name, &QLineEdit::returnPressed, this, &SaveFilterPopup::save);
    connect(m_save, &QPushButton::clicked, this, &SaveFilterPopup::save);
    noteName();
}

QString SaveFilterPopup::name() const
{
    return m_name->text().trimmed();
}

void SaveFilterPopup::noteName()
{
    const auto filters = savedFilters(m_context.preferences, m_context.session.profile().id);
    const bool exists = std::any_of(filters.begin(), filters.end(), [this](const SavedFilter& each) { return each.name == name(); });
    m_save->setEnabled(!name().isEmpty());
    m_save->setText(exists ? tr("Replace") : tr("Save"));
    m_note->setText(exists ? tr("Takes the place of the filter of this name.") : tr("It stands in the sidebar of this connection."));
}

void SaveFilterPopup::save()
{
    if (name().isEmpty())
        return;
    const QString connection = m_context.session.profile().id;
    QList<SavedFilter> filters = savedFilters(m_context.preferences, connection);
    const auto former = std::find_if(filters.begin(), filters.end(), [this](const SavedFilter& each) { return each.name == name(); });
    if (former == filters.end())
        filters << SavedFilter{name(), m_filter};
    else
        former->filter = m_filter;
    storeSavedFilters(m_context.preferences, connection, filters);
    emit saved();
    close();
}

void SaveFilterPopup::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.setPen(theme.outline);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}
