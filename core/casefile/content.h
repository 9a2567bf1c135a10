// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/repository.h"
#include "core/files/storage.h"
#include "core/tasks/models.h"

#include <functional>

namespace core::casefile {

/// Bytes that went through so far, for who shows them; and whether to go on.
class Meter {
public:
    Meter(const tasks::ActControl& control, qint64 total) : m_control(control), m_total(total) {}
    /// Cancelled once somebody asked for the end.
    [[nodiscard]] Result<void> pass(qint64 bytes);

private:
    const tasks::ActControl& m_control;
    qint64 m_total;
    qint64 m_done = 0;
};

/// Copies a file into the case: media byte for byte, texts masked, an input that would have to be masked not at all. Answers the file as it
/// now stands there. What cannot be read any more is Missing, which is no error.
[[nodiscard]] Result<CaseFile> putContent(CaseRepository& to, const CaseFile& file, const QString& path, Meter& meter);

/// Whether the chunks of a file are what its row says, without reading them. Invalid case_damaged; bad_key for a key that is none.
[[nodiscard]] Result<void> checkChunks(const CaseRepository& from, const CaseFile& file);
/// Reads them all: Invalid case_damaged where they are not the bytes that were put in.
[[nodiscard]] Result<void> checkContent(const CaseRepository& from, const CaseFile& file, Meter& meter);
/// Writes a file out to its key, whole or not at all. Errors of both, and of the storage.
[[nodiscard]] Result<void> takeContent(const CaseRepository& from, const CaseFile& file, const files::Storage& to, Meter& meter);

[[nodiscard]] Error damaged(const QString& what);    ///< Invalid case_damaged

}
