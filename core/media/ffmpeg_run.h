// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/input_check.h"
#include "core/media/process.h"
#include "core/media/progress.h"

#include <QString>
#include <QStringList>

namespace core::media {

/// Runs ffmpeg with these arguments on `input`; exit codes other than 0 become errors (toolError). Exit code 0 is no proof of
/// an output: judge it. `reader` hears the `-progress` lines.
[[nodiscard]] Result<ProcessEnd> runFfmpeg(const QStringList& arguments, const InputFile& input, ProgressReader& reader,
                                           const RunContext& context);

/// A file that is being written: gone again unless somebody says that it is whole.
class UnfinishedFile {
public:
    explicit UnfinishedFile(const QString& path) : m_path(path) {}
    ~UnfinishedFile();
    Q_DISABLE_COPY_MOVE(UnfinishedFile)

    void keep() { m_kept = true; }

private:
    QString m_path;
    bool m_kept = false;
};

}
