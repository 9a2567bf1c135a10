// SPDX-License-Identifier: Apache-2.0
#include "ui/connections/connection_dialog.h"

#include "ui/base/format.h"
#include "ui/base/scroll_area.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/connection_test.h"
#include "ui/connections/secret_field.h"
#include "ui/session/closing.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/window/environment_band.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Whether connections of this kind have a password or a token. A file has none: who may read it decides.
bool takesSecret(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Embedded: return false;
    case ConnectionKind::Postgres: return true;
    }
    Q_UNREACHABLE();
}

}

ConnectionDialog::ConnectionDialog(ConnectionStore& store, SecretStore& secrets, const QString& currentId, QWidget* parent)
    : QDialog(parent),
      m_store(store),
      m_list(new QListWidget(this)),
      m_name(new QLineEdit(this)),
      m_kinds(new QComboBox(this)),
      m_environment(new QComboBox(this)),
      m_form(new QFormLayout),
      m_secret(new SecretField(secrets, tr("Password"), this)),
      m_readOnly(new QCheckBox(tr("Read only: jobs can be inspected, not changed"), this)),
      m_workers(new QSpinBox(this)),
      m_result(new QLabel(this)),
      m_test(new QPushButton(tr("Test"), this)),
      m_add(new QPushButton(tr("Add"), this)),
      m_remove(new QPushButton(tr("Remove"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Connections"));
    resize(scaled(760), scaled(500));
    fillForm();
    auto* right = new QVBoxLayout;
    right->addLayout(m_form);
    QScrollArea* found = scrollAreaOf(m_result, tr("What the test found"), this);    // long, it takes no room from the fields
    found->setFrameShape(QFrame::NoFrame);
    right->addWidget(found, 1);
    auto* columns = new QHBoxLayout;
    columns->addLayout(makeList());
    columns->addSpacing(16);
    columns->addLayout(right, 1);
    auto* outer = new QVBoxLayout(this);
    outer->addLayout(columns, 1);
    outer->addLayout(makeButtons());
    wireList();
    connect(m_secret, &SecretField::settled, this, [this] {
        if (std::exchange(m_openAsSaved, false)) {
            emit openAsked(m_id);
            QDialog::close();
        }
    });
    list(currentId);
    if (!m_store.trouble().isEmpty())
        m_result->setText(m_store.trouble());
}

QLayout* ConnectionDialog::makeList()
{
    auto* left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    left->addLayout(buttons);
    m_list->setAccessibleName(tr("Connections"));
    m_list->setFixedWidth(scaled(220));
    return left;
}

void ConnectionDialog::fillForm()
{
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Name"), m_name);
    m_kinds->addItem(tr("A file on this computer (SQLite)"), static_cast<int>(ConnectionKind::Embedded));
    m_kinds->addItem(tr("A database on a server (PostgreSQL)"), static_cast<int>(ConnectionKind::Postgres));
    m_form->addRow(tr("Kind"), m_kinds);
    for (const auto environment : {Environment::Embedded, Environment::Development, Environment::Staging, Environment::Production})
        m_environment->addItem(environmentIcon(environment), environmentWord(environment), static_cast<int>(environment));
    m_form->addRow(tr("Environment"), m_environment);
    m_storePath = addPathRow(*m_form, tr("Store"), tr("The SQLite file"), false);
    m_fileRow = m_storePath->parentWidget();
    m_url = new QLineEdit(this);
    m_url->setPlaceholderText(u"postgres://user@host/database"_s);
    m_url->setToolTip(tr("Options of libpq go behind a question mark: ?sslmode=..., ?service=... A password does not belong here."));
    m_form->addRow(tr("Address"), m_url);
    m_form->addRow(tr("Password"), m_secret);
    m_storagePath = addPathRow(*m_form, tr("Storage"), tr("The folder that media files are looked up in"), true);
    m_form->addRow(QString(), m_readOnly);
    m_workers->setRange(0, 64);
    m_workers->setSpecialValueText(tr("none"));
    m_form->addRow(tr("Embedded workers"), m_workers);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_result->setAccessibleName(tr("What the test found"));
    for (auto [widget, name] : {std::pair<QWidget*, QString>{m_name, tr("Name")},
                                {m_kinds, tr("Kind")},
                                {m_environment, tr("Environment")},
                                {m_url, tr("Address")},
                                {m_workers, tr("Embedded workers")}})
        widget->setAccessibleName(name);
    connect(m_kinds, &QComboBox::activated, this, [this] { chooseKind(static_cast<ConnectionKind>(m_kinds->currentData().toInt())); });
}

QLayout* ConnectionDialog::makeButtons()
{
    auto* closing = new QPushButton(tr("Close"), this);
    auto* saving = new QPushButton(tr("Save"), this);
    auto* opening = new QPushButton(tr("Save and open"), this);
    setPrimaryLook(opening);
    opening->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addStretch();
    for (QPushButton* button : {closing, saving, opening})
        buttons->addWidget(button);
    connect(closing, &QPushButton::clicked, this, &QDialog::close);
    connect(saving, &QPushButton::clicked, this, &ConnectionDialog::save);
    connect(opening, &QPushButton::clicked, this, &ConnectionDialog::saveAndOpen);
    connect(m_test, &QPushButton::clicked, this, &ConnectionDialog::test);
    return buttons;
}

void ConnectionDialog::wireList()
{
    connect(m_remove, &QPushButton::clicked, this, &ConnectionDialog::remove);
    connect(m_add, &QPushButton::clicked, this, [this] {
        whenSettled([this] {
            ConnectionProfile fresh = ConnectionStore::embeddedDefault();
            fresh.id = core::newUuidV7();
            fresh.name = tr("New connection");
            showProfile(fresh);
            m_name->setFocus();
            m_name->selectAll();
        });
    });
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row < 0 || row >= m_store.profiles().size())
            return;
        const ConnectionProfile chosen = m_store.profiles().at(row);
        if (!hasEdits())
            return showProfile(chosen);
        // the list stays on what is edited until that is settled; it may only be told once it has done with the click
        QTimer::singleShot(0, this, [this] {
            const QSignalBlocker quiet(m_list);
            m_list->setCurrentRow(rowOf(m_id));
        });
        whenSettled([this, id = chosen.id] { list(id); });
    });
}

void ConnectionDialog::showKind(ConnectionKind kind)
{
    m_kind = kind;
    m_kinds->setCurrentIndex(m_kinds->findData(static_cast<int>(kind)));
    m_form->setRowVisible(m_fileRow, kind == ConnectionKind::Embedded);
    m_form->setRowVisible(m_url, kind == ConnectionKind::Postgres);
    m_form->setRowVisible(m_secret, takesSecret(kind));
    if (takesSecret(kind))
        m_secret->showConnection(m_id);
}

/// Others work on a server: a new connection to one begins careful, and a person says otherwise.
void ConnectionDialog::chooseKind(ConnectionKind kind)
{
    if (kind == m_kind)
        return;
    const bool onServer = kind == ConnectionKind::Postgres;
    const auto wanted = onServer ? Environment::Production : Environment::Embedded;
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(wanted)));
    m_readOnly->setChecked(onServer);
    m_workers->setValue(onServer ? 0 : ConnectionProfile().workerThreads);
    showKind(kind);
    placeField()->setFocus();
}

QLineEdit* ConnectionDialog::placeField() const
{
    return m_kind == ConnectionKind::Postgres ? m_url : m_storePath;
}

void ConnectionDialog::saveAndOpen()
{
    if (!save())
        return;
    if (takesSecret(m_kind) && m_secret->isSaving()) {
        m_openAsSaved = true;
        return;
    }
    emit openAsked(m_id);
    QDialog::close();
}

ConnectionDialog::~ConnectionDialog()
{
    letGo(m_closer.get(), std::move(m_lane));
}

int ConnectionDialog::rowOf(const QString& id) const
{
    const auto profiles = m_store.profiles();
    for (int row = 0; row < profiles.size(); ++row) {
        if (profiles.at(row).id == id)
            return row;
    }
    return -1;
}

void ConnectionDialog::reject()
{
    whenSettled([this] { QDialog::reject(); });
}

void ConnectionDialog::whenSettled(std::function<void()> next)
{
    if (!hasEdits())
        return next();
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Unsaved changes"),
                                tr("The changes to %1 are not saved.").arg(plainLine(m_shown.name)), {}, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const auto* saving = box->addButton(tr("Save"), QMessageBox::AcceptRole);
    const auto* dropping = box->addButton(tr("Drop the changes"), QMessageBox::DestructiveRole);
    QPushButton* staying = box->addButton(tr("Go on editing"), QMessageBox::RejectRole);
    box->setDefaultButton(staying);
    box->setEscapeButton(staying);
    connect(box, &QMessageBox::buttonClicked, this, [this, saving, dropping, next](const QAbstractButton* chosen) {
        if (chosen == dropping)
            m_shown = shownProfile();
        if (chosen == dropping || (chosen == saving && save()))
            next();
    });
    box->open();
}

QLineEdit* ConnectionDialog::addPathRow(QFormLayout& form, const QString& label, const QString& help, bool folder)
{
    auto* field = new QLineEdit(this);
    field->setPlaceholderText(help);
    field->setAccessibleName(label);
    auto* choose = new QPushButton(tr("Choose…"), this);
    choose->setAccessibleName(tr("Choose %1").arg(label));
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field, 1);
    row->addWidget(choose);
    line->setFocusProxy(field);
    form.addRow(label, line);
    connect(choose, &QPushButton::clicked, this, [this, field, folder, label] {
        auto* dialog = new QFileDialog(this, label, QFileInfo(field->text()).absolutePath());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::AnyFile);
        connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
        dialog->open();
    });
    return field;
}

void ConnectionDialog::list(const QString& currentId)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const auto profiles = m_store.profiles();
    for (const ConnectionProfile& profile : profiles)
        new QListWidgetItem(environmentIcon(profile.environment), plainLine(profile.name), m_list);
    const int current = std::max(0, rowOf(currentId));
    m_list->setCurrentRow(current);
    showProfile(profiles.at(current));
}

void ConnectionDialog::showProfile(const ConnectionProfile& profile)
{
    m_id = profile.id;
    m_name->setText(profile.name);
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(profile.environment)));
    m_storePath->setText(profile.kind == ConnectionKind::Embedded ? profile.storePath : QString());
    m_url->setText(profile.kind == ConnectionKind::Postgres ? profile.storePath : QString());
    m_storagePath->setText(profile.storagePath);
    m_readOnly->setChecked(profile.readOnly);
    m_workers->setValue(profile.workerThreads);
    showKind(profile.kind);
    m_result->clear();
    m_shown = shownProfile();
    ++m_asked;    // a test that runs is of what was shown before
    m_test->setEnabled(true);
}

ConnectionProfile ConnectionDialog::shownProfile() const
{
    ConnectionProfile profile;
    profile.id = m_id;
    profile.name = m_name->text().trimmed();
    profile.kind = m_kind;
    profile.environment = static_cast<Environment>(m_environment->currentData().toInt());
    profile.storePath = placeField()->text().trimmed();
    profile.storagePath = m_storagePath->text().trimmed();
    profile.readOnly = m_readOnly->isChecked();
    profile.workerThreads = m_workers->value();
    return profile;
}

bool ConnectionDialog::hasEdits() const
{
    return shownProfile() != m_shown || (takesSecret(m_kind) && m_secret->hasEdits());
}

bool ConnectionDialog::save()
{
    if (const auto saved = m_store.save(shownProfile()); !saved) {
        m_result->setText(saved.error().message);
        (saved.error().field == "name"_L1 ? m_name : placeField())->setFocus();
        return false;
    }
    if (takesSecret(m_kind))
        m_secret->save();
    list(m_id);
    m_result->setText(tr("Saved."));
    return true;
}

void ConnectionDialog::remove()
{
    if (const auto removed = m_store.remove(m_id); !removed) {
        m_result->setText(removed.error().message);
        return;
    }
    if (takesSecret(m_kind))
        m_secret->remove();
    list({});
    m_result->setText(tr("Removed from the list. The store itself was not touched."));
}

void ConnectionDialog::test()
{
    m_test->setEnabled(false);
    m_result->setText(tr("Testing…"));
    const int asked = ++m_asked;
    const auto go = [this, asked](const QString& password) {
        if (asked != m_asked)
            return;
        const auto work = [profile = shownProfile(), password]() -> core::Result<QList<TestStage>> {
            return testConnection(profile, password);
        };
        core::whenDone(m_lane->run(work), this, [this, asked](const core::Result<QList<TestStage>>& stages) {
            if (asked != m_asked)
                return;
            m_test->setEnabled(true);
            if (stages)
                showTest(*stages);
        });
    };
    if (takesSecret(m_kind))
        m_secret->withSecret(go);
    else
        go({});
}

void ConnectionDialog::showTest(const QList<TestStage>& stages)
{
    QStringList lines;
    for (const TestStage& stage : stages)
        lines << u"%1  %2: %3"_s.arg(stage.passed ? u"\u2713"_s : u"\u2717"_s, stage.name, plainLine(stage.detail));
    m_result->setText(lines.join(u'\n'));
}

}
