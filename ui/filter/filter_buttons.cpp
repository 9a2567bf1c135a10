// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_buttons.h"

#include "ui/base/format.h"
#include "ui/filter/filter_history.h"
#include "ui/filter/save_filter_popup.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestEntry = 480;    // px of a menu

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setFlatLook(button);
    button->setIcon(ownIcon(icon));
    followTextSize(button, [button] { button->setFixedSize(scaled(28), scaled(28)); });
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

/// One line of outside text in a menu, where an ampersand would underline.
QString menuText(const QString& filter, const QFontMetrics& metrics)
{
    constexpr qsizetype farTooLong = 400;
    return metrics.elidedText(plainLine(filter.left(farTooLong)), Qt::ElideRight, scaled(longestEntry)).replace(u"&"_s, u"&&"_s);
}

}

QString commandForFilter(const QString& filter)
{
    // a line break would end the command where it is pasted
    QString line = filter;
    for (QChar& c : line) {
        if (c.isSpace())
            c = u' ';
    }
    const QString quoted = u'\'' + line.replace(u"'"_s, u"'\\''"_s) + u'\'';
    if (filter.isEmpty())
        return u"signalboxctl jobs"_s;
    return filter.startsWith(u'-') ? u"signalboxctl jobs -- "_s + quoted : u"signalboxctl jobs "_s + quoted;
}

FilterButtons::FilterButtons(const UiContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_save(iconButton(u"bookmark-new"_s, tr("Save this filter"), this)),
      m_history(iconButton(u"document-open-recent"_s, tr("Former filters"), this)),
      m_more(iconButton(u"more"_s, tr("More for this filter"), this))
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(scaled(4));
    for (QToolButton* button : {m_save, m_history, m_more})
        line->addWidget(button);
    connect(m_save, &QToolButton::clicked, this, &FilterButtons::askName);
    connect(m_history, &QToolButton::clicked, this, &FilterButtons::openHistory);
    connect(m_more, &QToolButton::clicked, this, &FilterButtons::openMore);
    setText({});
}

void FilterButtons::setText(const QString& text)
{
    m_text = text;
    m_save->setEnabled(!text.isEmpty());
    m_save->setToolTip(text.isEmpty() ? tr("Save this filter: apply one first") : tr("Save this filter"));
}

void FilterButtons::askName()
{
    auto* popup = new SaveFilterPopup(m_context, m_text, this);
    connect(popup, &SaveFilterPopup::saved, this, &FilterButtons::savedFiltersChanged);
    popup->adjustSize();
    popup->move(m_save->mapToGlobal(QPoint(m_save->width() - popup->width(), m_save->height() + scaled(2))));
    popup->show();
    popup->setFocus();
}

void FilterButtons::openHistory()
{
    auto* menu = new QMenu(this);
    const QString connection = m_context.session.profile().id;
    const QStringList history = filterHistory(m_context.preferences, connection);
    for (const QString& filter : history)
        connect(menu->addAction(menuText(filter, menu->fontMetrics())), &QAction::triggered, this,
                [this, filter] { emit textChosen(filter); });
    if (history.isEmpty()) {
        menu->addAction(tr("No filter was applied yet"))->setEnabled(false);
    } else {
        menu->addSeparator();
        connect(menu->addAction(tr("Forget these filters")), &QAction::triggered, this,
                [this, connection] { clearFilterHistory(m_context.preferences, connection); });
    }
    menu->setAccessibleName(tr("Former filters"));
    popUp(menu, m_history);
}

void FilterButtons::openMore()
{
    auto* menu = new QMenu(this);
    auto* text = menu->addAction(actionIcon(u"edit-copy"_s), tr("Copy filter as text"));
    auto* command = menu->addAction(tr("Copy as signalboxctl command"));
    menu->addSeparator();
    auto* clear = menu->addAction(actionIcon(u"edit-clear"_s), tr("Clear filter"));
    text->setEnabled(!m_text.isEmpty());
    clear->setEnabled(!m_text.isEmpty());
    connect(text, &QAction::triggered, this, [this] { copy(m_text, tr("The filter is on the clipboard.")); });
    connect(command, &QAction::triggered, this, [this] { copy(commandForFilter(m_text), tr("The command is on the clipboard.")); });
    connect(clear, &QAction::triggered, this, [this] { emit textChosen({}); });
    menu->setAccessibleName(tr("More for this filter"));
    popUp(menu, m_more);
}

void FilterButtons::copy(const QString& text, const QString& said)
{
    QGuiApplication::clipboard()->setText(text);
    emit m_context.navigator.toastAsked(said);
}

void FilterButtons::popUp(QMenu* menu, const QToolButton* button)
{
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(button->mapToGlobal(QPoint(button->width() - menu->sizeHint().width(), button->height() + scaled(2))));
}

}
