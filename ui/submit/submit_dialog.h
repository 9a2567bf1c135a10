// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/base/lane.h"
#include "ui/acts/act_dialog.h"
#include "ui/session/ui_context.h"

#include <QHash>
#include <QStringList>

#include <memory>

class QComboBox;
class QLineEdit;

namespace ui {

class InputEditor;
class RecordTable;
class ReuseBox;
class TemplateBar;

/// What a Submit dialog opens with. Without an input an empty one of the type.
struct SubmitDraft {
    core::JobType type = core::JobType::MediaProbe;
    QByteArray input{};
    QStringList files{};    ///< of this machine
    bool operator==(const SubmitDraft&) const = default;
};

/// One job for each of these files, alike in everything else.
struct SubmitBatch {
    core::tasks::SubmitRequest request;    ///< its input's file_path is each file's own
    QStringList files;
};

/// Makes a job: type, form and raw JSON of its input, owner, and whether it would be a new one. It stays open with the answer. Many files
/// go to a background task (manyAsked) and it closes.
class SubmitDialog final : public ActDialog {
    Q_OBJECT

public:
    SubmitDialog(const UiContext& context, const SubmitDraft& draft, QWidget* parent);
    ~SubmitDialog() override;

    /// One is copied into the storage and its key filled in; of many each gets its job. They are looked at beside the dialog; folders among
    /// many then go.
    void takeFiles(const QStringList& paths);
    [[nodiscard]] const QStringList& files() const { return m_files; }
    [[nodiscard]] InputEditor& editor() const { return *m_editor; }
    [[nodiscard]] ReuseBox& reuse() const { return *m_reuse; }
    void chooseType(core::JobType type);

signals:
    void submitted(const core::tasks::SubmitAnswer& answer);
    void manyAsked(const ui::SubmitBatch& batch);
    void jobAsked(const core::JobId& id);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void layOut();
    [[nodiscard]] QWidget* makeOwnerLine();
    [[nodiscard]] core::tasks::SubmitRequest request() const;
    [[nodiscard]] bool isMany() const { return m_files.size() > 1; }
    void chooseFiles();
    void copyIn(const QString& path);
    void lookAtFiles();
    void listFiles();
    void refresh();
    void act();
    void takeAnswer(const core::Result<core::tasks::SubmitAnswer>& answer);

    UiContext m_context;
    QStringList m_files;               // more than one, or none
    QHash<QString, qint64> m_sizes;    // of those that were looked at
    std::shared_ptr<core::Lane> m_looks;
    std::shared_ptr<core::Lane> m_closer;
    QString m_copying;
    bool m_isMade = false;
    QComboBox* m_type;
    TemplateBar* m_templates;
    RecordTable* m_fileList;
    InputEditor* m_editor;
    QLineEdit* m_owner;
    QLineEdit* m_project;
    ReuseBox* m_reuse;
};

}
