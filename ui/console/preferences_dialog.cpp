// SPDX-License-Identifier: Apache-2.0
#include "ui/console/preferences_dialog.h"

#include "ui/notify/notice_choice.h"
#include "ui/session/preferences.h"
#include "ui/theme/text_size.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

PreferencesDialog::PreferencesDialog(Preferences& preferences, QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Preferences"));
    setMinimumWidth(scaled(560));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    auto* theme = new QComboBox(this);
    theme->addItem(tr("As the desktop has it"), static_cast<int>(ThemeChoice::System));
    theme->addItem(tr("Light"), static_cast<int>(ThemeChoice::Light));
    theme->addItem(tr("Dark"), static_cast<int>(ThemeChoice::Dark));
    theme->setCurrentIndex(theme->findData(static_cast<int>(preferences.theme())));
    theme->setAccessibleName(tr("Theme"));
    connect(theme, &QComboBox::activated, this,
            [theme, &preferences] { preferences.setTheme(static_cast<ThemeChoice>(theme->currentData().toInt())); });
    form->addRow(tr("Theme"), theme);

    auto* size = new QSpinBox(this);
    size->setRange(9, 24);
    size->setSuffix(tr(" px"));
    size->setValue(preferences.bodyPixels());
    size->setAccessibleName(tr("Text size"));
    connect(size, &QSpinBox::valueChanged, &preferences, &Preferences::setBodyPixels);
    form->addRow(tr("Text size"), size);

    auto* zone = new QComboBox(this);
    zone->setEditable(true);
    zone->addItem(tr("As the system has it"), QByteArray());
    const auto zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray& id : zones)
        zone->addItem(QString::fromLatin1(id), id);
    zone->completer()->setFilterMode(Qt::MatchContains);
    zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    const QByteArray chosen = preferences.chosenTimeZone();
    zone->setCurrentIndex(std::max(0, zone->findData(chosen)));
    zone->setAccessibleName(tr("Time zone"));
    zone->lineEdit()->setAccessibleName(zone->accessibleName());
    connect(zone, &QComboBox::activated, this, [zone, &preferences] { preferences.setTimeZone(zone->currentData().toByteArray()); });
    form->addRow(tr("Time zone"), zone);

    const auto check = [&](const QString& text, bool on, auto set) {
        auto* box = new QCheckBox(text, this);
        box->setChecked(on);
        connect(box, &QCheckBox::toggled, &preferences, set);
        form->addRow(QString(), box);
    };
    check(tr("Times in lists relative (“4 min”), exact on hover"), preferences.showsRelativeTimes(), &Preferences::setShowsRelativeTimes);
    check(tr("Keyboard hints at the bottom of panes"), preferences.showsKeyboardHints(), &Preferences::setShowsKeyboardHints);

    const auto notice = [&](const QString& text, NoticeKind kind, const QString& label) {
        auto* box = new QCheckBox(text, this);
        box->setChecked(wantsNotices(preferences, kind));
        box->setAccessibleName(tr("Desktop notifications: %1").arg(text));
        connect(box, &QCheckBox::toggled, this, [&preferences, kind](bool wants) { setWantsNotices(preferences, kind, wants); });
        form->addRow(label, box);
    };
    notice(tr("Jobs that are done"), NoticeKind::Done, tr("Notifications"));
    notice(tr("Jobs that failed"), NoticeKind::Failed, {});
    notice(tr("Jobs that were cancelled"), NoticeKind::Cancelled, {});
    notice(tr("Background tasks that ended, while another window is in front"), NoticeKind::Tasks, {});

    auto* file = new QLabel(tr("Kept in %1").arg(preferences.fileName()), this);
    file->setTextFormat(Qt::PlainText);
    keepFont(file, TextRole::Small);
    file->setWordWrap(true);
    file->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* closing = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(closing, &QPushButton::clicked, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(file);
    column->addWidget(buttons);
}

}
