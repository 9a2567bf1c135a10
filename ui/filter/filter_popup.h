// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QListView;

namespace ui {

struct FilterCompletion;
class SuggestionModel;

/// Below the filter field: what fits at the cursor, or what is wrong. A child of the window that never takes the focus.
class FilterPopup final : public QFrame {
    Q_OBJECT

public:
    explicit FilterPopup(QWidget* window);

    /// `scope`: what counts are over ("last 24 h").
    void showCompletion(const FilterCompletion& completion, const QString& scope);
    void showError(const QString& what, const QString& expected);
    [[nodiscard]] bool showsCompletion() const;
    [[nodiscard]] bool showsError() const;
    [[nodiscard]] SuggestionModel* model() const { return m_model; }
    [[nodiscard]] int currentRow() const;
    /// Round and round.
    void moveCurrent(int by);
    /// Whether the person moved to the current row.
    [[nodiscard]] bool isChosen() const { return m_isChosen; }
    /// Below this point of the window, within the window; the words of its rows stand under the point.
    void placeBelow(const QPoint& point);
    void setShowsKeys(bool shows);

signals:
    void taken(int row);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setUpLook();

    QWidget* m_head;
    QLabel* m_title;
    QLabel* m_scope;
    SuggestionModel* m_model;
    QListView* m_list;
    QWidget* m_keys;
    QWidget* m_error;
    QLabel* m_errorIcon;
    QLabel* m_what;
    QLabel* m_expected;
    bool m_isChosen = false;
    bool m_showsKeys = true;
    int m_wordsLeft = 0;
};

}
