// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/connection_profile.h"

#include <QWidget>

class QPushButton;

namespace ui {

/// The coloured line under the menu on production, staging and development stores: what this window looks at, always in words.
/// An embedded store has none.
class EnvironmentBand final : public QWidget {
    Q_OBJECT

public:
    explicit EnvironmentBand(QWidget* parent = nullptr);
    void show(const ConnectionProfile& profile);

signals:
    void whyReadOnlyAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ConnectionProfile m_profile;
    QPushButton* m_why;
};

/// The small square in an environment's colour, with an outline on dark grounds.
void paintEnvironmentSwatch(QPainter* painter, const QRect& rect, Environment environment, const Theme& theme);
/// The same as an icon, for the connection button and menus.
[[nodiscard]] QIcon environmentIcon(Environment environment);

}
