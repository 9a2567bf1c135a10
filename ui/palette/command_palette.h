// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QPointer>

class QAction;
class QLineEdit;
class QListView;
class QStandardItemModel;
class QWidget;

namespace ui {

class MainWindow;

/// Type to find: every act of the window, saved filters, and a job by the beginning of its id. Enter does it, Esc closes.
class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    /// One at a time in a window; a second call closes it.
    static void open(MainWindow& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit CommandPalette(MainWindow& window);
    void list(const QString& typed);
    void lookForJob(const QString& typed);
    void doCurrent();
    void addRow(const QString& icon, const QString& text, const QString& keys, std::function<void()> what);

    MainWindow& m_window;
    QLineEdit* m_field;
    QListView* m_list;
    QStandardItemModel* m_rows;
    QWidget* m_keys;
    QList<std::function<void()>> m_doings;
    int m_asked = 0;
};

/// How well `typed` fits `text`: higher is better, 0 does not. Words in any order, beginnings of words count most.
[[nodiscard]] int matchScore(const QString& typed, const QString& text);

}
