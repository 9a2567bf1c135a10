// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/transcription/models.h"

#include <memory>
#include <span>

struct ps_decoder_s;

namespace core::transcription {

/// Where the decoder finds what it knows. From the installation, never from a job.
struct PocketSphinxSettings {
    QString modelFolder;    ///< holds en-us/; empty means the folder that pkg-config named when this was built
    QString grammarFile;    ///< JSGF; used instead of the language model, for tests of exact words
};

/// The library's version, as its pkg-config file states it.
[[nodiscard]] QString pocketSphinxVersion();

/// Fails with NotFound `engine_missing`, naming the package to install, unless each part of the model can be read.
[[nodiscard]] Result<void> checkPocketSphinxModel(const PocketSphinxSettings& settings = {});

/// One US English recogniser (0.8+5prealpha C API): about 0.3 s to load, 105 MB. For one thread at a time.
class PocketSphinxDecoder {
public:
    /// Looks at `cancel` between the parts of the model and fails with `cancelled`. The longest part, the search tree over the language
    /// model, is one call of the library that nothing interrupts: most of the load, 0.2 s on an idle machine.
    [[nodiscard]] static Result<PocketSphinxDecoder> open(const PocketSphinxSettings& settings, const CancelToken& cancel = {});

    /// The words of one utterance of 16 kHz mono samples; times count from its first sample. Fillers are left out, marks of pronunciation ("the(2)")
    /// stripped. Silence has no words and is a success. Equal samples give equal words, whatever was decoded before. Looks at `cancel`
    /// every 100 ms of sound and fails with `cancelled`; the decoder is then used up.
    [[nodiscard]] Result<QList<TranscriptWord>> decode(std::span<const qint16> samples, const CancelToken& cancel);

private:
    struct Deleter {
        void operator()(ps_decoder_s* decoder) const;
    };

    explicit PocketSphinxDecoder(ps_decoder_s* decoder, bool hasGrammar);

    std::unique_ptr<ps_decoder_s, Deleter> m_decoder;
    bool m_hasGrammar = false;
};

}
