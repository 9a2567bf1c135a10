// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/log_lines.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <functional>

namespace ui {

/// Lines of a log, painted as they come into sight, however many there are: numbers, a "!" in the gutter and a fill for lines that
/// read like trouble, search hits. Arrows move the current line, shift selects, ctrl+C copies whole lines. A log that grows keeps
/// scroll and selection; while it stands at the end (following) it stays there.
class LogView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// `name` is its accessible name.
    explicit LogView(const QString& name, QWidget* parent = nullptr);

    /// Of a text of very many lines the first are there at once, the rest a moment later, some at a time.
    void setLog(const QByteArray& text);
    void appendLog(const QByteArray& text);
    [[nodiscard]] const LogLines& lines() const { return m_lines; }
    /// The number of the first line, for the tail of a longer log.
    void setFirstNumber(int number);
    /// As high as its lines, without a scroll bar of its own: for a tail inside a page.
    void setWhole(bool whole);
    /// Whether lines that read like trouble are marked; on unless told otherwise.
    void setMarksTrouble(bool marks);

    /// Whether the text is a document of others, shown as it is: copies of it have no values of keys that name a secret. Off unless told.
    void setMasksCopies(bool masks) { m_masksCopies = masks; }
    void copyAll() const;
    /// What a copy of these lines (from 0) is, where it is not what they show.
    void setCopyAs(std::function<QString(int first, int last)> copyAs) { m_copyAs = std::move(copyAs); }

    [[nodiscard]] bool isFollowing() const { return m_follows; }
    void setFollowing(bool follows);

    /// Marks its hits; empty: none.
    void setSearch(const QString& text);
    /// Goes to the next line that holds the search; false if there is none.
    bool findNext(bool backwards);

    [[nodiscard]] int currentLine() const { return m_current; }
    void setCurrentLine(int line);
    [[nodiscard]] QString selectedText() const;
    void selectAll();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void followingChanged(bool follows);
    void currentLineChanged(int line);
    /// More lines of the text are known.
    void linesRead();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] int lineAt(int y) const;
    [[nodiscard]] int linesInSight() const;
    void paintLine(QPainter& painter, int line, const QRect& rect) const;
    void takeLines();
    void readMore();
    void updateBars();
    void noteScroll();
    void moveTo(int line, bool selects);
    void copy() const;
    [[nodiscard]] QString textFor(qsizetype from, qsizetype size) const;

    LogLines m_lines;
    QTimer m_more;
    QByteArray m_search;
    int m_firstNumber = 1;
    int m_current = -1;
    int m_anchor = -1;
    bool m_follows = false;
    bool m_whole = false;
    bool m_marksTrouble = true;
    bool m_settingBars = false;
    bool m_masksCopies = false;
    std::function<QString(int, int)> m_copyAs;
};

}
