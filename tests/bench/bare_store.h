// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

struct sqlite3;

namespace bench {

/// A connection on the C API with the product's pragmas, for FloorStatements; writes nothing by itself.
class BareStore {
public:
    explicit BareStore(const QString& path);
    ~BareStore();
    BareStore(const BareStore&) = delete;
    BareStore& operator=(const BareStore&) = delete;

    void exec(const char* text);
    [[nodiscard]] sqlite3* connection() const { return m_connection; }

private:
    sqlite3* m_connection = nullptr;
};

}
