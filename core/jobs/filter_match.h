// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"
#include "core/jobs/models.h"

namespace core::jobs {

/// Whether a job is what the filter asks for, by the rules of the SQL in filter_repository.h: for rows that arrive live, and as the
/// oracle of that SQL. A live row that was read without payloads answers only if neither looksIntoPayloads() nor has:output is asked.
[[nodiscard]] bool matches(const Filter& filter, const Job& job);

}
