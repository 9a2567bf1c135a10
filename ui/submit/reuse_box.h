// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QPushButton;

namespace ui {

class InkLabel;
class StoreSession;

/// Says beforehand whether a request makes a new job or gives back one that is active: which one, on which fields, and what would make
/// a difference. Asks the core a moment after the last change; only the newest answer is shown.
class ReuseBox final : public QWidget {
    Q_OBJECT

public:
    explicit ReuseBox(StoreSession& session, QWidget* parent = nullptr);

    /// Asked soon; what was said of the former request goes at once where it cannot hold any more.
    void ask(const core::tasks::SubmitRequest& request);
    /// Nothing is asked; in other words than the usual ones where given.
    void rest(const QString& title = {}, const QString& sentence = {});
    /// After the act: what came of it, with a link to the job.
    void showAnswer(const core::tasks::SubmitAnswer& answer);
    [[nodiscard]] bool isForced() const;
    /// The active job that would come back, if the answer is known.
    [[nodiscard]] core::JobId twin() const { return m_twin; }
    [[nodiscard]] QString text() const;

signals:
    /// The core would refuse the request.
    void refused(const core::Error& error);
    void jobAsked(const core::JobId& id);
    /// The answer or the box "Run beside it" has changed.
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void askNow();
    void takeAnswer(const core::Result<core::tasks::ReuseExplanation>& answer);
    void show(const QString& icon, const QString& title, const QString& sentence, const core::JobId& job = {});

    StoreSession& m_session;
    QTimer m_wait;
    core::tasks::SubmitRequest m_request;
    quint64 m_generation = 0;
    core::JobId m_twin;
    core::JobId m_shown;
    QString m_icon;
    bool m_isWarning = false;
    InkLabel* m_title;
    InkLabel* m_sentence;
    InkLabel* m_id;
    QPushButton* m_show;
    QCheckBox* m_force;
};

}
