// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

class QHBoxLayout;
namespace ui {

class StoreSession;

/// The line under the menu: connection, acts, go to, live, notifications. On a read-only connection the acts are off and one line
/// beside them says so.
class ToolLine final : public QWidget {
    Q_OBJECT

public:
    ToolLine(StoreSession& session, QWidget* parent = nullptr);

    /// The acts in their order; a nullptr makes a separator.
    void setActs(const QList<QAction*>& acts);
    [[nodiscard]] QMenu* connectionMenu() const { return m_connectionMenu; }
    void setGoToAction(QAction* action);
    void setLiveAction(QAction* action);
    void setNotificationsAction(QAction* action);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    QToolButton* buttonFor(QAction* action, bool withText);

    StoreSession& m_session;
    QToolButton* m_connection;
    QMenu* m_connectionMenu;
    QHBoxLayout* m_acts;
    QLabel* m_whyOff;
    QHBoxLayout* m_right;
};

}
