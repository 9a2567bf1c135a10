// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"

#include <QList>
#include <QWidget>

#include <optional>

namespace ui {

enum class LampState { Passed, WouldDo, Skipped, Stopped, NotReached };

/// One of the seven stages of a delivery (design: record_webhook_event).
struct StageLamp {
    core::webhooks::Stage stage = core::webhooks::Stage::Receive;
    LampState state = LampState::NotReached;
    QString detail;    ///< what it did, or why it stopped; may be empty
    QString time;      ///< ready to show; empty where nothing is known
    bool operator==(const StageLamp&) const = default;
};

/// From a stored delivery: how far it came and what became of it. `received` is the time as it is to be shown.
[[nodiscard]] QList<StageLamp> lampsOf(const core::webhooks::Delivery& delivery, const QString& received, const QString& finished);
/// From what an act or a dry run answered.
[[nodiscard]] QList<StageLamp> lampsOf(const core::tasks::WebhookOutcome& outcome, core::tasks::Mode mode);

/// "Ignore?", "Apply status": the stages as people read them.
[[nodiscard]] QString stageTitle(core::webhooks::Stage stage);
[[nodiscard]] QString lampWord(LampState state);

/// Seven lamps in a line, the reason of a stop below. Left and right step from lamp to lamp.
class StageLamps final : public QWidget {
    Q_OBJECT

public:
    explicit StageLamps(QWidget* parent = nullptr);
    void setLamps(const QList<StageLamp>& lamps);
    [[nodiscard]] const QList<StageLamp>& lamps() const { return m_lamps; }
    [[nodiscard]] int currentLamp() const { return m_current; }
    /// "Stage 3 of 7, Ignore?, passed".
    [[nodiscard]] QString lampText(int lamp) const;
    [[nodiscard]] QString summary() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QString reason() const;
    [[nodiscard]] int lampAt(int x) const;
    void goTo(int lamp);
    QList<StageLamp> m_lamps;
    int m_current = 0;
};

}
