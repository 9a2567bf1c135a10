// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/payload/typed_view.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QToolButton;

namespace ui {

class InkLabel;
class TranscriptModel;

/// What was said, cue by cue: search, weak words, copies as subtitles. Follows and leads whoever shows the same medium.
class TranscriptView final : public QWidget {
    Q_OBJECT

public:
    TranscriptView(const PayloadContext& context, const core::tasks::TranscriptionGenerateOutput& output, QWidget* parent = nullptr);

    [[nodiscard]] const TranscriptModel& model() const { return *m_model; }
    /// "pocketsphinx · en-us · 28 cues".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] int currentCue() const;    ///< -1: none
    void setCurrentCue(int cue);
    /// From the first to the last cue on screen.
    [[nodiscard]] std::optional<std::pair<qint64, qint64>> shownSpan() const;
    /// Beside another pane: lines end at the edges, and what says who listened stands elsewhere.
    void setFillsPane();
    /// "Copy" with the kinds of subtitles, for whoever shows it elsewhere.
    [[nodiscard]] QPushButton* copyControl() const { return m_copy; }

    void findNext() { stepHit(1); }
    void findPrevious() { stepHit(-1); }
    void focusSearch();

signals:
    void currentCueChanged(int cue);
    void shownSpanChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* toolLine();
    [[nodiscard]] QWidget* legendLine();
    void setUpTable();
    void setRowHeights();
    void setSomeRowHeights();
    void search(const QString& text);
    void stepHit(int by);
    void showHit();
    void setWeakOnly(bool weakOnly);

    PayloadContext m_context;
    TranscriptModel* m_model;
    InkLabel* m_summary;
    QLineEdit* m_search;
    InkLabel* m_hitCount;
    QToolButton* m_previous;
    QToolButton* m_next;
    QPushButton* m_weak;
    QPushButton* m_copy;
    QTableView* m_table;
    QTimer m_heights;        // the rows that have their height yet to get, some at a time
    int m_nextHeight = 0;    // the first of them
};

}
