// SPDX-License-Identifier: Apache-2.0
#include "core/base/lane.h"

#include <QTest>

#include <atomic>
#include <semaphore>

using namespace Qt::StringLiterals;
using core::Lane;
using core::Result;

class LaneTest : public QObject {
    Q_OBJECT

private slots:
    void workRunsInOrderOnAThreadOfItsOwn()
    {
        Lane lane;
        std::vector<int> order;
        std::thread::id ran;
        for (int i = 0; i < 100; ++i)
            lane.post([&order, i] { order.push_back(i); });
        const auto last = lane.run([&]() -> Result<int> {
                                  ran = std::this_thread::get_id();
                                  return static_cast<int>(order.size());
                              })
                              .wait();
        QCOMPARE(*last, 100);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QVERIFY(ran != std::this_thread::get_id());
    }

    void aResultArrivesInTheReceiversThread()
    {
        Lane lane;
        QObject receiver;
        std::thread::id arrived;
        int value = 0;
        core::whenDone(lane.run([]() -> Result<int> { return 7; }), &receiver, [&](const Result<int>& result) {
            arrived = std::this_thread::get_id();
            value = *result;
        });
        QTRY_COMPARE(value, 7);
        QVERIFY(arrived == std::this_thread::get_id());
    }

    void anErrorArrivesAsAValue()
    {
        Lane lane;
        QObject receiver;
        QString code;
        core::whenDone(lane.run([]() -> Result<int> { return core::failure(core::ErrorKind::Conflict, u"taken"_s, u"It is taken"_s); }),
                       &receiver, [&](const Result<int>& result) { code = result.error().code; });
        QTRY_COMPARE(code, u"taken"_s);
    }

    void aResultForADeadReceiverIsDropped()
    {
        Lane lane;
        std::binary_semaphore go(0);
        bool called = false;
        auto receiver = std::make_unique<QObject>();
        auto pending = lane.run([&]() -> Result<int> {
            go.acquire();
            return 1;
        });
        core::whenDone(pending, receiver.get(), [&](const Result<int>&) { called = true; });
        receiver.reset();
        go.release();
        QCOMPARE(*pending.wait(), 1);
        QCoreApplication::sendPostedEvents();
        QVERIFY(!called);
    }

    void receiversThatDieWhileResultsArriveAreSafe()
    {
        Lane lane;
        for (int i = 0; i < 500; ++i) {
            auto receiver = std::make_unique<QObject>();
            core::whenDone(lane.run([]() -> Result<int> { return 1; }), receiver.get(), [](const Result<int>&) {});
            receiver.reset();
        }
        QVERIFY(lane.run([]() -> Result<int> { return 1; }).wait());
    }

    void aRelayFiredAgainBeforeItArrivesActsOnce()
    {
        int acted = 0;
        QObject receiver;
        const core::base::Relay relay(&receiver, [&] { ++acted; });
        relay.fire();
        relay.fire();
        QCoreApplication::sendPostedEvents();
        relay.fire();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(acted, 1);
    }

    void workThatNeverBeganAnswersCancelled()
    {
        std::binary_semaphore begun(0);
        std::binary_semaphore go(0);
        std::atomic<bool> ran = false;
        auto lane = std::make_unique<Lane>();
        lane->post([&] {
            begun.release();
            go.acquire();
        });
        begun.acquire();
        const auto never = lane->run([&]() -> Result<int> {
            ran = true;
            return 1;
        });
        std::thread closing([&] { lane.reset(); });
        // The work before it goes on until it is let go, which is after the answer: the lane cannot have got to this one.
        const bool answered = QTest::qWaitFor([&] { return never.isDone(); });
        go.release();
        closing.join();
        QVERIFY(answered);
        QCOMPARE(never.wait().error().kind, core::ErrorKind::Cancelled);
        QVERIFY(!ran);
    }
};

QTEST_GUILESS_MAIN(LaneTest)
#include "tst_lane.moc"
