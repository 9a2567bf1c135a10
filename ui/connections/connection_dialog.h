// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/session/connection_profile.h"

#include <QDialog>

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

/// What a staged test of a connection found, one line a stage.
struct TestStage {
    QString name;
    bool passed = false;
    QString detail;
};
/// Opens the store for reading only, so that a test changes nothing: folder, file, opened, schema version, storage.
[[nodiscard]] QList<TestStage> testConnection(const ConnectionProfile& profile);

/// The connections a person has: add, change, test, remove, open.
class ConnectionDialog final : public QDialog {
    Q_OBJECT

public:
    ConnectionDialog(ConnectionStore& store, const QString& currentId, QWidget* parent = nullptr);

signals:
    void openAsked(const QString& profileId);

private:
    void list(const QString& currentId);
    void showProfile(const ConnectionProfile& profile);
    [[nodiscard]] ConnectionProfile shownProfile() const;
    void save();
    void remove();
    void test();
    void showTest(const QList<TestStage>& stages);
    QLineEdit* addPathRow(QFormLayout& form, const QString& label, const QString& help, bool folder);

    ConnectionStore& m_store;
    QString m_id;
    QListWidget* m_list;
    QLineEdit* m_name;
    QComboBox* m_environment;
    QLineEdit* m_storePath;
    QLineEdit* m_storagePath;
    QCheckBox* m_readOnly;
    QSpinBox* m_workers;
    QLabel* m_result;
    QPushButton* m_test;
    int m_asked = 0;
    core::Lane m_lane;    // last: a test that runs ends before the rest goes
};

}
