// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/quiet_gate.h"

#include "tests/bench/figures.h"

#include <QFile>
#include <QStorageInfo>

#include <array>
#include <condition_variable>
#include <ctime>
#include <fcntl.h>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr double quietShare = 0.05;    // of the processor time; more than this bends ratios by more than our goals leave room for
constexpr auto probe = std::chrono::milliseconds(1000);

double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Every core is asked for at once: what is not given to us somebody else (or the hypervisor) had.
double shareTakenByOthers()
{
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<double> given(cores);
    std::vector<std::thread> threads;
    for (unsigned core = 0; core < cores; ++core) {
        threads.emplace_back([&mine = given[core]] {
            const double before = threadSeconds();
            const auto begin = SteadyClock::now();
            auto now = begin;
            while (now - begin < probe)
                now = SteadyClock::now();
            mine = (threadSeconds() - before) / std::chrono::duration<double>(now - begin).count();
        });
    }
    double sum = 0;
    for (unsigned core = 0; core < cores; ++core) {
        threads[core].join();
        sum += given[core];
    }
    return std::max(0.0, 1 - sum / cores);
}

void measureSyncs(const QString& folder, Noise& noise)
{
    const QByteArray path = QFile::encodeName(folder + u"/sync-probe"_s);
    const int file = ::open(path.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0)
        giveUp(u"%1 cannot be written to"_s.arg(folder));
    const std::array<char, 8192> block{};
    std::vector<double> micros;
    const auto begin = SteadyClock::now();
    while (SteadyClock::now() - begin < probe / 2) {
        const auto before = SteadyClock::now();
        if (::pwrite(file, block.data(), block.size(), static_cast<off_t>(micros.size() % 1024 * block.size())) < 0 ||
            ::fdatasync(file) != 0)
            giveUp(u"%1 cannot be written to"_s.arg(folder));
        micros.push_back(std::chrono::duration<double, std::micro>(SteadyClock::now() - before).count());
    }
    ::close(file);
    ::unlink(path.constData());
    noise.syncsPerSecond = 1e6 / median(micros);
    noise.syncP99Us = percentile(micros, 0.99);
}

void measureWakeUps(Noise& noise)
{
    std::mutex mutex;
    std::condition_variable there;
    std::condition_variable back;
    int asked = 0;
    int seen = 0;
    SteadyClock::time_point sent;
    std::vector<double> micros;
    constexpr int count = 2000;
    std::thread sleeper([&] {
        std::unique_lock lock(mutex);
        for (int i = 1; i <= count; ++i) {
            there.wait(lock, [&] { return asked == i; });
            micros.push_back(std::chrono::duration<double, std::micro>(SteadyClock::now() - sent).count());
            seen = i;
            back.notify_one();
        }
    });
    {
        std::unique_lock lock(mutex);
        for (int i = 1; i <= count; ++i) {
            asked = i;
            sent = SteadyClock::now();
            there.notify_one();
            back.wait(lock, [&] { return seen == i; });
        }
    }
    sleeper.join();
    noise.wakeP50Us = percentile(micros, 0.5);
    noise.wakeP99Us = percentile(micros, 0.99);
}

}

bool Noise::isQuiet() const
{
    return taken <= quietShare;
}

QString Noise::text() const
{
    return u"%1: others take %2 % of the processors (load %3); %4 on %5: fdatasync of 8 kB %6/s, p99 %7 us; condition variable p50 %8 us, p99 %9 us"_s
        .arg(isQuiet() ? u"quiet"_s : u"NOISY, so trust only the ratios, and those little"_s)
        .arg(taken * 100, 0, 'f', 1)
        .arg(load, 0, 'f', 1)
        .arg(u"stores"_s, fileSystem)
        .arg(syncsPerSecond, 0, 'f', 0)
        .arg(syncP99Us, 0, 'f', 0)
        .arg(wakeP50Us, 0, 'f', 0)
        .arg(wakeP99Us, 0, 'f', 0);
}

Noise measureNoise(const QString& folder)
{
    Noise noise;
    double loads[1] = {0};
    if (getloadavg(loads, 1) == 1)
        noise.load = loads[0];
    noise.fileSystem = QString::fromUtf8(QStorageInfo(folder).fileSystemType());
    noise.taken = shareTakenByOthers();
    measureSyncs(folder, noise);
    measureWakeUps(noise);
    return noise;
}

}
