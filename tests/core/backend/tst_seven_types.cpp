// SPDX-License-Identifier: Apache-2.0
#include "tests/support/embedded_store.h"
#include "tests/support/sample.h"

using namespace Qt::StringLiterals;
using namespace core;
using nlohmann::json;

/// Each of the seven kinds of job on the sample clip, for real: what goes in at the backend, and what stands in store and storage after.
class TestSevenTypes : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void aProbeTellsWhatTheFileIs();
    void silencesAreFoundWhereTheyAre();
    void aCutIsAsLongAsItsParts();
    void aConvertedFileIsWhatWasAskedFor_data();
    void aConvertedFileIsWhatWasAskedFor();
    void speechIsRecognised();
    void framesAreThoseOfTheirTimes();
    void captionsAreSeenInTheirTimeOnly();
    void aTranscriptBecomesCaptions();
    void aLongJobTellsHowFarItIs();

private:
    /// The finished job; empty if it did not end DONE.
    JobId run(JobType type, const json& input);
    /// The bytes of the frame shown at a time, as a grey picture of 640 x 360.
    QByteArray frameAt(const QString& path, const QString& seconds) const;
    json firstCommandOf(const JobId& id, const QString& program) const;

    test_support::Sample m_sample;
    test_support::EmbeddedStore m_store;
    std::string m_file;    // the sample's storage key
};

namespace {

/// How many pixels of two grey pictures are clearly different; -1 if they cannot be compared.
int changedPixels(const QByteArray& one, const QByteArray& other)
{
    if (one.isEmpty() || one.size() != other.size())
        return -1;
    int changed = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        changed += std::abs(static_cast<uchar>(one[i]) - static_cast<uchar>(other[i])) > 60 ? 1 : 0;
    return changed;
}

double durationOf(const json& probed)
{
    return std::stod(probed.at("format").at("duration").get<std::string>());
}

}

void TestSevenTypes::initTestCase()
{
    m_sample = test_support::sample();
    QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
    QCOMPARE(m_store.open(), QString());
    QCOMPARE(m_store.startWorkers(), QString());
    const auto key = m_store.backend->importFile(m_store.caller, m_sample.path).wait();
    QVERIFY(key);
    m_file = key->toStdString();
}

void TestSevenTypes::cleanup()
{
    QCOMPARE(m_store.halfWritten(), QStringList());
}

JobId TestSevenTypes::run(JobType type, const json& input)
{
    const auto answer = m_store.submit(type, input);
    if (!answer) {
        qWarning("%s", qUtf8Printable(answer.error().message));
        return {};
    }
    const JobId id = answer->jobId;
    if (!m_store.waitForEnd(id))
        qWarning("It does not end");
    const jobs::Job job = m_store.job(id);
    if (job.status == JobStatus::Done && m_store.outcomes(id) == QStringList{u"done"_s})
        return id;
    qWarning("%s: %s %s", qUtf8Printable(job.statusText), qUtf8Printable(job.errorCode), qUtf8Printable(job.errorMessage));
    return {};
}

QByteArray TestSevenTypes::frameAt(const QString& path, const QString& seconds) const
{
    return test_support::outputOf(u"ffmpeg"_s,
                                  {u"-nostdin"_s, u"-v"_s, u"error"_s, u"-ss"_s, seconds, u"-i"_s, u"file:"_s + path, u"-frames:v"_s,
                                   u"1"_s, u"-vf"_s, u"scale=640:360,format=gray"_s, u"-f"_s, u"rawvideo"_s, u"-"_s});
}

/// The first command of that program in the job's first attempt; null if there is none.
json TestSevenTypes::firstCommandOf(const JobId& id, const QString& program) const
{
    const auto attempts = m_store.attempts(id);
    for (const json& command : json::parse(attempts.value(0).commands.value_or("[]").toStdString())) {
        if (QString::fromStdString(command.at("arguments").at(0).get<std::string>()) == program)
            return command;
    }
    return {};
}

void TestSevenTypes::aProbeTellsWhatTheFileIs()
{
    const JobId id = run(JobType::MediaProbe, {{"file_path", m_file}});
    QVERIFY(!id.isEmpty());
    const json output = m_store.output(id);
    QCOMPARE(output.at("format").at("duration_ms").get<qint64>(), m_sample.durationMs);
    QCOMPARE(output.at("streams").size(), 2U);
    QCOMPARE(output.at("streams").at(0).at("codec").get<std::string>(), "h264");
    QCOMPARE(output.at("streams").at(0).at("width").get<int>(), 640);
    QVERIFY(output.at("raw").contains("format"));
    const json command = firstCommandOf(id, u"ffprobe"_s);
    QVERIFY(!command.is_null());
    QCOMPARE(command.at("exit_code").get<int>(), 0);
    const auto arguments =
        command.at("arguments").get<std::vector<std::string>>();    // exactly as started: the file is named, the whitelist is there
    QVERIFY(QString::fromStdString(arguments.back()).endsWith(QString::fromStdString(m_file)));
    QVERIFY(std::find(arguments.begin(), arguments.end(), "-protocol_whitelist") != arguments.end());
    const auto attempt = m_store.attempts(id).first();
    QCOMPARE(attempt.pid, QCoreApplication::applicationPid());
    QVERIFY(!attempt.host.isEmpty());
}

void TestSevenTypes::silencesAreFoundWhereTheyAre()
{
    const JobId id = run(JobType::SilenceDetect, {{"file_path", m_file}});
    QVERIFY(!id.isEmpty());
    const json output = m_store.output(id);
    const json segments = output.at("segments");
    QCOMPARE(segments.size(), static_cast<size_t>(m_sample.silencesMs.size()));
    for (qsizetype i = 0; i < m_sample.silencesMs.size(); ++i) {
        const qint64 start = segments.at(static_cast<size_t>(i)).at("start_ms").get<qint64>();
        const qint64 end = segments.at(static_cast<size_t>(i)).at("end_ms").get<qint64>();
        QVERIFY2(std::abs(start - m_sample.silencesMs.at(i).first) <= 50,
                 qPrintable(u"start %1, not %2"_s.arg(start).arg(m_sample.silencesMs.at(i).first)));
        QVERIFY2(std::abs(end - m_sample.silencesMs.at(i).second) <= 50,
                 qPrintable(u"end %1, not %2"_s.arg(end).arg(m_sample.silencesMs.at(i).second)));
    }
    const auto artifacts = m_store.artifacts(id);
    QCOMPARE(artifacts.size(), 1);
    QCOMPARE(artifacts.first().artifact.kind, u"silence_segments"_s);
    QFile document(m_store.path(artifacts.first().file->path));
    QVERIFY(document.open(QIODevice::ReadOnly));
    QCOMPARE(json::parse(document.readAll().toStdString()).at("segments"), segments);
}

void TestSevenTypes::aCutIsAsLongAsItsParts()
{
    const JobId detect = run(JobType::SilenceDetect, {{"file_path", m_file}});
    QVERIFY(!detect.isEmpty());
    const json silences = m_store.output(detect).at("segments");
    const JobId id = run(JobType::SilenceApply, {{"file_path", m_file}, {"detect_job_id", detect.text.toStdString()}, {"padding_ms", 100}});
    QVERIFY(!id.isEmpty());
    qint64 removed = 0;
    for (const json& silence : silences) {
        // Padding is kept where something is left to be padded; the cut itself says how much it took.
        removed += silence.at("end_ms").get<qint64>() - silence.at("start_ms").get<qint64>();
    }
    const json output = m_store.output(id);
    const qint64 removedMs = output.at("removed_ms").get<qint64>();
    QVERIFY2(removedMs <= removed && removedMs >= removed - static_cast<qint64>(silences.size()) * 200 - 40,
             qPrintable(QString::number(removedMs)));
    const json probed = test_support::ffprobe(m_store.path(output.at("file_path")));
    QVERIFY(!probed.is_null());
    const double expected = static_cast<double>(m_sample.durationMs - removedMs) / 1000;
    QVERIFY2(std::abs(durationOf(probed) - expected) <= 0.04, qPrintable(u"%1 s, not %2 s"_s.arg(durationOf(probed)).arg(expected)));
    QCOMPARE(m_store.artifacts(id).first().artifact.kind, u"cut_media"_s);
}

void TestSevenTypes::aConvertedFileIsWhatWasAskedFor_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("width");
    QTest::newRow("webm, small") << R"({"container":"webm","width":160,"height":90,"video_codec":"vp8"})"_ba << u"webm"_s << 160;
    QTest::newRow("mkv") << R"({"container":"mkv","width":320})"_ba << u"matroska"_s << 320;
    QTest::newRow("sound alone") << R"({"container":"mp3"})"_ba << u"mp3"_s << 0;
}

void TestSevenTypes::aConvertedFileIsWhatWasAskedFor()
{
    QFETCH(QByteArray, options);
    QFETCH(QString, format);
    QFETCH(int, width);
    json input = json::parse(options.toStdString());
    input["file_path"] = m_file;
    input["out_folder"] = "converted/by me";
    const JobId id = run(JobType::MediaConvert, input);
    QVERIFY(!id.isEmpty());
    const json output = m_store.output(id);
    QVERIFY(QString::fromStdString(output.at("file_path").get<std::string>()).startsWith(u"converted/by me/"_s + id.text + u'/'));
    const json probed = test_support::ffprobe(m_store.path(output.at("file_path")));
    QVERIFY(!probed.is_null());
    QVERIFY(QString::fromStdString(probed.at("format").at("format_name").get<std::string>()).contains(format));
    QVERIFY(std::abs(durationOf(probed) - 12) <= 0.1);
    if (width > 0)
        QCOMPARE(probed.at("streams").at(0).at("width").get<int>(), width);
    else
        QCOMPARE(probed.at("streams").size(), 1U);
    const auto artifacts = m_store.artifacts(id);
    QCOMPARE(artifacts.size(), 1);
    QCOMPARE(artifacts.first().artifact.kind, u"converted_media"_s);
    QCOMPARE(*artifacts.first().file->sizeBytes, QFileInfo(m_store.path(output.at("file_path"))).size());
    QVERIFY(!artifacts.first().file->sha256.isEmpty());
    const json command = firstCommandOf(id, u"ffmpeg"_s);
    QVERIFY(QString::fromStdString(command.at("arguments").back().get<std::string>())
                .contains(u"/.part-1-"_s));    // written beside, then renamed
}

void TestSevenTypes::speechIsRecognised()
{
    const JobId id = run(JobType::TranscriptionGenerate, {{"file_path", m_file}, {"engine", "pocketsphinx"}});
    QVERIFY(!id.isEmpty());
    const json output = m_store.output(id);
    const QStringList heard = QString::fromStdString(output.at("text").get<std::string>()).toLower().split(u' ');
    const auto found =
        std::count_if(m_sample.words.begin(), m_sample.words.end(), [&](const QString& word) { return heard.contains(word.toLower()); });
    QVERIFY2(found * 3 >= m_sample.words.size() * 2, qPrintable(heard.join(u' ')));
    qint64 last = 0;
    for (const json& segment : output.at("segments")) {
        for (const json& word : segment.at("words")) {
            QVERIFY(word.at("start_ms").get<qint64>() >= last);
            last = word.at("start_ms").get<qint64>();
        }
    }
    QVERIFY(last > 0 && last < m_sample.durationMs);
    QStringList kinds;
    for (const auto& artifact : m_store.artifacts(id)) {
        kinds << artifact.artifact.kind;
        QVERIFY(QFileInfo(m_store.path(artifact.file->path)).size() > 0);
    }
    kinds.sort();
    QCOMPARE(kinds, (QStringList{u"transcript_json"_s, u"transcript_srt"_s, u"transcript_vtt"_s}));
}

void TestSevenTypes::framesAreThoseOfTheirTimes()
{
    const JobId id = run(JobType::FrameExtract,
                         {{"file_path", m_file}, {"mode", "timestamps"}, {"timestamps_ms", {1000, 5000, 9000}}, {"image_format", "png"}});
    QVERIFY(!id.isEmpty());
    const json frames = m_store.output(id).at("frames");
    QCOMPARE(frames.size(), 3U);
    const qint64 times[] = {1000, 5000, 9000};
    for (size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(frames.at(i).at("timestamp_ms").get<qint64>() - times[i]) <= 40);
        const QString path = m_store.path(frames.at(i).at("file_path"));
        QVERIFY(!test_support::ffprobe(path).is_null());
        const QByteArray pixel = test_support::outputOf(
            u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-i"_s, path, u"-vf"_s, u"scale=1:1,format=rgb24"_s, u"-f"_s, u"rawvideo"_s, u"-"_s});
        QCOMPARE(pixel.size(), 3);
        const auto part = [&](qsizetype channel) { return static_cast<uchar>(pixel[channel]); };
        if (i == 0)
            QVERIFY(part(0) > 200 && part(2) < 60);    // red, then blue
        if (i == 1)
            QVERIFY(part(0) < 60 && part(2) > 200);
    }
    const auto artifacts = m_store.artifacts(id);
    QCOMPARE(artifacts.size(), 3);
    for (const auto& artifact : artifacts)
        QCOMPARE(artifact.artifact.kind, u"frames"_s);
    QCOMPARE(m_store.under(u"outputs/"_s + id.text).size(), 4);    // the folder and its three pictures
}

void TestSevenTypes::captionsAreSeenInTheirTimeOnly()
{
    const json cue{{"start_ms", 1000}, {"end_ms", 3000}, {"text", "Look at this line of text"}};
    const JobId id = run(JobType::CaptionsGenerate, {{"file_path", m_file}, {"segments", {cue}}, {"renderer", "auto"}});
    QVERIFY(!id.isEmpty());
    const json output = m_store.output(id);
    QCOMPARE(output.at("renderer").get<std::string>(), "local");
    QVERIFY(!output.at("fallback_reason").get<std::string>().empty());
    const QString path = m_store.path(output.at("file_path"));
    const json probed = test_support::ffprobe(path);
    QVERIFY(std::abs(durationOf(probed) - 12) <= 0.1);
    const int inside = changedPixels(frameAt(path, u"2"_s), frameAt(m_sample.path, u"2"_s));
    const int before = changedPixels(frameAt(path, u"0.5"_s), frameAt(m_sample.path, u"0.5"_s));
    const int after = changedPixels(frameAt(path, u"5"_s), frameAt(m_sample.path, u"5"_s));
    QVERIFY2(inside > 150 && before == 0 && after == 0, qPrintable(u"%1 %2 %3"_s.arg(inside).arg(before).arg(after)));
    QCOMPARE(m_store.artifacts(id).first().artifact.kind, u"captioned_video"_s);
}

void TestSevenTypes::aTranscriptBecomesCaptions()
{
    const JobId transcript = run(JobType::TranscriptionGenerate, {{"file_path", m_file}});
    QVERIFY(!transcript.isEmpty());
    const json id = m_store.output(transcript).at("transcription_id");
    const JobId captions = run(JobType::CaptionsGenerate, {{"file_path", m_file}, {"transcription_id", id}, {"renderer", "local"}});
    QVERIFY(!captions.isEmpty());
    const json firstSegment = m_store.output(transcript).at("segments").at(0);
    const double middle = static_cast<double>(firstSegment.at("start_ms").get<qint64>() + firstSegment.at("end_ms").get<qint64>()) / 2000;
    const QString path = m_store.path(m_store.output(captions).at("file_path"));
    QVERIFY(changedPixels(frameAt(path, QString::number(middle)), frameAt(m_sample.path, QString::number(middle))) > 100);
}

void TestSevenTypes::aLongJobTellsHowFarItIs()
{
    QVERIFY(test_support::makeClip(m_store.path(u"long.mp4"_s), 40));
    const JobId id = run(JobType::MediaConvert, {{"file_path", "long.mp4"}, {"container", "webm"}, {"video_codec", "vp8"}, {"width", 320}});
    QVERIFY(!id.isEmpty());
    int last = 0;
    int reports = 0;
    for (const auto& event : m_store.events(id)) {
        if (event.eventType != "progress"_L1)
            continue;
        ++reports;
        QVERIFY(*event.progressPct > last && *event.progressPct < 100);
        last = *event.progressPct;
    }
    QVERIFY(reports >= 1);
    QCOMPARE(m_store.job(id).progressPct, 100);
}

QTEST_GUILESS_MAIN(TestSevenTypes)
#include "tst_seven_types.moc"
