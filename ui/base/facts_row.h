// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QWidget>

namespace ui {

/// One tile: "Duration", "3:24.180", "204,180 ms". All outside text; shown as one plain line each.
struct Fact {
    QString caption;
    QString value;
    QString sub;     ///< may be empty
    QString help;    ///< on hover
};

/// The tiles over a payload's picture: up to four in a line, fewer where it is narrow.
class FactsRow final : public QWidget {
    Q_OBJECT

public:
    explicit FactsRow(QWidget* parent = nullptr);
    FactsRow(const QList<Fact>& facts, QWidget* parent);
    void setFacts(const QList<Fact>& facts);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int columnsFor(int width) const;
    void arrange();
    QList<QWidget*> m_tiles;
};

}
