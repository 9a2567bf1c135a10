// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/session/connection_profile.h"

#include <QDialog>

#include <functional>
#include <memory>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace ui {

class ConnectionStore;
class SecretField;
class SecretStore;

struct TestStage;

/// The connections a person has: add, change, test, remove, open.
class ConnectionDialog final : public QDialog {
    Q_OBJECT

public:
    ConnectionDialog(ConnectionStore& store, SecretStore& secrets, const QString& currentId, QWidget* parent = nullptr);
    ~ConnectionDialog() override;
    /// Where a test that still runs ends once the dialog is closed.
    void setCloser(std::shared_ptr<core::Lane> closer) { m_closer = std::move(closer); }
    /// Asks first if there are edits that were not saved.
    void reject() override;

signals:
    void openAsked(const QString& profileId);

private:
    /// Goes on with `next` at once, or after a person has said what to do with their unsaved edits.
    void whenSettled(std::function<void()> next);
    [[nodiscard]] bool hasEdits() const;
    [[nodiscard]] int rowOf(const QString& id) const;    ///< -1: it is not saved yet
    void list(const QString& currentId);
    void showProfile(const ConnectionProfile& profile);
    [[nodiscard]] ConnectionProfile shownProfile() const;
    bool save();
    void remove();
    void test();
    void showTest(const QList<TestStage>& stages);
    QLineEdit* addPathRow(QFormLayout& form, const QString& label, const QString& help, bool folder);
    [[nodiscard]] QLayout* makeList();
    void fillForm();
    [[nodiscard]] QLayout* makeButtons();
    void wireList();
    void saveAndOpen();
    /// Rows that the kind has; what a new one is careful about.
    void showKind(ConnectionKind kind);
    void chooseKind(ConnectionKind kind);
    [[nodiscard]] QLineEdit* placeField() const;

    ConnectionStore& m_store;
    QString m_id;
    ConnectionKind m_kind = ConnectionKind::Embedded;
    bool m_openAsSaved = false;    // once the secret is where the session looks for it
    ConnectionProfile m_shown;     // as it was before a person edited it
    QListWidget* m_list;
    QLineEdit* m_name;
    QComboBox* m_kinds;
    QComboBox* m_environment;
    QWidget* m_fileRow;
    QLineEdit* m_storePath;
    QLineEdit* m_url;
    QLineEdit* m_storagePath;
    QFormLayout* m_form;
    SecretField* m_secret;    // its row is there for kinds that have one
    QCheckBox* m_readOnly;
    QSpinBox* m_workers;
    QLabel* m_result;
    QPushButton* m_test;
    QPushButton* m_add;
    QPushButton* m_remove;
    int m_asked = 0;
    std::shared_ptr<core::Lane> m_lane = std::make_shared<core::Lane>();    // runs the tests
    std::shared_ptr<core::Lane> m_closer;
};

}
