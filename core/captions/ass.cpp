// SPDX-License-Identifier: Apache-2.0
#include "core/captions/ass.h"

#include <algorithm>

namespace core::captions {

using namespace Qt::StringLiterals;

namespace {

constexpr int styleSide = 1080;    // the shorter side of the picture that a style's sizes are for

struct RoundedCue {
    qint64 start = 0;    // centiseconds
    qint64 end = 0;
    QString text;
};

qint64 centiseconds(qint64 ms)
{
    return (std::max<qint64>(ms, 0) + 5) / 10;
}

QList<RoundedCue> roundedCues(QList<CaptionCue> cues)
{
    std::stable_sort(cues.begin(), cues.end(), [](const CaptionCue& a, const CaptionCue& b) { return a.startMs < b.startMs; });
    QList<RoundedCue> rounded;
    qint64 previousEndMs = 0;
    for (const CaptionCue& cue : cues) {
        if (cue.text.trimmed().isEmpty())
            continue;
        RoundedCue next{centiseconds(cue.startMs), centiseconds(cue.endMs), cue.text};
        if (!rounded.isEmpty() && cue.startMs >= previousEndMs)
            next.start = std::max(next.start, rounded.last().end);    // the one before may have been lengthened
        next.end = std::max(next.end, next.start + 1);
        previousEndMs = cue.endMs;
        rounded << next;
    }
    return rounded;
}

QString clockText(qint64 time)
{
    const QChar zero(u'0');
    return u"%1:%2:%3.%4"_s.arg(time / 360'000)
        .arg(time / 6000 % 60, 2, 10, zero)
        .arg(time / 100 % 60, 2, 10, zero)
        .arg(time % 100, 2, 10, zero);
}

/// "#RRGGBB" as &HAABBGGRR: blue first, and an alpha of 00 is opaque.
QString colorText(const QString& color)
{
    return u"&H00"_s + color.mid(5, 2).toUpper() + color.mid(3, 2).toUpper() + color.mid(1, 2).toUpper();
}

int alignmentOf(CaptionPosition position)
{
    switch (position) {    // as on a numeric keypad
    case CaptionPosition::Bottom: return 2;
    case CaptionPosition::Middle: return 5;
    case CaptionPosition::Top: return 8;
    }
    Q_UNREACHABLE();
}

QString styleLine(const CaptionStyle& style, QSize picture)
{
    const double scale = static_cast<double>(std::min(picture.width(), picture.height())) / styleSide;
    const QString size = QString::number(style.fontSize * scale, 'f', 2);
    const QString outline = QString::number(style.outline * scale, 'f', 2);
    const QString margin = QString::number(qRound(style.marginPx * scale));
    const QString flag = u"-1"_s;
    return u"Style: Caption,"_s +
           QStringList{style.font.trimmed(),
                       size,
                       colorText(style.primaryColor),
                       colorText(style.primaryColor),
                       colorText(style.outlineColor),
                       u"&H80000000"_s,
                       style.bold ? flag : u"0"_s,
                       style.italic ? flag : u"0"_s,
                       u"0,0,100,100,0,0,1"_s,
                       outline,
                       u"0"_s,
                       QString::number(alignmentOf(style.position)),
                       margin,
                       margin,
                       margin,
                       u"1"_s}
               .join(u',') +
           u'\n';
}

}

QString escapedForAss(const QString& text)
{
    QString escaped;
    escaped.reserve(text.size() + 8);
    for (const QChar c : text) {
        if (c == u'\\')
            escaped += u"\\\u2060"_s;    // a word joiner, so that no letter after it makes an escape
        else if (c == u'{' || c == u'}')
            escaped += u'\\' + QString(c);
        else if (c == u'\n' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            escaped += u"\\N"_s;
        else if (c == u'\t')
            escaped += u' ';
        else if (c.category() != QChar::Other_Control)
            escaped += c;
    }
    return escaped;
}

QByteArray toAss(const QList<CaptionCue>& cues, const CaptionStyle& style, QSize picture)
{
    QString script = u"[Script Info]\nScriptType: v4.00+\nPlayResX: %1\nPlayResY: %2\nWrapStyle: 0\nScaledBorderAndShadow: yes\n\n"_s
                         .arg(picture.width())
                         .arg(picture.height());
    script += u"[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
              u"Underline, "
              "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"_s;
    script += styleLine(style, picture);
    script += u"\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"_s;
    for (const RoundedCue& cue : roundedCues(cues)) {
        script += u"Dialogue: 0,"_s + clockText(cue.start) + u',' + clockText(cue.end) + u",Caption,,0,0,0,,"_s +
                  escapedForAss(cue.text.trimmed()) + u'\n';
    }
    return script.toUtf8();
}

}
