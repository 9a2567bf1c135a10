// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/jobs/filter.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace core::jobs {

/// A value for a place in a statement. What people typed travels only here, never in the statement's text.
struct SqlBind {
    QByteArray name;    ///< with its colon
    std::variant<qint64, double, QString> value;
};

/// A statement, or a part of one, that was put together for one filter.
struct SqlText {
    QByteArray sql;
    QList<SqlBind> binds{};
    database::Engine engine = database::Engine::Sqlite;    ///< whose words it is written in

    /// Adds a value under a name that is new in this statement, and answers the name.
    QByteArray add(std::variant<qint64, double, QString> value);
};

/// The filter as a condition over the table jobs; never NULL, whatever a row holds, so that NOT is the other half of the rows.
/// Appends its binds to `text`.
[[nodiscard]] QByteArray conditionOf(const Filter& filter, SqlText& text);

/// Whether Postgres finds what a filter takes by an index, so that about as many rows are read as are shown. A filter for which this is
/// false may read any number of rows before it finds one: its search ends at a ceiling (list_repository.h).
[[nodiscard]] bool isServedByIndex(const Filter& filter);

/// The part of a filter that names one owner or one project, whose jobs an index has in the order of the list, where the filter asks something
/// more of these that no index knows: they may be very many, and the search among them then ends at the ceiling.
[[nodiscard]] std::optional<Filter> narrowPartOf(const Filter& filter);

void bindAll(database::Statement& statement, const SqlText& text);

}
