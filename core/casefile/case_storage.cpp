// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/case_storage.h"

#include "core/casefile/case_file.h"
#include "core/casefile/content.h"

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

QString whyNotIn(const QString& key, FileState state)
{
    switch (state) {
    case FileState::In: break;
    case FileState::ByChoice: return u"'%1' was left out when the case was made"_s.arg(key);
    case FileState::Missing: return u"'%1' was gone already when the case was made"_s.arg(key);
    case FileState::Secret:
    case FileState::TooLarge: return u"'%1' is a text that may hold a secret, and was left out of the case"_s.arg(key);
    }
    return u"'%1' is not in the case"_s.arg(key);
}

}

Result<std::unique_ptr<CaseStorage>> CaseStorage::open(const QString& path)
{
    auto opened = openCase(path);
    if (!opened)
        return errorOf(opened);
    if (const auto sound = checkRows(*opened); !sound)
        return errorOf(sound);
    std::unique_ptr<CaseStorage> storage(new CaseStorage(opened->path, opened->scratch));
    if (!storage->m_folder.isValid())
        return failure(ErrorKind::Unavailable, u"storage_folder"_s,
                       u"No folder for the files of the case can be made: %1"_s.arg(storage->m_folder.errorString()), u"storage"_s);
    return storage;
}

Result<void> CaseStorage::bring(const QString& key, const CancelToken& cancel)
{
    const std::scoped_lock lock(m_mutex);
    const files::Storage storage(root());
    const auto found = storage.look(key);
    if (!found)
        return errorOf(found);
    if (found->what == files::Found::What::File)
        return {};
    const auto opened = openCase(m_storePath);    // not the case: one of an older version would be copied and brought up again
    if (!opened)
        return errorOf(opened);
    const CaseRepository repository(*opened->database);
    const auto file = repository.file(key);
    if (!file)
        return errorOf(file);
    if (!*file || (*file)->state != FileState::In)
        return failure(ErrorKind::NotFound, u"file_missing"_s, whyNotIn(key, *file ? (*file)->state : FileState::In), u"path"_s);
    const tasks::ActControl control{cancel, {}};
    Meter meter(control, (*file)->sizeBytes);
    return takeContent(repository, **file, storage, meter);
}

}
