// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace ui {

struct UiContext;

/// Work that goes on while the person does something else: an export, a replay. Whoever runs it keeps it told; the object that does the
/// work is a child of it, so that it lives as long as the connection and not only as long as a window.
class BackgroundTask final : public QObject {
    Q_OBJECT

public:
    /// Shows what came of it in the window that asks.
    using ShowResult = std::function<void(const UiContext&, QWidget* window)>;

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
    /// There is more to see than the sentence: the list then leads to it.
    void setResult(ShowResult show);
    [[nodiscard]] bool hasResult() const { return static_cast<bool>(m_showResult); }
    void showResult(const UiContext& context, QWidget* window) const;
    /// What is too long for the line, such as a path; for a tool tip.
    void setDetail(const QString& detail);
    [[nodiscard]] const QString& detail() const { return m_detail; }

signals:
    void changed();
    /// A person asked for it to stop; whoever runs it ends it with a sentence of what is already done.
    void abortAsked();

private:
    QString m_title;
    qint64 m_done = 0;
    std::optional<qint64> m_total;
    QString m_ending;
    QString m_detail;
    bool m_failed = false;
    ShowResult m_showResult;
};

/// The background tasks of one connection: every window on it shows them, and the last of these windows asks before they end with it.
class BackgroundTasks final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Takes the task over and keeps it until a person clears it from the list.
    void add(BackgroundTask* task);
    [[nodiscard]] const QList<BackgroundTask*>& all() const { return m_tasks; }    ///< newest last
    /// Titles of those that are not over.
    [[nodiscard]] QStringList running() const;
    void clearThoseOver();
    /// The step under way of each is finished, then it ends.
    void abortAll();

signals:
    void changed();
    /// Once for each task, whoever looks.
    void taskEnded(const QString& title, const QString& ending, bool failed);
    /// None runs any more.
    void allOver();

private:
    QList<BackgroundTask*> m_tasks;
};

}
