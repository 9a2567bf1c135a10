// SPDX-License-Identifier: Apache-2.0
#include "ui/media/transcript_model.h"

#include "core/transcription/models.h"
#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/media/media_axis.h"

#include <algorithm>
#include <numeric>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 silenceWorthARowMs = 1000;
constexpr double weakWord = 0.75;
constexpr double veryWeakWord = 0.5;
constexpr double weakCue = 0.9;
constexpr qsizetype mostHits = 100'000;
constexpr qsizetype longestShown = 4000;

QList<core::transcription::TranscriptSegment> forFormats(const QList<core::tasks::TranscriptSegment>& segments)
{
    QList<core::transcription::TranscriptSegment> all;
    all.reserve(segments.size());
    for (const auto& segment : segments)
        all << core::transcription::TranscriptSegment{segment.startMs, segment.endMs, segment.text, segment.confidence, {}};
    return all;
}

}

TranscriptModel::TranscriptModel(const core::tasks::TranscriptionGenerateOutput& output, QObject* parent)
    : QAbstractTableModel(parent), m_output(output), m_durationMs(MediaAxis::bounded(output.durationMs.value_or(0)))
{
    for (auto& segment : m_output.segments) {
        segment.startMs = MediaAxis::bounded(segment.startMs);
        segment.endMs = MediaAxis::bounded(segment.endMs);
        if (!output.durationMs)
            m_durationMs = std::max(m_durationMs, segment.endMs);
        m_weakWords += std::count_if(segment.words.cbegin(), segment.words.cend(),
                                     [](const auto& word) { return word.confidence && *word.confidence < weakWord; });
    }
    m_byStart.resize(m_output.segments.size());
    std::iota(m_byStart.begin(), m_byStart.end(), 0);
    std::stable_sort(m_byStart.begin(), m_byStart.end(),
                     [this](int a, int b) { return m_output.segments.at(a).startMs < m_output.segments.at(b).startMs; });
    makeRows();
}

void TranscriptModel::makeRows()
{
    m_rows.clear();
    m_rowOfCue.fill(-1, m_output.segments.size());
    for (int cue = 0; cue < cueCount(); ++cue) {
        const auto& segment = m_output.segments.at(cue);
        if (m_weakOnly) {
            const bool weak = std::any_of(segment.words.cbegin(), segment.words.cend(),
                                          [](const auto& word) { return word.confidence && *word.confidence < weakWord; });
            if (!weak)
                continue;
        } else if (cue > 0) {
            const qint64 silence = segment.startMs - m_output.segments.at(cue - 1).endMs;
            if (silence >= silenceWorthARowMs)
                m_rows << Row{-1, silence};
        }
        m_rowOfCue[cue] = int(m_rows.size());
        m_rows << Row{cue, 0};
    }
}

int TranscriptModel::rowOfCue(int cue) const
{
    return cue >= 0 && cue < m_rowOfCue.size() ? m_rowOfCue.at(cue) : -1;
}

int TranscriptModel::cueAt(qint64 ms) const
{
    const auto after = std::upper_bound(m_byStart.cbegin(), m_byStart.cend(), ms,
                                        [this](qint64 time, int cue) { return time < m_output.segments.at(cue).startMs; });
    return after == m_byStart.cbegin() ? -1 : *std::prev(after);
}

std::pair<qint64, qint64> TranscriptModel::spanOf(int cue) const
{
    const auto& segment = m_output.segments.at(cue);
    return {segment.startMs, segment.endMs};
}

QList<StripCue> TranscriptModel::stripCues() const
{
    QList<StripCue> cues;
    cues.reserve(m_output.segments.size());
    for (const auto& segment : m_output.segments)
        cues << StripCue{segment.startMs, segment.endMs, segment.confidence && *segment.confidence < weakCue};
    return cues;
}

void TranscriptModel::setWeakOnly(bool weakOnly)
{
    if (m_weakOnly == weakOnly)
        return;
    beginResetModel();
    m_weakOnly = weakOnly;
    makeRows();
    endResetModel();
}

void TranscriptModel::setSearch(const QString& text)
{
    m_hits.clear();
    m_currentHit = -1;
    for (int cue = 0; !text.isEmpty() && cue < cueCount(); ++cue) {
        const QString& where = m_output.segments.at(cue).text;
        for (qsizetype at = where.indexOf(text, 0, Qt::CaseInsensitive); at >= 0 && m_hits.size() < mostHits;
             at = where.indexOf(text, at + text.size(), Qt::CaseInsensitive))
            m_hits << SearchHit{cue, {at, text.size()}};
    }
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, int(Column::Text)), index(rowCount() - 1, int(Column::Text)), {Qt::DisplayRole});
}

void TranscriptModel::setCurrentHit(int hit)
{
    m_currentHit = hit >= 0 && hit < m_hits.size() ? hit : -1;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, int(Column::Text)), index(rowCount() - 1, int(Column::Text)), {Qt::DisplayRole});
}

QString TranscriptModel::shownText(int cue) const
{
    // in pieces that plainLine() does not shorten, so that every position stays
    constexpr qsizetype piece = 400;
    const QString text = m_output.segments.at(cue).text.left(longestShown);
    QString shown;
    for (qsizetype at = 0; at < text.size(); at += piece)
        shown += plainLine(text.mid(at, piece)).replace(QChar(0x23ce), u' ');
    return shown;
}

QList<WeakWord> TranscriptModel::weakWords(int cue) const
{
    const auto& segment = m_output.segments.at(cue);
    QList<WeakWord> weak;
    qsizetype from = 0;
    for (const auto& word : segment.words) {
        if (word.text.isEmpty())
            continue;
        const qsizetype at = segment.text.indexOf(word.text, from, Qt::CaseInsensitive);
        if (at < 0)
            continue;    // the engine tells the words otherwise than the text does
        from = at + word.text.size();
        if (word.confidence && *word.confidence < weakWord)
            weak << WeakWord{{at, word.text.size()}, *word.confidence < veryWeakWord};
    }
    return weak;
}

std::pair<int, int> TranscriptModel::hitsIn(int cue) const
{
    const auto [first, last] = std::equal_range(m_hits.cbegin(), m_hits.cend(), SearchHit{cue, {}},
                                                [](const SearchHit& a, const SearchHit& b) { return a.cue < b.cue; });
    return {int(first - m_hits.cbegin()), int(last - first)};
}

QString TranscriptModel::srt() const
{
    return QString::fromUtf8(core::transcription::toSrt(forFormats(m_output.segments)));
}

QString TranscriptModel::webVtt() const
{
    return QString::fromUtf8(core::transcription::toWebVtt(forFormats(m_output.segments)));
}

QString TranscriptModel::plainText() const
{
    if (!m_output.text.isEmpty())
        return m_output.text;
    QStringList lines;
    for (const auto& segment : m_output.segments)
        lines << segment.text;
    return lines.join(u'\n');
}

int TranscriptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TranscriptModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 5;
}

QVariant TranscriptModel::textOf(const Row& row, Column column) const
{
    if (row.cue < 0)
        return column == Column::Text ? QVariant(tr("%1 without speech").arg(lengthText(std::chrono::milliseconds(row.silenceMs))))
                                      : QVariant();
    const auto& segment = m_output.segments.at(row.cue);
    switch (column) {
    case Column::Number: return countText(row.cue + 1);
    case Column::Start: return timecode(segment.startMs);
    case Column::Length: return tr("%1 s").arg(QString::number(double(segment.endMs - segment.startMs) / 1000, 'f', 1));
    case Column::Text: return shownText(row.cue);
    case Column::Confidence:
        return segment.confidence ? QVariant(u"%1%"_s.arg(qRound(std::clamp(*segment.confidence, 0.0, 1.0) * 100))) : u"\u2013"_s;
    }
    return {};
}

QVariant TranscriptModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return textOf(row, static_cast<Column>(index.column()));
    case Qt::ToolTipRole:
        return row.cue >= 0 && index.column() == int(Column::Text) ? QVariant(plainToolTip(shownText(row.cue))) : QVariant();
    case CueRole: return row.cue;
    case SilenceRole: return row.silenceMs;
    case ConfidenceRole:
        if (row.cue >= 0 && m_output.segments.at(row.cue).confidence)
            return std::clamp(*m_output.segments.at(row.cue).confidence, 0.0, 1.0);
        return {};
    default: return {};
    }
}

QVariant TranscriptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant((column == Column::Text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Number: return tr("#");
    case Column::Start: return tr("Start");
    case Column::Length: return tr("Length");
    case Column::Text: return tr("Text");
    case Column::Confidence: return tr("Confidence");
    }
    return {};
}

}
