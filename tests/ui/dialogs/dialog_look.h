// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QTest>

namespace test_support {

/// What a person could not read, reach or tell in a dialog that is shown; empty for a dialog that is right.
class DialogLook {
public:
    explicit DialogLook(QWidget& dialog) : m_dialog(dialog) {}

    [[nodiscard]] QStringList faults()
    {
        m_faults.clear();
        fitsTheScreen();
        const auto parts = m_dialog.findChildren<QWidget*>();
        for (const QWidget* part : parts) {
            if (!part->isVisible())
                continue;
            showsItsText(*part);
            staysWithinItsParent(*part);
            hasAName(*part);
        }
        isReachedByTab();
        return m_faults;
    }

private:
    void say(const QWidget& part, const QString& what)
    {
        QString name = part.accessibleName();
        if (const auto* button = qobject_cast<const QAbstractButton*>(&part); name.isEmpty() && button)
            name = button->text();
        if (const auto* label = qobject_cast<const QLabel*>(&part); name.isEmpty() && label)
            name = label->text().left(60);
        m_faults << QStringLiteral("%1 \"%2\": %3").arg(QString::fromLatin1(part.metaObject()->className()), name, what);
    }
    void fitsTheScreen()
    {
        const QSize room = m_dialog.screen()->availableSize() - QSize(8, 40);    // a window manager's frame
        const QSize least = m_dialog.minimumSizeHint().expandedTo(m_dialog.minimumSize());
        if (least.width() > room.width() || least.height() > room.height())
            say(m_dialog, QStringLiteral("needs %1 x %2 px of a screen with room for %3 x %4")
                              .arg(least.width())
                              .arg(least.height())
                              .arg(room.width())
                              .arg(room.height()));
    }
    /// Whole words on buttons; labels may wrap, but not be cut. A label that gives way on purpose says so by its size policy.
    void showsItsText(const QWidget& part)
    {
        if (const auto* button = qobject_cast<const QAbstractButton*>(&part); button && !button->text().isEmpty()) {
            if (part.width() < part.sizeHint().width())
                say(part, QStringLiteral("is %1 px wide and wants %2").arg(part.width()).arg(part.sizeHint().width()));
            return;
        }
        const auto* label = qobject_cast<const QLabel*>(&part);
        if (!label || label->text().isEmpty() || part.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
            return;
        if (label->wordWrap() ? part.height() < label->heightForWidth(part.width()) : part.width() < part.sizeHint().width())
            say(part, QStringLiteral("is %1 x %2 px and its text wants %3 x %4")
                          .arg(part.width())
                          .arg(part.height())
                          .arg(part.sizeHint().width())
                          .arg(label->wordWrap() ? label->heightForWidth(part.width()) : part.sizeHint().height()));
    }
    /// What scrolls may be larger than its room.
    void staysWithinItsParent(const QWidget& part)
    {
        const QWidget* parent = part.parentWidget();
        const bool scrolls = parent && qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
        if (parent && !part.isWindow() && !scrolls && !parent->rect().contains(part.geometry()))
            say(part, QStringLiteral("stands at %1,%2 %3 x %4 in a parent of %5 x %6")
                          .arg(part.x())
                          .arg(part.y())
                          .arg(part.width())
                          .arg(part.height())
                          .arg(parent->width())
                          .arg(parent->height()));
    }
    void hasAName(const QWidget& part)
    {
        if (part.focusPolicy() == Qt::NoFocus || part.focusProxy())
            return;
        QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(&part));
        if (seen && seen->text(QAccessible::Name).isEmpty())
            say(part, QStringLiteral("has no name for a screen reader"));
    }
    [[nodiscard]] static bool takesTab(const QWidget& part)
    {
        const auto* radio = qobject_cast<const QRadioButton*>(&part);    // of a group Tab goes to the chosen one
        return part.isVisible() && part.isEnabled() && !part.isWindow() && (part.focusPolicy() & Qt::TabFocus) == Qt::TabFocus &&
               !part.focusProxy() && !(radio && !radio->isChecked());
    }
    void isReachedByTab()
    {
        QSet<const QWidget*> reached;
        const auto parts = m_dialog.findChildren<QWidget*>();
        for (int step = 0; step < 4 * parts.size() + 4; ++step) {
            const QWidget* at = QApplication::focusWidget();
            if (!at || at->window() != &m_dialog) {
                say(m_dialog, at ? QStringLiteral("Tab leaves it") : QStringLiteral("nothing in it has the focus"));
                return;
            }
            reached << at;
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        for (const QWidget* part : parts) {
            if (takesTab(*part) && !reached.contains(part))
                say(*part, QStringLiteral("Tab does not lead to it"));
        }
    }

    QWidget& m_dialog;
    QStringList m_faults;
};

}
