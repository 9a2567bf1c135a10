// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job_columns.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace ui;
using namespace Qt::StringLiterals;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& left, const QColor& right)
{
    const double a = luminance(left);
    const double b = luminance(right);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

const QList<JobState> allStates{JobState::Pending,   JobState::Running,     JobState::Done,   JobState::Failed,
                                JobState::Cancelled, JobState::CancelAsked, JobState::Unknown};

}

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    /// First of all: also before anybody gave the program a font, roles are fonts of their own.
    void rolesDifferFromTheBodyTheyAreMadeOf()
    {
        const auto pixels = [](TextRole role) { return QFontInfo(textFont(role)).pixelSize(); };
        QVERIFY(pixels(TextRole::Small) < pixels(TextRole::Body));
        QVERIFY(pixels(TextRole::Title) > pixels(TextRole::Body));
        QCOMPARE(textFont(TextRole::SmallEmphasis).weight(), QFont::DemiBold);
        QVERIFY(QFontInfo(textFont(TextRole::Mono)).fixedPitch());
        const int before = pixels(TextRole::Title);
        QFont larger = QApplication::font();
        larger.setPixelSize(2 * QFontInfo(larger).pixelSize());
        const QFont original = QApplication::font();
        QApplication::setFont(larger);
        const int after = pixels(TextRole::Title);
        QApplication::setFont(original);
        QCOMPARE(after, 2 * before);
        QCOMPARE(pixels(TextRole::Title), before);
    }

    void theStatusColumnShowsEveryStatusWhole_data()
    {
        QTest::addColumn<QString>("word");
        for (const QString& word : {u"PENDING"_s, u"RUNNING"_s, u"DONE"_s, u"FAILED"_s, u"CANCELLED"_s})
            QTest::newRow(qUtf8Printable(word)) << word;
    }
    void theStatusColumnShowsEveryStatusWhole()
    {
        QFETCH(QString, word);
        const int besides = scaled(firstCellPadding) + scaled(statusIcon) + scaled(statusGap) + scaled(cellPadding);
        const int width = QFontMetrics(textFont(TextRole::SmallEmphasis)).horizontalAdvance(word);
        QVERIFY2(width + besides <= defaultWidth(JobColumn::Status), qPrintable(QString::number(width)));
    }

    void everyInkReadsOnEveryGroundItMeets_data()
    {
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<double>("least");
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            const QByteArray which = theme->isDark ? "dark " : "light ";
            const auto row = [&](const QByteArray& name, const QColor& ink, const QColor& ground, double least) {
                QTest::newRow((which + name).constData()) << ink << ground << least;
            };
            const QList<std::pair<QByteArray, QColor>> grounds{{"base", theme->base},
                                                               {"code", theme->alternateBase},
                                                               {"window", theme->window},
                                                               {"selection", theme->highlight},
                                                               {"pale selection", theme->inactiveHighlight}};
            for (const auto& [name, ground] : grounds) {
                row("text on " + name, theme->text, ground, 4.5);
                row("text 2 on " + name, theme->text2, ground, 4.5);
                row("text 3 on " + name, theme->text3, ground, 4.5);
                row("accent on " + name, theme->accent, ground, 4.5);
            }
            row("text 2 on sidebar", theme->text2, theme->sidebar, 4.5);
            row("text on button", theme->text, theme->button, 4.5);
            row("text on accent", theme->textOnAccent, theme->accent, 4.5);
            row("selected text", theme->highlightedText, theme->highlight, 4.5);
            row("tool tip", theme->toolTipText, theme->toolTip, 4.5);
            for (const StateInk* ink : {&theme->added, &theme->removed, &theme->hit})
                row("own fill " + ink->ink.name().toLatin1(), ink->ink, ink->fill, 4.5);
            for (const JobState state : allStates) {
                const QByteArray name = stateIconName(state).toLatin1();
                row(name + " on base", theme->state(state).ink, theme->base, 4.5);
                row(name + " on selection", theme->state(state).ink, theme->highlight, 4.5);
                row(name + " on its fill", theme->state(state).ink, theme->state(state).fill, 4.5);
            }
            row("weak word", theme->text, theme->wordUnder75, 4.5);
            row("very weak word", theme->text, theme->wordUnder50, 4.5);
            // marks and lines that say something
            row("outline on base", theme->outline, theme->base, 3);
            row("outline on window", theme->outline, theme->window, 3);
            row("chart done", theme->chartDone, theme->base, 3);
            row("chart cancelled", theme->chartCancelled, theme->base, 3);
            row("cue", theme->cue, theme->base, 3);
            row("weak cue", theme->weakCue, theme->base, 3);
        }
        for (const auto environment : {Environment::Embedded, Environment::Development, Environment::Staging, Environment::Production})
            QTest::newRow(environmentColor(environment).name().toLatin1().constData())
                << environmentTextColor() << environmentColor(environment) << 4.5;
    }
    void everyInkReadsOnEveryGroundItMeets()
    {
        QFETCH(QColor, ink);
        QFETCH(QColor, ground);
        QFETCH(double, least);
        const double found = contrast(ink, ground);
        QVERIFY2(found >= least, qPrintable(u"%1 on %2 is only %3"_s.arg(ink.name(), ground.name()).arg(found)));
    }

    void statesDifferInOutlineWhenDrawnInOneColour()
    {
        QList<QImage> drawn;
        for (const JobState state : allStates)
            drawn << iconPixmap(stateIconName(state), lightTheme().text, 16, 2).toImage();
        for (qsizetype i = 0; i < drawn.size(); ++i) {
            for (qsizetype j = i + 1; j < drawn.size(); ++j) {
                int different = 0;
                for (int y = 0; y < drawn[i].height(); ++y) {
                    for (int x = 0; x < drawn[i].width(); ++x)
                        different += qAbs(qAlpha(drawn[i].pixel(x, y)) - qAlpha(drawn[j].pixel(x, y))) > 127;
                }
                QVERIFY2(different > 40, qPrintable(stateIconName(allStates[i]) + u" and "_s + stateIconName(allStates[j])));
            }
        }
    }

    /// Made before the desktop's theme was known, and still its own: an icon is looked for when it is drawn.
    void theDesktopsIconComesBeforeOurs()
    {
        const QStringList paths = QIcon::themeSearchPaths();
        const QString theme = QIcon::themeName();
        const auto back = qScopeGuard([&] {
            QIcon::setThemeSearchPaths(paths);
            QIcon::setThemeName(theme);
        });
        const QIcon known = actionIcon(u"edit-copy"_s);
        const QIcon unknown = actionIcon(u"edit-find"_s);
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(u"desk/16"_s));
        QFile index(folder.filePath(u"desk/index.theme"_s));
        QVERIFY(index.open(QIODevice::WriteOnly));
        index.write("[Icon Theme]\nName=desk\nDirectories=16\n[16]\nSize=16\nType=Fixed\n");
        index.close();
        QImage red(16, 16, QImage::Format_ARGB32);
        red.fill(Qt::red);
        QVERIFY(red.save(folder.filePath(u"desk/16/edit-copy.png"_s)));
        QIcon::setThemeSearchPaths({folder.path()});
        QIcon::setThemeName(u"desk"_s);
        QCOMPARE(known.pixmap(QSize(16, 16), 1.0).toImage().pixelColor(8, 8), QColor(Qt::red));
        QImage painted(16, 16, QImage::Format_ARGB32);
        painted.fill(Qt::white);
        QPainter painter(&painted);
        known.paint(&painter, painted.rect());
        painter.end();
        QCOMPARE(painted.pixelColor(8, 8), QColor(Qt::red));
        for (const qreal scale : {1.0, 1.5, 2.0})
            QCOMPARE(unknown.pixmap(QSize(16, 16), scale).toImage(), ownIcon(u"edit-find"_s).pixmap(QSize(16, 16), scale).toImage());
    }

    void aPaletteKnowsItsTheme()
    {
        QVERIFY(!themeOf(lightTheme().palette()).isDark);
        QVERIFY(themeOf(darkTheme().palette()).isDark);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
