// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;
class QToolButton;

namespace ui {

class InkLabel;

/// Where it is ("segments[2].end_ms") and what was done with it.
struct Note {
    QString path;
    QString text;
};

/// The amber box over a payload: a count in the title, and below it each note. Folds into its title line. Hidden without notes.
class NoteBox final : public QWidget {
    Q_OBJECT

public:
    explicit NoteBox(QWidget* parent = nullptr);
    /// `title`: "2 schema notes"; `sentence`: "The output was readable; nothing was changed."
    void setNotes(const QString& title, const QString& sentence, const QList<Note>& notes);
    [[nodiscard]] qsizetype noteCount() const { return m_notes.size(); }
    [[nodiscard]] bool isFolded() const { return m_folded; }
    void setFolded(bool folded);

signals:
    void foldedChanged(bool folded);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fillGrid();
    QList<Note> m_notes;
    bool m_folded = false;
    InkLabel* m_title;
    InkLabel* m_sentence;
    QToolButton* m_fold;
    QWidget* m_body;
    QGridLayout* m_grid;
};

}
