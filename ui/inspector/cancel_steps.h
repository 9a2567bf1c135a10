// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QTimeZone>
#include <QWidget>

namespace ui {

/// The four honest states of a cancel: asked, broker informed, worker acknowledged, finished anyway. One that has not happened is a
/// ring, never left out.
class CancelSteps final : public QWidget {
    Q_OBJECT

public:
    struct Step {
        QString name;
        std::optional<core::Time> at;
        QString word;    ///< in place of the time
        bool operator==(const Step&) const = default;
    };
    explicit CancelSteps(QWidget* parent = nullptr);
    void setStory(const core::backend::JobStory& story, const QTimeZone& zone);
    [[nodiscard]] const QList<Step>& steps() const { return m_steps; }
    /// "asked 12:01:07.250; worker acknowledged: not yet".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Step> m_steps;
    QTimeZone m_zone;
};

}
