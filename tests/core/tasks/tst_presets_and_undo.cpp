// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/undo.h"
#include "tests/support/store_fixture.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::StoreFixture;

class TestPresetsAndUndo : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    TaskService& service() { return m_store->service(); }
    PresetId saved(const QString& name, double size = 40)
    {
        PresetDraft draft;
        draft.name = name;
        draft.style.fontSize = size;
        return service().savePreset(m_store->caller, draft).value_or(PresetId{});
    }
    QList<captions::StoredPreset> presets() { return captions::PresetRepository(m_store->database()).all().value(); }
    jobs::JournalEntry newestEntry() { return jobs::JournalRepository(m_store->database()).newest({}, 1)->constFirst(); }
    /// The clock moves, so that the journal has an order.
    void later() { m_store->now += std::chrono::seconds{1}; }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }

    void aPresetIsMadeChangedAndRemovedWithItsJournal()
    {
        const PresetId id = saved(u"  Loud  "_s);
        QCOMPARE(presets().constFirst().name, u"Loud"_s);
        QVERIFY(newestEntry().before == std::nullopt && newestEntry().after);
        later();
        PresetDraft draft{id, u"Louder"_s, {}, {}};
        draft.style.bold = true;
        QVERIFY(service().savePreset(m_store->caller, draft));
        QCOMPARE(presets().size(), 1);
        QVERIFY(presets().constFirst().style.contains("\"bold\":true"));
        QVERIFY(presets().constFirst().updatedAt > presets().constFirst().createdAt);
        QCOMPARE(newestEntry().action, u"preset_save"_s);
        QVERIFY(newestEntry().before->contains("Loud"));
        later();
        QVERIFY(service().removePreset(m_store->caller, id));
        QVERIFY(presets().isEmpty());
        QCOMPARE(newestEntry().action, u"preset_remove"_s);
        QVERIFY(!newestEntry().after);
    }

    void aChangeKeepsWhatItDoesNotKnow()
    {
        const PresetId id = saved(u"Loud"_s);
        const QByteArray stored = R"({ "x_future" : [1, {"deep":1e2}], "font_size":40.0, "bold":false , "odd":"é"})"_ba;
        m_store->exec(("UPDATE caption_presets SET style = '" + stored + "'").constData());
        PresetDraft draft{id, u"Loud"_s, {}, {}};
        draft.style.fontSize = 40;
        draft.style.bold = true;
        QVERIFY(service().savePreset(m_store->caller, draft));
        QCOMPARE(presets().constFirst().style, QByteArray(stored).replace("false", "true"));
        draft.style.italic = true;
        QVERIFY(service().savePreset(m_store->caller, draft));
        QVERIFY(presets().constFirst().style.contains("x_future"));
        QVERIFY(presets().constFirst().style.contains("\"italic\":true"));
    }

    void theSecondOfTwoEditorsIsToldInsteadOfWinning()
    {
        const PresetId id = saved(u"Loud"_s);
        const Time readAt = presets().constFirst().updatedAt;
        later();
        PresetDraft first{id, u"Louder"_s, {}, {}, readAt};
        QVERIFY(service().savePreset(m_store->caller, first));
        const QByteArray before = dump(m_store->database());
        const auto second = service().savePreset(m_store->caller, {id, u"Quieter"_s, {}, {}, readAt});
        QVERIFY(!second);
        QCOMPARE(second.error().code, u"preset_overtaken"_s);
        QCOMPARE(dump(m_store->database()), before);
        first.readAt = presets().constFirst().updatedAt;
        QVERIFY(service().savePreset(m_store->caller, first));
    }

    void aJournalRowWithoutThePresetIsRefused()
    {
        saved(u"Loud"_s);
        m_store->exec("UPDATE operator_journal SET before = NULL, after = NULL, target = 'preset:gone'");
        const auto undone = service().undo(m_store->caller, newestEntry().id);
        QVERIFY(!undone);
        QCOMPARE(undone.error().code, u"journal_malformed"_s);
    }

    void whatCannotBeSavedIsRefusedByItsField_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("font");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");
        QTest::newRow("no name") << u" "_s << u"DejaVu Sans"_s << QString() << u"preset_name"_s << u"name"_s;
        QTest::newRow("two lines") << u"a\nb"_s << u"DejaVu Sans"_s << QString() << u"preset_name"_s << u"name"_s;
        QTest::newRow("long") << QString(121, u'x') << u"DejaVu Sans"_s << QString() << u"preset_name"_s << u"name"_s;
        QTest::newRow("a font with a comma") << u"a"_s << u"A,B"_s << QString() << u"bad_style"_s << u"style/font"_s;
        QTest::newRow("taken") << u"TAKEN"_s << u"DejaVu Sans"_s << QString() << u"preset_name_taken"_s << u"name"_s;
        QTest::newRow("a built-in one's name") << u"clean"_s << u"DejaVu Sans"_s << QString() << u"preset_name_taken"_s << u"name"_s;
        QTest::newRow("built in") << u"a"_s << u"DejaVu Sans"_s << u"builtin-clean"_s << u"preset_builtin"_s << u"id"_s;
        QTest::newRow("unknown") << u"a"_s << u"DejaVu Sans"_s << u"nobody"_s << u"preset_unknown"_s << u"id"_s;
    }
    void whatCannotBeSavedIsRefusedByItsField()
    {
        QFETCH(QString, name);
        QFETCH(QString, font);
        QFETCH(QString, id);
        QVERIFY(!saved(u"Taken"_s).isEmpty());
        const QByteArray before = dump(m_store->database());
        PresetDraft draft;
        if (!id.isEmpty())
            draft.id = PresetId{id};
        draft.name = name;
        draft.style.font = font;
        const auto answer = service().savePreset(m_store->caller, draft);
        QVERIFY(!answer);
        QTEST(answer.error().code, "code");
        QTEST(answer.error().field, "field");
        QCOMPARE(dump(m_store->database()), before);
    }

    void aBuiltinPresetIsNotRemoved()
    {
        const auto answer = service().removePreset(m_store->caller, PresetId{u"builtin-clean"_s});
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, u"preset_builtin"_s);
    }

    void aPresetComesBackUnderItsOwnId()
    {
        const PresetId id = saved(u"Loud"_s, 77);
        const auto was = presets().constFirst();
        later();
        QVERIFY(service().removePreset(m_store->caller, id));
        later();
        QVERIFY(service().undo(m_store->caller, newestEntry().id));
        QCOMPARE(presets().constFirst().id, id);
        QCOMPARE(presets().constFirst().style, was.style);
        QVERIFY(newestEntry().reason.startsWith(u"Undoes preset_remove of "_s));
        later();
        QVERIFY(service().undo(m_store->caller, newestEntry().id));    // an undoing can be undone
        QVERIFY(presets().isEmpty());
    }

    void aChangeIsTakenBackAndAMakingToo()
    {
        const PresetId id = saved(u"Loud"_s, 40);
        const JournalId made = newestEntry().id;
        later();
        PresetDraft draft{id, u"Loud"_s, {}, {}};
        draft.style.fontSize = 50;
        QVERIFY(service().savePreset(m_store->caller, draft));
        const JournalId changed = newestEntry().id;
        later();
        const auto tooEarly = service().undo(m_store->caller, made);
        QVERIFY(!tooEarly);
        QCOMPARE(tooEarly.error().code, u"undo_overtaken"_s);
        QVERIFY(service().undo(m_store->caller, changed));
        QVERIFY(presets().constFirst().style.contains("\"font_size\":40"));
        later();
        QVERIFY(service().undo(m_store->caller, made));    // now the preset is again as its making left it
        QVERIFY(presets().isEmpty());
    }

    void aPauseIsTakenBackOnce()
    {
        QVERIFY(service().setQueuePaused(m_store->caller, true));
        const JournalId paused = newestEntry().id;
        later();
        QVERIFY(service().undo(m_store->caller, paused));
        QCOMPARE(newestEntry().action, u"resume"_s);
        const auto again = service().undo(m_store->caller, paused);
        QVERIFY(!again);
        QCOMPARE(again.error().code, u"undo_overtaken"_s);
    }

    void whatHasNoInverseSaysSo()
    {
        (void)m_store->submit(JobType::MediaProbe);
        const auto answer = service().undo(m_store->caller, newestEntry().id);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, u"undo_impossible"_s);
        QVERIFY(!canUndo(u"cancel"_s));
        const auto unknown = service().undo(m_store->caller, JournalId{u"nobody"_s});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, u"journal_unknown"_s);
    }

    void aReaderChangesNothing()
    {
        const PresetId id = saved(u"Loud"_s);
        const JournalId entry = newestEntry().id;
        const QByteArray before = dump(m_store->database());
        Caller reader = m_store->caller;
        reader.readOnly = true;
        QCOMPARE(service().savePreset(reader, {id, u"x"_s, {}, {}}).error().code, u"read_only"_s);
        QCOMPARE(service().removePreset(reader, id).error().code, u"read_only"_s);
        QCOMPARE(service().undo(reader, entry).error().code, u"read_only"_s);
        QCOMPARE(dump(m_store->database()), before);
    }

    void anExplanationNamesTheTwinAndChangesNothing()
    {
        SubmitRequest request;
        request.type = JobType::SilenceDetect;
        request.input = test_support::sampleInput(request.type);
        const QByteArray empty = dump(m_store->database());
        const auto fresh = service().explainSubmit(m_store->caller, request);
        QVERIFY(fresh);
        QVERIFY(!fresh->answer.reused && !fresh->twin && fresh->answer.jobId.isEmpty());
        QVERIFY(fresh->meaning.contains("\"min_silence_ms\":"));
        QCOMPARE(dump(m_store->database()), empty);

        const auto first = service().submit(m_store->caller, request);
        const QByteArray withOne = dump(m_store->database());
        const auto twin = service().explainSubmit(m_store->caller, request);
        QVERIFY(twin && twin->answer.reused && twin->twin);
        QCOMPARE(twin->twin->id, first->jobId);
        QVERIFY(twin->answer.sameFields.contains(u"/file_path"_s));
        QCOMPARE(dump(m_store->database()), withOne);

        request.force = true;
        QVERIFY(!service().explainSubmit(m_store->caller, request)->answer.reused);
        request.input = R"({"file_path":"inputs/none.mp4"})";
        const auto missing = service().explainSubmit(m_store->caller, request);
        QVERIFY(!missing);
        QCOMPARE(missing.error().field, u"/file_path"_s);
    }
};

QTEST_GUILESS_MAIN(TestPresetsAndUndo)
#include "tst_presets_and_undo.moc"
