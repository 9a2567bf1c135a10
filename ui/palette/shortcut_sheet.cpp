// SPDX-License-Identifier: Apache-2.0
#include "ui/palette/shortcut_sheet.h"

#include "ui/theme/metrics.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("ui::ShortcutSheet", text);
}

/// Keys of lists and views that are no acts of the menu.
QList<std::pair<QString, QString>> keysOfViews()
{
    return {{say("Next or former job"), say("Up, Down")},
            {say("Show what is held back"), QStringLiteral("F5")},
            {say("Open a job in the inspector"), say("Enter")},
            {say("Apply the filter, or go back to the one before"), say("Enter, Esc")},
            {say("Take a completion, add one more value, negate"), say("Tab , !")},
            {say("Between panes"), QStringLiteral("F6")},
            {say("A chart as a table"), QStringLiteral("T")}};
}

}

void ShortcutSheet::open(MainWindow& window)
{
    auto* dialog = new QDialog(&window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(say("Keyboard shortcuts"));
    auto* table = new QTableWidget(dialog);
    table->setColumnCount(2);
    table->setHorizontalHeaderLabels({say("Act"), say("Keys")});
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setAccessibleName(say("Acts and their keys"));
    const auto add = [table](const QString& text, const QString& keys) {
        const int row = table->rowCount();
        table->insertRow(row);
        table->setItem(row, 0, new QTableWidgetItem(text));
        table->setItem(row, 1, new QTableWidgetItem(keys));
        table->setRowHeight(row, scaled(24));
    };
    const auto acts = window.acts();
    for (const QAction* act : acts) {
        if (!act->shortcut().isEmpty())
            add(act->text().remove(u'&'), act->shortcut().toString(QKeySequence::NativeText));
    }
    const auto others = keysOfViews();
    for (const auto& [text, keys] : others)
        add(text, keys);
    auto* buttons = new QDialogButtonBox(dialog);
    QPushButton* close = buttons->addButton(say("Close"), QDialogButtonBox::RejectRole);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::close);
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(table);
    column->addWidget(buttons);
    dialog->resize(scaled(560), scaled(600));
    dialog->open();
}

}
