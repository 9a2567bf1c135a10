// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

namespace ui {

/// An editor of text as it is stored. QPlainTextEdit::toPlainText() turns no-break spaces into spaces and the separators U+2028 and
/// U+2029 into line ends, and its copies do the same; this one gives back, byte for byte, what nobody changed.
class ExactTextEdit final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// Above that each key would wait for the text to be read, and for its line to be laid out anew.
    static constexpr qsizetype largestEdited = 512 * 1024;
    static constexpr qsizetype longestLine = 128 * 1024;

    explicit ExactTextEdit(QWidget* parent = nullptr);
    /// Shows stored UTF-8. What is larger than that, or what no editor could give back unchanged (other bytes than UTF-8, mixed line
    /// ends, U+2029), is only shown, a large one by its beginning: read-only, and bytes() stays what was given.
    void setBytes(const QByteArray& bytes);
    [[nodiscard]] QByteArray bytes() const;
    [[nodiscard]] QString text() const { return QString::fromUtf8(bytes()); }
    /// Why it cannot be edited, in a sentence; empty where it can.
    [[nodiscard]] const QString& whyOnlyShown() const { return m_whyOnlyShown; }

protected:
    QMimeData* createMimeDataFromSelection() const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QByteArray edited() const;

    QString m_whyOnlyShown;
    bool m_hasCarriageReturns = false;    // every line ends in CR LF; the editor knows only line ends
    mutable bool m_isStale = false;
    mutable QByteArray m_bytes;    // asked for several times at each key
};

}
