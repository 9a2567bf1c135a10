// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/expectations.h"
#include "core/scenarios/faults.h"
#include "tests/core/scenarios/history.h"

#include <QTest>

using namespace core;
using namespace core::scenarios;
using namespace Qt::StringLiterals;
using test_support::History;
using test_support::story;

Q_DECLARE_METATYPE(core::scenarios::Fault)

/// The fault bench: what each fault does to a job that went well.
class TestFaults : public QObject {
    Q_OBJECT

private slots:
    void eachFaultEndsWhereTheStagesSay_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<int>("step");
        QTest::addColumn<QStringList>("went");
        QTest::addColumn<int>("faulty");
        QTest::addColumn<QString>("ended");    // stage, verdict and answer of the faulty one
        const QString first = u"applied RUNNING 10%"_s;
        const QString second = u"applied RUNNING 60%"_s;
        const QString done = u"applied DONE 100%"_s;
        QTest::newRow("sent twice") << Fault::SentTwice << 2 << QStringList{first, second, done, u"duplicate DONE 100%"_s} << 3
                                    << u"ignore valid 200"_s;
        QTest::newRow("late") << Fault::Late << 0 << QStringList{second, done, u"ignored_terminal DONE 100%"_s} << 2
                              << u"ignore valid 200"_s;
        QTest::newRow("old stamp") << Fault::OldStamp << 1 << QStringList{first, u"rejected RUNNING 10%"_s, done} << 1
                                   << u"receive too_old 401"_s;
        QTest::newRow("out of order") << Fault::OutOfOrder << 0 << QStringList{second, u"stale RUNNING 60%"_s, done} << 1
                                      << u"ignore valid 200"_s;
        QTest::newRow("after the end") << Fault::OutOfOrder << 1 << QStringList{first, done, u"ignored_terminal DONE 100%"_s} << 2
                                       << u"ignore valid 200"_s;
        QTest::newRow("after a cancel") << Fault::AfterCancel << 2
                                        << QStringList{first, second, u"cancelled CANCELLED 60%"_s, u"ignored_terminal CANCELLED 60%"_s}
                                        << 3 << u"ignore valid 200"_s;
        QTest::newRow("bad signature") << Fault::BadSignature << 1 << QStringList{first, u"rejected RUNNING 10%"_s, done} << 1
                                       << u"receive wrong 401"_s;
        QTest::newRow("truncated") << Fault::Truncated << 2 << QStringList{first, second, u"rejected RUNNING 60%"_s} << 2
                                   << u"receive valid 400"_s;
    }
    void eachFaultEndsWhereTheStagesSay()
    {
        QFETCH(Fault, fault);
        QFETCH(int, step);
        History history;
        const Scenario scenario = history.scenario();
        const auto faulted = withFault(scenario, fault, step);
        QVERIFY(faulted);
        QTEST(int(faulted->step), "faulty");
        QCOMPARE(faulted->scenario.steps.at(faulted->step).note, faultName(fault));
        const auto run = play(faulted->scenario).value();
        QTEST(story(run), "went");
        const StepResult& ended = run.steps.at(faulted->step);
        QTEST((u"%1 %2 %3"_s.arg(webhooks::stageName(ended.outcome->stageReached), webhooks::verdictName(ended.outcome->verdict))
                   .arg(ended.httpStatus)),
              "ended");
        // What changed nothing has left no row.
        if (ended.answer != "applied"_L1) {
            QCOMPARE(run.at(faulted->step + 1).events, run.at(faulted->step).events);
            QCOMPARE(run.at(faulted->step + 1).job, run.at(faulted->step).job);
        }
    }

    void theMomentsStillGrow()
    {
        History history;
        const Scenario scenario = history.scenario();
        for (const Fault fault : allFaults) {
            const auto faulted = withFault(scenario, fault, usualStep(scenario, fault).value()).value().scenario;
            for (qsizetype step = 1; step < faulted.steps.size(); ++step)
                QVERIFY2(faulted.steps.at(step - 1).at <= faulted.steps.at(step).at, qPrintable(faultName(fault)));
        }
    }

    void faultsAddUp()
    {
        History history;
        auto twice = withFault(history.scenario(), Fault::SentTwice, 2).value();
        const auto both = withFault(twice.scenario, Fault::BadSignature, twice.step).value();
        QCOMPARE(both.scenario.steps.at(3).note, u"sent-twice, bad-signature"_s);
        QCOMPARE(play(both.scenario)->steps.at(3).httpStatus, 401);
    }

    void aTrustedReportCanHaveThemToo()
    {
        test_support::StoreFixture store;
        const JobId id = store.submit(JobType::MediaProbe);
        const auto report = test_support::trustedReport(id, R"({"status":"RUNNING","event_id":"e"})");
        QVERIFY(store.service().recordWebhookEvents({report}, tasks::Mode::Apply));
        const Scenario scenario = storedScenario(store.database(), store.storage(), id).value();
        const auto code = [&](Fault fault) {
            const auto faulted = withFault(scenario, fault, 0).value();
            return play(faulted.scenario)->steps.at(faulted.step).httpStatus;
        };
        QCOMPARE(code(Fault::BadSignature), 401);
        QCOMPARE(code(Fault::OldStamp), 401);
        QCOMPARE(code(Fault::Truncated), 400);
        QCOMPARE(code(Fault::SentTwice), 200);
    }

    void whatCannotBeIsRefused()
    {
        History history;
        Scenario scenario = history.scenario();
        QCOMPARE(withFault(scenario, Fault::SentTwice, 3).error().code, u"fault_step"_s);
        QCOMPARE(withFault(scenario, Fault::SentTwice, -1).error().code, u"fault_step"_s);
        QCOMPARE(withFault(scenario, Fault::Late, 2).error().code, u"fault_is_last"_s);
        QCOMPARE(withFault(scenario, Fault::OutOfOrder, 2).error().code, u"fault_is_last"_s);
        std::get<Deliver>(scenario.steps[1].act).body.clear();
        QCOMPARE(withFault(scenario, Fault::Truncated, 1).error().code, u"fault_empty_body"_s);
        scenario.steps[0].act = Take{};
        QCOMPARE(withFault(scenario, Fault::Truncated, 0).error().code, u"fault_not_delivery"_s);
        scenario.steps = {scenario.steps.at(0)};
        QVERIFY(!usualStep(scenario, Fault::Late));
    }

    void whatWasExpectedGoesWithTheFault()
    {
        History history;
        Scenario scenario = history.scenario();
        scenario = expecting(scenario, play(scenario).value());
        QCOMPARE(expectedSteps(scenario), 3);
        QVERIFY(deviations(scenario, play(scenario).value()).isEmpty());
        QCOMPARE(expectedSteps(withFault(scenario, Fault::SentTwice, 2)->scenario), 0);
    }

    void aDeviationNamesStepAndField()
    {
        History history;
        Scenario scenario = history.scenario();
        scenario = expecting(scenario, play(scenario).value());
        scenario.steps[1].expected->progressPct = 61;
        scenario.steps[2].expected->artifacts = 7;
        const auto all = deviations(scenario, play(scenario).value());
        QCOMPARE(all, (QList<Deviation>{{1, u"progress_pct"_s, u"61"_s, u"60"_s}, {2, u"artifacts"_s, u"7"_s, u"3"_s}}));
    }

    void namesAreReadBack()
    {
        for (const Fault fault : allFaults) {
            QCOMPARE(parseFault(faultName(fault)), fault);
            QVERIFY(!whatItDoes(fault).isEmpty() && !whatToExpect(fault).isEmpty());
        }
        QVERIFY(!parseFault(u"earthquake"));
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
