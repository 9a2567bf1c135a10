// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QWidget>

#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace ui {

/// Work that goes on while the person does something else: an export, a replay. Whoever runs it keeps it told.
class BackgroundTask final : public QObject {
    Q_OBJECT

public:
    explicit BackgroundTask(QString title, QObject* parent = nullptr) : QObject(parent), m_title(std::move(title)) {}

    [[nodiscard]] const QString& title() const { return m_title; }
    [[nodiscard]] qint64 done() const { return m_done; }
    [[nodiscard]] std::optional<qint64> total() const { return m_total; }
    [[nodiscard]] bool isOver() const { return !m_ending.isEmpty(); }
    /// How it went, in a sentence; empty while it runs.
    [[nodiscard]] const QString& ending() const { return m_ending; }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

    void report(qint64 done, std::optional<qint64> total);
    void end(const QString& ending, bool failed = false);
    /// There is more to see than the sentence: the list then leads to it (resultAsked).
    void setHasResult(bool has);
    /// What is too long for the line, such as a path; for a tool tip.
    void setDetail(const QString& detail);
    [[nodiscard]] const QString& detail() const { return m_detail; }
    [[nodiscard]] bool hasResult() const { return m_hasResult; }

signals:
    void changed();
    /// A person asked for it to stop; whoever runs it ends it with a sentence of what is already done.
    void abortAsked();
    void resultAsked();

private:
    QString m_title;
    qint64 m_done = 0;
    std::optional<qint64> m_total;
    QString m_ending;
    QString m_detail;
    bool m_failed = false;
    bool m_hasResult = false;
};

/// The newest background task with its bar and Abort, or what leads to its result; a list of all of this window on click.
class TaskArea final : public QWidget {
    Q_OBJECT

public:
    explicit TaskArea(QWidget* parent = nullptr);
    /// Takes the task over and shows it until a person clears it from the list.
    void add(BackgroundTask* task);
    [[nodiscard]] bool hasRunning() const;

signals:
    /// Once for each task, whoever looks.
    void taskEnded(const QString& title, const QString& ending, bool failed);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void fillMenu();

    QList<BackgroundTask*> m_tasks;    // newest last
    QLabel* m_text;
    QWidget* m_bar;
    QPushButton* m_abort;
    QPushButton* m_result;
    QToolButton* m_list;
    QMenu* m_menu;
};

}
