// SPDX-License-Identifier: Apache-2.0
#include "core/captions/fonts.h"

#include "core/captions/ass.h"
#include "core/media/ffmpeg_command.h"
#include "core/media/process.h"

#include <QDir>
#include <QFile>
#include <QSet>

namespace core::captions {

using namespace Qt::StringLiterals;

namespace {

QString plainName(QString font)
{
    font.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return font.toLower();
}

/// Every visible character of the cues, once.
QString charactersOf(const QList<CaptionCue>& cues)
{
    QSet<char32_t> seen;
    QString characters;
    for (const CaptionCue& cue : cues) {
        for (const char32_t c : cue.text.toUcs4()) {
            const auto category = QChar::category(c);
            if (QChar::isSpace(c) || category == QChar::Other_Control || category == QChar::Other_Format || seen.contains(c))
                continue;
            seen.insert(c);
            characters += QString::fromUcs4(&c, 1);
        }
    }
    return characters;
}

}

bool FontReport::isReplaced(const QString& asked) const
{
    return !used.isEmpty() && !plainName(used.first()).startsWith(plainName(asked));
}

void FontReport::readLogLine(QByteArrayView line)
{
    const QByteArray text = line.toByteArray();
    const auto at = text.indexOf("fontselect: ");
    if (at < 0)
        return;
    // fontselect: (DejaVu Sans, 400, 0) -> /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf, 0, DejaVuSans
    if (text.indexOf(") -> ", at) > 0) {
        const QString name = QString::fromUtf8(text.mid(text.lastIndexOf(", ") + 2).trimmed());
        if (!used.contains(name))
            used << name;
        return;
    }
    // fontselect: failed to find any fallback with glyph 0x99AC for font: (DejaVu Sans, 400, 0)
    static const QByteArray mark = "with glyph 0x";
    const auto glyph = text.indexOf(mark, at);
    if (glyph < 0)
        return;
    const auto from = glyph + mark.size();
    const char32_t character = text.mid(from, text.indexOf(' ', from) - from).toUInt(nullptr, 16);
    if (character != 0 && !missingCharacters.contains(QString::fromUcs4(&character, 1)))    // 0 is the box itself
        missingCharacters += QString::fromUcs4(&character, 1);
}

Result<FontReport> checkFonts(const QList<CaptionCue>& cues, const CaptionStyle& style, const QString& folder,
                              const media::RunContext& context)
{
    const QString characters = charactersOf(cues);
    QFile script(QDir(folder).filePath(u"fonts.ass"_s));
    const QByteArray text = toAss({{0, 10'000, characters}}, style, QSize(64, 64));
    if (!script.open(QIODevice::WriteOnly) || script.write(text) != text.size() || !script.flush())
        return failure(ErrorKind::Unavailable, u"work_folder_unusable"_s, u"The captions could not be written"_s, {}, script.errorString());
    script.close();

    FontReport report;
    const auto end = media::runProcess({.program = context.tools.ffmpeg,
                                        .arguments = media::ffmpegHead(u"repeat+level+info"_s) +
                                                     QStringList{u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=size=64x64:rate=1:duration=1"_s,
                                                                 u"-vf"_s, u"ass=fonts.ass"_s, u"-f"_s, u"null"_s, u"-"_s},
                                        .workingFolder = folder,
                                        .onErrorLine = [&](QByteArrayView line) { report.readLogLine(line); }},
                                       context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(media::toolError(*end, u"ffmpeg"_s, script.fileName()));
    if (report.used.isEmpty()) {
        return failure(ErrorKind::Unavailable, u"font_missing"_s,
                       u"No font is installed, so the captions would not show; the Debian package is fonts-dejavu-core"_s, u"style/font"_s,
                       QString::fromUtf8(end->errorTail));
    }
    if (report.missingCharacters.size() >= characters.size()) {
        return failure(ErrorKind::Unavailable, u"font_missing"_s, u"No installed font has the characters of these captions"_s,
                       u"style/font"_s, report.missingCharacters.left(100));
    }
    return report;
}

}
