// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/why_findings.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

/// Numbered findings: each a claim, its evidence, and a link to where it was read. Says so when there is none.
class WhyPanel final : public QWidget {
    Q_OBJECT

public:
    explicit WhyPanel(QWidget* parent = nullptr);
    void setFindings(const QList<WhyFinding>& findings, bool hasLog);
    [[nodiscard]] const QList<WhyFinding>& findings() const { return m_findings; }

signals:
    void findingAsked(const ui::WhyFinding& finding);
    void logAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build(bool hasLog);
    QWidget* rowOf(int number, const WhyFinding& finding);
    QList<WhyFinding> m_findings;
    bool m_isBuilt = false;
    bool m_hasLog = false;
    QVBoxLayout* m_rows;
};

}
