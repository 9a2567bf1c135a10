// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <sqlite3.h>

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace bench {

/// An id as the store keeps it, without an allocation.
struct FloorId {
    std::array<char, 36> text{};
    [[nodiscard]] std::string_view view() const { return {text.data(), text.size()}; }
};

/// Ids as cheap as they can be, in the same order of growth as the product's (a millisecond, then a count).
[[nodiscard]] FloorId nextFloorId();

/// A statement on the bare C API: prepared once, bound by position, stepped to its end.
class FloorStatement {
public:
    FloorStatement(sqlite3* connection, const char* sql);
    template <class... Values>
    int run(const Values&... values)    ///< how many rows came
    {
        int index = 0;
        (bind(++index, values), ...);
        return stepToEnd();
    }
    /// Calls `each` with the statement for every row.
    template <class Each, class... Values>
    void read(Each each, const Values&... values)
    {
        int index = 0;
        (bind(++index, values), ...);
        while (step())
            each(m_statement.get());
        sqlite3_reset(m_statement.get());
    }

private:
    void bind(int index, std::string_view text)
    {
        sqlite3_bind_text(m_statement.get(), index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    void bind(int index, const char* text) { bind(index, std::string_view(text)); }
    void bind(int index, const FloorId& id) { bind(index, id.view()); }
    void bind(int index, sqlite3_int64 value) { sqlite3_bind_int64(m_statement.get(), index, value); }
    void bind(int index, int value) { bind(index, sqlite3_int64{value}); }
    void bind(int index, std::nullptr_t) { sqlite3_bind_null(m_statement.get(), index); }
    [[nodiscard]] bool step();
    int stepToEnd();

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// What a worker reports, as far as a store can tell the difference.
enum class FloorReport { Running, Progress, Failed, Done };

struct FloorJob {
    FloorId id;
    FloorId webhook;
};

/// A store of the same schema and pragmas, used as bare as can be: same statements, same transactions, no product between.
class Floor {
public:
    /// The file must have been made and migrated by the product.
    explicit Floor(const QString& path);
    ~Floor();
    Floor(const Floor&) = delete;
    Floor& operator=(const Floor&) = delete;

    void exec(const char* sql);
    void begin();
    void commit();
    [[nodiscard]] sqlite3* connection() const { return m_connection; }

    /// Inside a transaction of the caller's.
    FloorJob submit();
    /// `signedCall`: it came to the webhook's address, with headers. Inside a transaction of the caller's.
    void record(const FloorJob& job, FloorReport report, bool signedCall, const FloorId* replayOf = nullptr);
    /// What a DONE reads before its transaction.
    void prepareDone(const FloorJob& job, bool signedCall);
    /// A delivery that was received, refused and kept.
    FloorId keepRefused(const FloorJob& job);
    void readDelivery(const FloorId& id);
    void journal(const char* action, const FloorId& target);
    /// Takes and ends up to `limit` jobs as the worker pool does, in its four transactions; how many it found.
    int drain(int limit);

private:
    struct Statements;
    void keepDelivery(const FloorJob& job, FloorReport report, bool signedCall, const FloorId* replayOf, const char* outcome);
    sqlite3* m_connection = nullptr;
    std::unique_ptr<Statements> m_do;
    FloorId m_worker = nextFloorId();
    quint64 m_submits = 0;
};

/// About 280 bytes, as a submitter writes it: what both sides store as input.
extern const char* const sampleInput;
/// The storage key in it.
extern const char* const sampleKey;

}
