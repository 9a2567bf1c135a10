// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/pocketsphinx_decoder.h"

#include <QFile>
#include <QFileInfo>

#include <pocketsphinx.h>
#include <sphinxbase/cmn.h>
#include <sphinxbase/err.h>
#include <sphinxbase/ngram_model.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

namespace core::transcription {

namespace {

using namespace Qt::StringLiterals;

constexpr int framesBetweenLooks = 10;    // 10 ms each: some 30 ms of work
constexpr qint64 frameMs = 10;            // -frate 100
constexpr auto searchName = "words";      // the only one of a decoder

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"cancelled"_s, u"The transcription was cancelled"_s);
}

struct ModelPaths {
    QString acoustic;
    QString language;
    QString dictionary;
};

ModelPaths pathsOf(const PocketSphinxSettings& settings)
{
    const QString folder = (settings.modelFolder.isEmpty() ? QStringLiteral(POCKETSPHINX_MODELDIR) : settings.modelFolder) + u"/en-us/"_s;
    return {folder + u"en-us"_s, folder + u"en-us.lm.bin"_s, folder + u"cmudict-en-us.dict"_s};
}

/// The cepstra of one utterance, one row for each frame, as the library wants them: rows of pointers.
struct Cepstra {
    std::vector<mfcc_t> values;
    std::vector<mfcc_t*> rows;
};

Cepstra cepstraOf(fe_t* frontEnd, std::span<const qint16> samples)
{
    const auto width = static_cast<size_t>(fe_get_output_size(frontEnd));
    const int16* next = samples.data();
    size_t left = samples.size();
    int32 frames = 0;
    fe_start_utt(frontEnd);
    fe_process_frames(frontEnd, nullptr, &left, nullptr, &frames, nullptr);    // only counts

    Cepstra cepstra;
    const auto capacity = static_cast<size_t>(frames) + 2;    // fe_end_utt adds the last one
    cepstra.values.resize(capacity * width);
    for (size_t row = 0; row < capacity; ++row)
        cepstra.rows.push_back(cepstra.values.data() + row * width);

    left = samples.size();
    frames = static_cast<int32>(capacity) - 1;
    int32 firstFrame = 0;
    fe_process_frames(frontEnd, &next, &left, cepstra.rows.data(), &frames, &firstFrame);
    int32 last = 0;
    fe_end_utt(frontEnd, cepstra.rows[static_cast<size_t>(frames)], &last);
    cepstra.rows.resize(static_cast<size_t>(frames + last));
    return cepstra;
}

/// Subtracts the mean over the whole utterance: what the library does by itself only when it gets the utterance in one call, which nothing can interrupt.
void normaliseMean(Cepstra& cepstra, int width)
{
    const std::unique_ptr<cmn_t, decltype(&cmn_free)> mean(cmn_init(width), &cmn_free);
    cmn(mean.get(), cepstra.rows.data(), FALSE, static_cast<int32>(cepstra.rows.size()));
}

/// Nothing for what is not a word: "<s>", "<sil>", "[NOISE]", "(NULL)", "++UH++".
QString spokenText(const char* token)
{
    QString text = QString::fromUtf8(token);
    if (text.isEmpty() || text.startsWith(u'<') || text.startsWith(u'[') || text.startsWith(u'(') || text.startsWith(u"++"_s))
        return {};
    if (text.endsWith(u')'))
        text.truncate(text.lastIndexOf(u'('));
    return text;
}

QList<TranscriptWord> wordsFound(ps_decoder_t* decoder, bool hasGrammar)
{
    QList<TranscriptWord> words;
    for (ps_seg_t* token = ps_seg_iter(decoder); token; token = ps_seg_next(token)) {
        const QString text = spokenText(ps_seg_word(token));
        if (text.isEmpty())
            continue;
        int first = 0;
        int last = 0;    // inclusive
        ps_seg_frames(token, &first, &last);
        TranscriptWord word{first * frameMs, (last + 1) * frameMs, text, std::nullopt};
        if (!hasGrammar) {    // with a grammar it is always 1
            const int32 probability = ps_seg_prob(token, nullptr, nullptr, nullptr);
            word.confidence = std::clamp(logmath_exp(ps_get_logmath(decoder), probability), 0.0, 1.0);    // 1.0002 happens
        }
        words << word;
    }
    return words;
}

/// The library's log is one for the whole process: turned off once, since decoders that each set it (-logfn) would race.
void silenceTheLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] { err_set_logfp(nullptr); });
}

}

QString pocketSphinxVersion()
{
    return QStringLiteral(POCKETSPHINX_VERSION);
}

Result<void> checkPocketSphinxModel(const PocketSphinxSettings& settings)
{
    const ModelPaths paths = pathsOf(settings);
    for (const QString& path : {paths.acoustic + u"/mdef"_s, paths.language, paths.dictionary}) {
        if (!QFileInfo(path).isReadable()) {
            return failure(ErrorKind::NotFound, u"engine_missing"_s,
                           u"The speech model of PocketSphinx is not installed; the Debian package is pocketsphinx-en-us"_s, u"engine"_s,
                           u"Cannot read "_s + path);
        }
    }
    return {};
}

PocketSphinxDecoder::PocketSphinxDecoder(ps_decoder_s* decoder, bool hasGrammar) : m_decoder(decoder), m_hasGrammar(hasGrammar) {}

void PocketSphinxDecoder::Deleter::operator()(ps_decoder_s* decoder) const
{
    ps_free(decoder);
}

Result<PocketSphinxDecoder> PocketSphinxDecoder::open(const PocketSphinxSettings& settings, const CancelToken& cancel)
{
    if (const auto found = checkPocketSphinxModel(settings); !found)
        return errorOf(found);
    silenceTheLibrary();
    if (cancel.isCancelled())
        return cancelled();

    const ModelPaths paths = pathsOf(settings);
    const QByteArray acoustic = QFile::encodeName(paths.acoustic);
    const QByteArray dictionary = QFile::encodeName(paths.dictionary);
    const auto notStarted = [&] {
        return failure(ErrorKind::Internal, u"engine_not_started"_s, u"PocketSphinx could not load its model"_s, {}, paths.acoustic);
    };
    // Silence stays in (-remove_silence no): cut out, the words after it would be reported too early.
    const std::unique_ptr<cmd_ln_t, decltype(&cmd_ln_free_r)> config(cmd_ln_init(nullptr, ps_args(), TRUE, "-hmm", acoustic.constData(),
                                                                                 "-dict", dictionary.constData(), "-remove_silence", "no",
                                                                                 static_cast<char*>(nullptr)),
                                                                     &cmd_ln_free_r);
    std::unique_ptr<ps_decoder_t, Deleter> decoder(config ? ps_init(config.get()) : nullptr);
    if (!decoder)
        return notStarted();
    if (cancel.isCancelled())
        return cancelled();

    const bool hasGrammar = !settings.grammarFile.isEmpty();
    if (hasGrammar) {
        if (ps_set_jsgf_file(decoder.get(), searchName, QFile::encodeName(settings.grammarFile).constData()) < 0)
            return notStarted();
    } else {
        const std::unique_ptr<ngram_model_t, decltype(&ngram_model_free)> words(
            ngram_model_read(ps_get_config(decoder.get()), QFile::encodeName(paths.language).constData(), NGRAM_AUTO,
                             ps_get_logmath(decoder.get())),
            &ngram_model_free);
        if (words && cancel.isCancelled())
            return cancelled();
        if (!words || ps_set_lm(decoder.get(), searchName, words.get()) < 0)    // which holds on to the model itself
            return notStarted();
    }
    if (ps_set_search(decoder.get(), searchName) < 0)
        return notStarted();

    // We subtract the mean ourselves. Not by -cmn: the model's own feat.params would override it.
    ps_get_feat(decoder.get())->cmn = CMN_NONE;
    return PocketSphinxDecoder(decoder.release(), hasGrammar);
}

Result<QList<TranscriptWord>> PocketSphinxDecoder::decode(std::span<const qint16> samples, const CancelToken& cancel)
{
    const auto engineFailed = [] {
        return failure(ErrorKind::Internal, u"engine_failed"_s, u"PocketSphinx could not decode an utterance"_s);
    };
    ps_decoder_t* decoder = m_decoder.get();
    if (!decoder)
        return engineFailed();
    fe_t* frontEnd = ps_get_fe(decoder);
    int frameShift = 0;
    int frameSize = 0;
    fe_get_input_size(frontEnd, &frameShift, &frameSize);
    if (std::ssize(samples) < frameSize)
        return QList<TranscriptWord>{};

    if (ps_start_stream(decoder) < 0)    // each utterance is a stream of its own: offsets and the noise estimate start again
        return engineFailed();
    Cepstra cepstra = cepstraOf(frontEnd, samples);
    if (cepstra.rows.empty())
        return QList<TranscriptWord>{};
    normaliseMean(cepstra, fe_get_output_size(frontEnd));

    if (ps_start_utt(decoder) < 0)
        return engineFailed();
    bool failed = false;
    const auto frames = static_cast<int>(cepstra.rows.size());
    for (int frame = 0; frame < frames && !failed && !cancel.isCancelled(); frame += framesBetweenLooks) {
        const int block = std::min(framesBetweenLooks, frames - frame);
        failed = ps_process_cep(decoder, cepstra.rows.data() + frame, block, FALSE, FALSE) < 0;
    }
    if (cancel.isCancelled()) {
        m_decoder.reset();    // to end the utterance would search all of it once more
        return cancelled();
    }
    if (ps_end_utt(decoder) < 0 || failed)
        return engineFailed();
    return wordsFound(decoder, m_hasGrammar);
}

}
