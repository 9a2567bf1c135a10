// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"
#include "ui/acts/act_dialog.h"

#include <optional>

namespace ui {

class FactsRow;
class NoteBox;
class StoreSession;

/// Asks before a case is taken into this window's store: what it holds, what is masked in it, whether it could be run again here.
class TakeHomeDialog final : public ActDialog {
    Q_OBJECT

public:
    TakeHomeDialog(StoreSession& session, const QString& path, QWidget* parent);
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const std::optional<core::casefile::CaseSummary>& summary() const { return m_summary; }

signals:
    void takeAsked(const QString& path, const QString& reason);

private:
    void read();
    void showSummary(const core::casefile::CaseSummary& summary);
    [[nodiscard]] QString whyNot(const core::casefile::CaseSummary& summary) const;

    StoreSession& m_session;
    QString m_path;
    std::optional<core::casefile::CaseSummary> m_summary;
    InkLabel* m_from;
    FactsRow* m_facts;
    InkLabel* m_rerun;
    InkLabel* m_ended;
    NoteBox* m_masked;
};

}
