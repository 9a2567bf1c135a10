// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimeZone>

namespace ui {

/// The frozen deliveries of a replay, oldest first: which are included, what they were, and what the dry run says of them.
class ReplayModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Included, Received, Source, Says, Was, DryRun, columns };
    enum Role { IconRole = Qt::UserRole, OutcomeRole };

    ReplayModel(QList<core::webhooks::Delivery> deliveries, const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] const core::webhooks::Delivery& delivery(int row) const { return m_rows.at(row).delivery; }
    /// None: the last dry run was without it, or there was none.
    [[nodiscard]] const std::optional<core::tasks::WebhookOutcome>& outcome(int row) const { return m_rows.at(row).outcome; }
    [[nodiscard]] bool isIncluded(int row) const { return m_rows.at(row).included; }
    [[nodiscard]] QList<core::DeliveryId> includedIds() const;
    /// Those that a dry run is on: all but what a person left out.
    [[nodiscard]] QList<core::DeliveryId> idsToForesee() const;
    [[nodiscard]] int includedCount() const { return m_included; }
    /// Whether the dry run knows of all that are included. What builds on a delivery that was left out or taken in since is not foreseen.
    [[nodiscard]] bool isForeseen() const;
    [[nodiscard]] qint64 outcomes(core::webhooks::Outcome outcome) const;

    /// Of idsToForesee(), in their order; the others lose theirs.
    void setOutcomes(const QList<core::tasks::WebhookOutcome>& outcomes);
    /// Leaves out all that the dry run says changes nothing, or takes them in again; never what a person left out.
    void includeIdle(bool included);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void inclusionChanged();

private:
    struct Row {
        core::webhooks::Delivery delivery;
        std::optional<core::tasks::WebhookOutcome> outcome;
        bool included = true;
        bool leftOutByHand = false;
    };
    [[nodiscard]] QString text(const Row& row, int column) const;
    void voidLaterOf(int row);
    void tellAll();

    QList<Row> m_rows;
    QTimeZone m_zone;
    int m_included = 0;
};

}
