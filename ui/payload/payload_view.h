// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/lane.h"
#include "core/jobs/models.h"
#include "core/tasks/schemas.h"
#include "ui/payload/payload_words.h"
#include "ui/session/ui_context.h"

#include <QWidget>

#include <memory>
#include <optional>

class QScrollArea;
class QStackedWidget;

namespace ui {

class InkLabel;
class NoteBox;
class RawView;
class SegmentedSwitch;
class TreeView;

/// One payload of a job as a person wants to see it: its fields, its tree, or the stored bytes; above them what the schema had to
/// forgive. Reading big payloads happens on a lane of its own. Shown again after a change it keeps scroll, expansion and search.
class PayloadView final : public QWidget {
    Q_OBJECT

public:
    explicit PayloadView(const UiContext& ui, QWidget* parent = nullptr);
    ~PayloadView() override;

    /// `bytes`: as stored; none if the job has no such payload. `input`: what the job was asked, for outputs that are read beside it.
    void showPayload(const core::jobs::JobSummary& job, PayloadKind kind, const std::optional<QByteArray>& bytes,
                     const std::optional<QByteArray>& input = {});
    void showNothing();

    /// For the count on the tab.
    [[nodiscard]] qsizetype noteCount() const { return m_noteCount; }

signals:
    void noteCountChanged(qsizetype count);

private:
    enum class Tree { Unread, Reading, Shown, Refused };
    void forget();
    void read(bool keepsPlace);
    template <class Payload>
    void readTyped(core::tasks::Parsed<Payload> (*parse)(core::JobType, const QByteArray&));
    template <class Payload>
    void takeTyped(const core::tasks::Parsed<Payload>& parsed);
    void readTree();
    void setNotes(const QList<core::tasks::Diagnostic>& diagnostics);
    void showView();
    void showMessage(const QString& title, const QString& sentence);

    UiContext m_ui;
    std::unique_ptr<core::Lane> m_lane;
    std::optional<core::jobs::JobSummary> m_job;
    PayloadKind m_kind = PayloadKind::Input;
    std::optional<QByteArray> m_bytes;
    std::optional<QByteArray> m_input;
    core::CancelSource m_reading;
    quint64 m_generation = 0;    // answers to what was asked before are dropped
    bool m_keepsPlace = false;
    Tree m_treeState = Tree::Unread;
    QString m_treeSentence;
    QString m_typedSentence;    // why there are no fields; empty if there are
    qsizetype m_noteCount = 0;

    SegmentedSwitch* m_switch;
    InkLabel* m_size;
    NoteBox* m_notes;
    QStackedWidget* m_stack;
    QScrollArea* m_typed;
    TreeView* m_tree;
    RawView* m_raw;
    QWidget* m_message;
    InkLabel* m_messageTitle;
    InkLabel* m_messageText;
};

}
