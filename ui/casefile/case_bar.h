// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QPushButton;

namespace ui {

class InkLabel;
class StoreSession;

/// The line over a window that has a case file open: what it is, and the way home. Hidden on every other connection.
class CaseBar final : public QWidget {
    Q_OBJECT

public:
    CaseBar(StoreSession& session, QWidget* parent);

signals:
    void takeHomeAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    void describe();

    StoreSession& m_session;
    InkLabel* m_what;
    QPushButton* m_home;
};

}
