// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/file_look.h"

#include <QFileInfo>

namespace ui {

core::Pending<QList<LocalFile>> lookAt(core::Lane& lane, const QStringList& paths)
{
    return lane.run([paths]() -> core::Result<QList<LocalFile>> {
        QList<LocalFile> files;
        for (const QString& path : paths) {
            const QFileInfo file(path);
            files << LocalFile{path, file.size(), file.isDir()};
        }
        return files;
    });
}

QStringList localPaths(const QList<QUrl>& urls)
{
    QStringList paths;
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

}
