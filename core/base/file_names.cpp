// SPDX-License-Identifier: Apache-2.0
#include "core/base/file_names.h"

#include <QFile>

namespace core::base {

QString cutToBytes(QString name, qsizetype mostBytes)
{
    qsizetype bytes = QFile::encodeName(name).size();
    while (bytes > mostBytes && name.size() > 1) {
        qsizetype at = name.size() / 2;
        if (at > 0 && name.at(at).isLowSurrogate() && name.at(at - 1).isHighSurrogate())
            --at;
        const bool isPair = name.at(at).isHighSurrogate() && at + 1 < name.size() && name.at(at + 1).isLowSurrogate();
        const qsizetype units = isPair ? 2 : 1;
        bytes -= QFile::encodeName(name.mid(at, units)).size();
        name.remove(at, units);
    }
    return name;
}

}
