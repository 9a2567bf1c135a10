// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/clipboard_text.h"

#include <QClipboard>
#include <QGuiApplication>

namespace ui {

namespace {

constexpr qsizetype copiedAtOnce = 64 * 1024;

}

void copyText(core::Lane* lane, QObject* owner, qsizetype cost, const std::function<QString()>& make)
{
    if (!lane || cost <= copiedAtOnce) {
        QGuiApplication::clipboard()->setText(make());
        return;
    }
    core::whenDone(lane->run([make]() -> core::Result<QString> { return make(); }), owner, [](const core::Result<QString>& text) {
        if (text)
            QGuiApplication::clipboard()->setText(*text);
    });
}

}
