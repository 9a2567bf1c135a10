// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/server_check.h"
#include "core/base/lane.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;

namespace ui {

class WaitBar;
class StageList;
class StoreSession;

/// Shown instead of the pages while the store cannot be used: what failed, a staged check, when it is tried again, what a person
/// can do, and the store's own words last. Goes away by itself when the store answers.
class UnreachablePage final : public QWidget {
    Q_OBJECT

public:
    explicit UnreachablePage(StoreSession& session, QWidget* parent = nullptr);
    ~UnreachablePage() override;
    /// Everything on the page as text, for a ticket.
    [[nodiscard]] QString details() const;
    /// The staged check in words; empty until it has looked.
    [[nodiscard]] QString stagesText() const;

signals:
    void switchAsked();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct StoreFile {
        bool hasFolder = false;
        bool isThere = false;
        qint64 sizeBytes = 0;
    };
    void refresh();
    void lookAtFile();
    void lookAtServer();
    void showStages(const StoreFile& file);
    void showServerStages(const QList<core::backend::ServerStage>& way);
    void showCountdown();

    StoreSession& m_session;
    QTimer m_tick;    // runs only while the page is seen: it counts down
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_cause;
    StageList* m_stages;
    QLabel* m_next;
    WaitBar* m_bar;
    QLabel* m_tries;
    QPushButton* m_tryNow;
    QPushButton* m_switch;
    QPushButton* m_copy;
    QLabel* m_advice;
    QLabel* m_words;
    std::shared_ptr<core::Lane> m_lane;    // looks at the file; begun with the first look
    int m_asked = 0;
};

/// What a person reads of an error that keeps a store from being used: a sentence of the cause, and what to do next.
struct StoreTrouble {
    QString title;
    QString cause;
    QString advice;
};
[[nodiscard]] StoreTrouble troubleOf(const core::Error& error, const QString& storePath);
/// The same of a store on a server; `store` as a person may see it.
[[nodiscard]] StoreTrouble serverTroubleOf(const core::Error& error, const QString& store);

}
