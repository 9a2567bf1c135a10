// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"
#include "ui/media/media_strip.h"

#include <QAbstractTableModel>

namespace ui {

/// A place in a cue's text, in UTF-16 units of shownText().
struct TextSpan {
    qsizetype from = 0;
    qsizetype length = 0;
};

/// A word the engine was not sure of.
struct WeakWord {
    TextSpan span;
    bool isUnderHalf = false;    ///< else under 75 %
};

struct SearchHit {
    int cue = 0;
    TextSpan span;
};

/// The cues of a transcript in their stored order, with a row for each silence of a second and more between two of them.
class TranscriptModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Number, Start, Length, Text, Confidence };
    enum Role {
        CueRole = Qt::UserRole + 1,    ///< int; -1 for a silence
        SilenceRole,                   ///< qint64, milliseconds; 0 for a cue
        ConfidenceRole                 ///< double 0 to 1; invalid where the engine gave none
    };
    explicit TranscriptModel(const core::tasks::TranscriptionGenerateOutput& output, QObject* parent = nullptr);

    [[nodiscard]] const core::tasks::TranscriptionGenerateOutput& transcript() const { return m_output; }
    [[nodiscard]] int cueCount() const { return int(m_output.segments.size()); }
    [[nodiscard]] int rowOfCue(int cue) const;    ///< -1 if the filter leaves it out
    /// The last cue that begins at or before it, -1 if there is none.
    [[nodiscard]] int cueAt(qint64 ms) const;
    [[nodiscard]] std::pair<qint64, qint64> spanOf(int cue) const;
    [[nodiscard]] qint64 durationMs() const { return m_durationMs; }
    [[nodiscard]] QList<StripCue> stripCues() const;

    [[nodiscard]] qsizetype weakWordCount() const { return m_weakWords; }
    /// Only cues with a word under 75 %, without the silences between.
    void setWeakOnly(bool weakOnly);
    [[nodiscard]] bool isWeakOnly() const { return m_weakOnly; }

    /// Finds it in all cues, in any case. An empty text finds nothing.
    void setSearch(const QString& text);
    [[nodiscard]] const QList<SearchHit>& hits() const { return m_hits; }
    [[nodiscard]] int currentHit() const { return m_currentHit; }    ///< -1: none
    void setCurrentHit(int hit);

    /// The cue's text as one line with visible signs for controls; positions are those of the stored text.
    [[nodiscard]] QString shownText(int cue) const;
    [[nodiscard]] QList<WeakWord> weakWords(int cue) const;
    /// The first of hits() in that cue, and how many.
    [[nodiscard]] std::pair<int, int> hitsIn(int cue) const;

    [[nodiscard]] QString srt() const;
    [[nodiscard]] QString webVtt() const;
    [[nodiscard]] QString plainText() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        int cue = -1;
        qint64 silenceMs = 0;
    };
    void makeRows();
    [[nodiscard]] QVariant textOf(const Row& row, Column column) const;

    core::tasks::TranscriptionGenerateOutput m_output;
    qint64 m_durationMs = 0;
    qsizetype m_weakWords = 0;
    bool m_weakOnly = false;
    QList<Row> m_rows;
    QList<int> m_rowOfCue;
    QList<int> m_byStart;    // cues in order of time, for cueAt()
    QList<SearchHit> m_hits;
    int m_currentHit = -1;
};

}
