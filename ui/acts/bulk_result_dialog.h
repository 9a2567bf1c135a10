// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/acts/bulk_text.h"
#include "ui/session/connection_profile.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QVBoxLayout;

namespace ui {

class InkLabel;

/// What became of every one of an act on many: the numbers, and a table of the rows with their reasons, which can be narrowed and
/// exported. Not modal; goes when it is closed. Rows are drawn as they come into sight, so that 100,000 cost nothing.
class BulkResultDialog final : public QDialog {
    Q_OBJECT

public:
    /// `title`: "Cancel 1,131 jobs"; `done`: the act's own word, "cancelled".
    BulkResultDialog(const ConnectionProfile& profile, const QString& title, core::tasks::BulkAnswer answer, const QString& done,
                     QWidget* parent);
    ~BulkResultDialog() override;
    /// Where an export that is still written goes on when the dialog is closed.
    void setCloser(std::shared_ptr<core::Lane> closer) { m_closer = std::move(closer); }
    /// Writes every row, whatever is shown, beside the dialog; exported() tells how it went, and the dialog says it.
    void exportTo(const QString& path, BulkFormat format);

signals:
    void exported(bool isWritten);
    /// A person wants to see this one; of one that made a job, that job.
    void rowChosen(const QString& id);

private:
    enum class Shown { All, NotActed, Acted, Skipped, Failed };
    void fill(Shown shown);
    void askToExport(BulkFormat format);

    core::tasks::BulkAnswer m_answer;
    QList<qsizetype> m_shown;    // places in the answer
    QComboBox* m_which;
    QVBoxLayout* m_place;
    QWidget* m_table = nullptr;
    InkLabel* m_note;
    std::shared_ptr<core::Lane> m_lane;
    std::shared_ptr<core::Lane> m_closer;
};

}
