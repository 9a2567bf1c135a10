// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl_process.h"

#include <QTest>

using namespace Qt::StringLiterals;
using test::CtlProcess;
using test::Run;

class TestCtlPresets : public QObject {
    Q_OBJECT

private slots:
    void init() { m_ctl = std::make_unique<CtlProcess>(); }
    void cleanup() { m_ctl.reset(); }

    void aPresetIsSavedChangedAndRemoved()
    {
        const int builtin = static_cast<int>(list().size());
        QVERIFY(builtin > 0);
        const QString id = save({u"News"_s, u"--from"_s, u"builtin-bold"_s, u"--set"_s, u"font_size=48"_s, u"--set"_s, u"position=top"_s});
        QJsonObject row = rowOf(id);
        QCOMPARE(row[u"name"].toString(), u"News"_s);
        QCOMPARE(row[u"style"].toObject()[u"font_size"].toDouble(), 48.0);
        QCOMPARE(row[u"style"].toObject()[u"primary_color"].toString(), u"#FFD84A"_s);
        QCOMPARE(save({u"--id"_s, id, u"--set"_s, u"italic=true"_s}), id);
        row = rowOf(id);
        QCOMPARE(row[u"name"].toString(), u"News"_s);
        QVERIFY(row[u"style"].toObject()[u"italic"].toBool());
        QCOMPARE(row[u"style"].toObject()[u"position"].toString(), u"top"_s);
        QVERIFY(m_ctl->run({u"presets"_s}).out.contains("News"));
        EXITS(m_ctl->run({u"presets"_s, u"remove"_s, id.left(3)}), 5);
        EXITS(m_ctl->run({u"presets"_s, u"remove"_s, id}), 0);
        QCOMPARE(list().size(), builtin);
        QCOMPARE(actions(), (QStringList{u"preset_remove"_s, u"preset_save"_s, u"preset_save"_s}));
    }

    void whatIsWrongNamesItsField_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");
        QTest::newRow("no name") << QStringList{u"save"_s, u" "_s} << 5 << u"preset_name"_s << u"name"_s;
        QTest::newRow("taken") << QStringList{u"save"_s, u"clean"_s} << 4 << u"preset_name_taken"_s << u"name"_s;
        QTest::newRow("colour") << QStringList{u"save"_s, u"A"_s, u"--set"_s, u"primary_color=red"_s} << 5 << u"bad_style"_s
                                << u"style/primary_color"_s;
        QTest::newRow("number") << QStringList{u"save"_s, u"A"_s, u"--set"_s, u"font_size=big"_s} << 5 << u"bad_style"_s
                                << u"style/font_size"_s;
        QTest::newRow("key") << QStringList{u"save"_s, u"A"_s, u"--set"_s, u"shadow=2"_s} << 5 << u"bad_style"_s << u"style/shadow"_s;
        QTest::newRow("built in") << QStringList{u"save"_s, u"A"_s, u"--id"_s, u"builtin-bold"_s} << 4 << u"preset_builtin"_s << u"id"_s;
        QTest::newRow("built in, removed") << QStringList{u"remove"_s, u"builtin-bold"_s} << 4 << u"preset_builtin"_s << u"id"_s;
        QTest::newRow("unknown") << QStringList{u"remove"_s, u"018f0000-none"_s} << 3 << u"preset_unknown"_s << u"id"_s;
        QTest::newRow("read only") << QStringList{u"save"_s, u"A"_s, u"--read-only"_s} << 4 << u"read_only"_s << QString();
    }
    void whatIsWrongNamesItsField()
    {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QCOMPARE(save({u"Mine"_s}).size(), 36);
        const Run refused = m_ctl->run(QStringList{u"presets"_s} + words + QStringList{u"--json"_s});
        EXITS(refused, exitCode);
        QTEST(refused.error()[u"code"].toString(), "code");
        QTEST(refused.error()[u"field"].toString(), "field");
        QCOMPARE(actions(), QStringList{u"preset_save"_s});
    }

    void anActIsUndoneOnceAndNotOverWhatCameAfter()
    {
        const QString id = save({u"Mine"_s, u"--set"_s, u"outline=1"_s});
        QCOMPARE(save({u"--id"_s, id, u"--set"_s, u"outline=2"_s}), id);
        const QString change = journal().first().toObject()[u"id"].toString();
        QVERIFY(m_ctl->run({u"journal"_s}).out.contains(change.toUtf8()));
        EXITS(m_ctl->run({u"undo"_s, change, u"--read-only"_s}), 4);
        EXITS(m_ctl->run({u"undo"_s, change}), 0);
        QCOMPARE(rowOf(id)[u"style"].toObject()[u"outline"].toDouble(), 1.0);
        QCOMPARE(journal().first().toObject()[u"reason"].toString(), u"Undoes preset_save of "_s + change);
        const Run overtaken = m_ctl->run({u"undo"_s, change, u"--json"_s});
        EXITS(overtaken, 4);
        QCOMPARE(overtaken.error()[u"code"].toString(), u"undo_overtaken"_s);
        EXITS(m_ctl->run({u"presets"_s, u"remove"_s, id}), 0);
        EXITS(m_ctl->run({u"undo"_s, journal().first().toObject()[u"id"].toString()}), 0);
        QCOMPARE(rowOf(id)[u"name"].toString(), u"Mine"_s);
        EXITS(m_ctl->run({u"undo"_s, u"018f0000-none"_s}), 3);
    }

private:
    [[nodiscard]] QJsonArray list() const { return m_ctl->run({u"presets"_s, u"--json"_s}).array(); }
    [[nodiscard]] QJsonArray journal() const { return m_ctl->run({u"journal"_s, u"--json"_s}).array(); }
    [[nodiscard]] QString save(const QStringList& words) const
    {
        return m_ctl->run(QStringList{u"presets"_s, u"save"_s} + words + QStringList{u"--json"_s}).object()[u"id"].toString();
    }
    [[nodiscard]] QJsonObject rowOf(const QString& id) const
    {
        const QJsonArray all = list();
        for (const auto& row : all) {
            if (row.toObject()[u"id"].toString() == id)
                return row.toObject();
        }
        return {};
    }
    [[nodiscard]] QStringList actions() const
    {
        QStringList found;
        const QJsonArray all = journal();
        for (const auto& row : all)
            found << row.toObject()[u"action"].toString();
        return found;
    }

    std::unique_ptr<CtlProcess> m_ctl;
};

QTEST_GUILESS_MAIN(TestCtlPresets)
#include "tst_ctl_presets.moc"
