// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/models.h"

#include <algorithm>

namespace core::casefile {

namespace {

template <class Enum>
struct Word {
    Enum value;
    const char* name;
};

constexpr Word<FileState> fileStates[] = {{FileState::In, "in"},
                                          {FileState::ByChoice, "by_choice"},
                                          {FileState::Missing, "missing"},
                                          {FileState::Secret, "secret"},
                                          {FileState::TooLarge, "too_large"}};
constexpr Word<JobRole> jobRoles[] = {{JobRole::Subject, "subject"}, {JobRole::Needed, "needed"}, {JobRole::Lineage, "lineage"}};

template <class Enum, size_t size>
QString nameIn(const Word<Enum> (&words)[size], Enum value)
{
    const auto* const found = std::find_if(std::begin(words), std::end(words), [&](const auto& word) { return word.value == value; });
    return QString::fromLatin1(found == std::end(words) ? "" : found->name);
}

template <class Enum, size_t size>
Enum valueIn(const Word<Enum> (&words)[size], QStringView name, Enum otherwise)
{
    const auto* const found =
        std::find_if(std::begin(words), std::end(words), [&](const auto& word) { return name == QLatin1StringView(word.name); });
    return found == std::end(words) ? otherwise : found->value;
}

}

QString fileStateName(FileState state)
{
    return nameIn(fileStates, state);
}

FileState parseFileState(QStringView name)
{
    return valueIn(fileStates, name, FileState::Missing);
}

QString jobRoleName(JobRole role)
{
    return nameIn(jobRoles, role);
}

JobRole parseJobRole(QStringView name)
{
    return valueIn(jobRoles, name, JobRole::Lineage);
}

}
