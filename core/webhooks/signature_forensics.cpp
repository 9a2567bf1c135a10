// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/signature_forensics.h"

#include "core/webhooks/signature.h"
#include "core/webhooks/signature_examination.h"
#include "core/webhooks/signature_variants.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

namespace core::webhooks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownCharacters = 8;
constexpr qsizetype hashedAtOnce = 1'000'000;    // bytes, between two looks at the token
constexpr auto maskedValue = "[masked]";         // what a case file has in place of a signature

/// What came with the delivery. Signatures are kept as their bytes: base64 and hex senders are compared alike.
struct Given {
    QByteArray id;
    QByteArray stamp;
    QList<QByteArray> macs;
};

struct Key {
    QString suffix;      ///< of the trial's name; empty for the webhook's own key
    QString sentence;    ///< "with the secret's text as the key"
    QByteArray bytes;
};

/// What is signed, in the pieces that it stands in: a body may be large, and is not copied for each try.
using Content = QList<QByteArray>;

/// Empty where it was cancelled.
QByteArray macOver(const QByteArray& key, const Content& content, const CancelToken& cancel)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    for (const QByteArray& part : content) {
        for (qsizetype at = 0; at < part.size(); at += hashedAtOnce) {
            if (cancel.isCancelled())
                return {};
            code.addData(part.constData() + at, std::min(hashedAtOnce, part.size() - at));
        }
    }
    return code.result();
}

Content standardContent(const Given& given, const QByteArray& body)
{
    return {given.id, ".", given.stamp, ".", body};
}

QList<QByteArray> macsIn(const QByteArray& header)
{
    QList<QByteArray> macs;
    for (const QByteArray& part : header.split(' ')) {
        const QByteArray text = part.mid(part.indexOf(',') + 1);
        if (const auto base64 = QByteArray::fromBase64Encoding(text); base64 && base64.decoded.size() == 32)
            macs.append(base64.decoded);
        // "sha256=<hex>", "v1=<hex>", "v1,<hex>" or the bare digits
        const QByteArray hex = text.mid(text.lastIndexOf('=') + 1).toLower();
        if (hex.size() == 64 && QByteArray::fromHex(hex).toHex() == hex)
            macs.append(QByteArray::fromHex(hex));
    }
    return macs;
}

Given givenBy(const Delivery& delivery)
{
    return {headerValue(delivery.headers, "webhook-id"), headerValue(delivery.headers, "webhook-timestamp"),
            macsIn(headerValue(delivery.headers, "webhook-signature"))};
}

QString problemOfId(const QByteArray& id)
{
    if (id.isEmpty())
        return u"It is empty"_s;
    return id.contains('.') ? u"It holds a full stop, which the signed content is divided by"_s : QString();
}

QString problemOfStamp(const QByteArray& stamp)
{
    const bool digits = !stamp.isEmpty() && std::all_of(stamp.begin(), stamp.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return u"It is not a number of whole seconds"_s;
    if (stamp.size() > 10)
        return stamp.size() == 13 ? u"It has 13 digits: milliseconds, where seconds are asked for"_s : u"It has more than 10 digits"_s;
    return {};
}

QString problemOfSignature(const QByteArray& signature)
{
    if (signature == maskedValue)
        return u"It is masked here"_s;
    const auto parts = signature.split(' ');
    const bool anyV1 = std::any_of(parts.begin(), parts.end(), [](const QByteArray& part) { return part.startsWith("v1,"); });
    if (!anyV1)
        return signature.isEmpty() ? u"It is empty"_s : u"It holds no part that begins with \"v1,\""_s;
    const bool anyWhole = std::any_of(parts.begin(), parts.end(), [](const QByteArray& part) {
        const QByteArray text = part.mid(3);
        return part.startsWith("v1,") && QByteArray::fromBase64(text).size() == 32 && QByteArray::fromBase64(text).toBase64() == text;
    });
    return anyWhole ? QString() : u"Its v1 part is not the base64 of 32 bytes"_s;
}

HeaderFinding findingOf(const QList<Header>& headers, const QByteArray& name)
{
    HeaderFinding finding{QString::fromLatin1(name), {}};
    const int count = headerCount(headers, name);
    const QByteArray value = headerValue(headers, name);
    if (count == 0)
        finding.problem = u"It did not come"_s;
    else if (count > 1)
        finding.problem = u"It came %1 times"_s.arg(count);
    else
        finding.problem = name == "webhook-id"          ? problemOfId(value)
                          : name == "webhook-timestamp" ? problemOfStamp(value)
                                                        : problemOfSignature(value);
    return finding;
}

QList<HeaderFinding> headerFindings(const QList<Header>& headers)
{
    QList<HeaderFinding> findings;
    for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"})
        findings.append(findingOf(headers, name));
    for (const char* foreign : {"x-hub-signature-256", "stripe-signature", "x-slack-signature", "x-remotion-signature"}) {
        if (headerCount(headers, foreign) > 0)
            findings.append({QString::fromLatin1(foreign), u"It belongs to another provider's scheme, which this webhook does not use"_s});
    }
    return findings;
}

QList<Key> keysToTry(const Examination& with)
{
    QList<Key> keys;
    if (with.secret) {
        const QByteArray encoded = with.secret->toBase64();
        keys = {{{}, {}, *with.secret},
                {u"secret_text"_s, u"with the whole text \"whsec_…\" as the key"_s, "whsec_" + encoded},
                {u"secret_base64"_s, u"with the base64 text as the key, not decoded"_s, encoded}};
    }
    for (qsizetype i = 0; i < with.others.size(); ++i)
        keys.append({u"other_secret_%1"_s.arg(i + 1), u"with %1"_s.arg(with.others.at(i).name), with.others.at(i).key});
    return keys;
}

/// Tries content after content, and remembers each.
class Trials {
public:
    Trials(const Given& given, const CancelToken& cancel) : m_given(given), m_cancel(cancel) {}

    void attempt(const QString& name, const QString& sentence, Mismatch mismatch, const Key& key, const Content& content)
    {
        const bool fits = m_given.macs.contains(macOver(key.bytes, content, m_cancel));
        const QString fullName = key.suffix.isEmpty() ? name : name + u'+' + key.suffix;
        const QString fullSentence = key.sentence.isEmpty() ? sentence : sentence + u", "_s + key.sentence;
        m_trials.append({fullName, fullSentence, key.suffix.isEmpty() ? mismatch : Mismatch::Secret, fits});
    }
    [[nodiscard]] const QList<SignatureTrial>& all() const { return m_trials; }
    [[nodiscard]] const SignatureTrial* fitting() const
    {
        const auto it = std::find_if(m_trials.begin(), m_trials.end(), [](const SignatureTrial& trial) { return trial.fits; });
        return it == m_trials.end() ? nullptr : &*it;
    }

private:
    const Given& m_given;
    const CancelToken& m_cancel;
    QList<SignatureTrial> m_trials;
};

void attemptAll(Trials& trials, const Given& given, const QByteArray& body, const QList<Key>& keys)
{
    for (const Key& key : keys)
        trials.attempt(u"raw"_s, u"The bytes as they came"_s, Mismatch::None, key, standardContent(given, body));
    // a sender decides how large a body is: of a large one only the few tries that need no second body
    const QList<BodyVariant> variants = body.size() > largestRewritten ? QList<BodyVariant>() : bodyVariants(body);
    for (const Key& key : keys) {
        for (const BodyVariant& variant : variants)
            trials.attempt(variant.name, variant.sentence, Mismatch::Bytes, key, standardContent(given, variant.bytes));
        trials.attempt(u"body_alone"_s, u"The body alone, without id and time stamp"_s, Mismatch::Header, key, {body});
        trials.attempt(u"stamp_and_body"_s, u"Time stamp and body, without the id"_s, Mismatch::Header, key, {given.stamp, ".", body});
        if (given.id != given.id.trimmed() || given.stamp != given.stamp.trimmed())
            trials.attempt(u"id_trimmed"_s, u"The id and the time stamp without the spaces around them"_s, Mismatch::Header, key,
                           standardContent({given.id.trimmed(), given.stamp.trimmed(), {}}, body));
    }
}

QString beginningOf(const QByteArray& signature)
{
    return signature.isEmpty() ? QString() : QString::fromLatin1(signature.left(3 + shownCharacters)) + u'…';
}

/// Nothing fits, and the headers are in order.
void judgeUnexplained(SignatureReport& report, bool hasSecret, bool isLarge)
{
    report.mismatch = Mismatch::Unexplained;
    if (!hasSecret) {
        report.claim = u"The key of this store is not at hand: only a secret that is typed, the headers and the clock can be judged"_s;
        report.advice = u"Give the secret that the sender uses, or look where the store's key file can be read"_s;
        return;
    }
    report.claim = isLarge ? u"None of the few mistakes that were tried makes the signature fit; the body is over %1 bytes, so it was not "
                             "also written again in other ways"_s.arg(largestRewritten)
                           : u"None of the usual mistakes makes the signature fit"_s;
    report.advice = u"The secret is another one, or the body was changed on the way. Give the secret that the sender uses, to tell which"_s;
}

/// The signature itself is not here.
void judgeMasked(SignatureReport& report)
{
    report.mismatch = Mismatch::Unexplained;
    report.claim =
        u"The signature is masked here, so it cannot be examined; when it came the verdict was %1"_s.arg(verdictName(report.verdict));
    report.advice = u"Examine the delivery in the store it comes from"_s;
}

void judge(SignatureReport& report, const SignatureTrial* fitting, const Delivery& delivery, bool hasSecret)
{
    const auto broken =
        std::find_if(report.headers.begin(), report.headers.end(), [](const auto& header) { return !header.problem.isEmpty(); });
    if (report.verdict == Verdict::Valid) {
        report.claim = u"The signature fits the bytes as they came"_s;
    } else if (report.verdict == Verdict::TooOld || report.verdict == Verdict::TooNew) {
        const auto off = std::chrono::abs(report.age.value_or(std::chrono::seconds{0})).count();
        report.mismatch = Mismatch::Time;
        report.claim = u"The signature fits, but its time stamp is %1 s %2 the time of receipt; %3 s are allowed"_s.arg(off).arg(
            report.verdict == Verdict::TooOld ? u"before"_s : u"after"_s, QString::number(signatureTolerance.count()));
        report.advice =
            report.verdict == Verdict::TooOld
                ? u"Sign again for each try; a retry must not send the stamp of the first. Or compare the two machines' clocks"_s
                : u"Compare the clocks of the sender and of this machine"_s;
    } else if (headerValue(delivery.headers, "webhook-signature") == maskedValue) {
        judgeMasked(report);
    } else if (fitting) {
        report.mismatch = fitting->mismatch == Mismatch::None ? Mismatch::Header : fitting->mismatch;
        report.claim = u"What was signed: %1"_s.arg(fitting->sentence.left(1).toLower() + fitting->sentence.mid(1));
        report.advice = report.mismatch == Mismatch::Bytes ? u"Sign the very bytes that are sent, not the value they were made from"_s
                        : report.mismatch == Mismatch::Secret
                            ? u"Use this webhook's secret: what follows whsec_, decoded from base64, is the key"_s
                            : u"Sign id, full stop, time stamp, full stop, body, and send the three headers as they were signed"_s;
    } else if (broken != report.headers.end()) {
        report.mismatch = Mismatch::Header;
        report.claim = u"The header %1 cannot be used: %2"_s.arg(broken->name, broken->problem.left(1).toLower() + broken->problem.mid(1));
        report.advice = u"Send webhook-id, webhook-timestamp (whole seconds) and webhook-signature (\"v1,\" and base64), once each"_s;
    } else {
        judgeUnexplained(report, hasSecret, delivery.body.size() > largestRewritten);
    }
}

}

QString mismatchName(Mismatch mismatch)
{
    switch (mismatch) {
    case Mismatch::None: return u"none"_s;
    case Mismatch::Header: return u"header"_s;
    case Mismatch::Bytes: return u"bytes"_s;
    case Mismatch::Secret: return u"secret"_s;
    case Mismatch::Time: return u"time"_s;
    case Mismatch::Unexplained: return u"unexplained"_s;
    }
    Q_UNREACHABLE();
}

Result<SignatureReport> examineSignature(const Delivery& delivery, const Examination& with)
{
    SignatureReport report;
    const bool isMasked = headerValue(delivery.headers, "webhook-signature") == maskedValue;
    const bool isRecomputed = with.secret && !isMasked;
    report.verdict = isRecomputed ? verify(*with.secret, delivery.headers, delivery.body, delivery.receivedAt) : delivery.verdict;
    report.headers = headerFindings(delivery.headers);
    const Given given = givenBy(delivery);
    if (problemOfStamp(given.stamp).isEmpty()) {
        report.stampedAt = Time{std::chrono::seconds{given.stamp.toLongLong()}};
        report.age = std::chrono::duration_cast<std::chrono::seconds>(delivery.receivedAt - *report.stampedAt);
    }
    if (isRecomputed)
        report.expectedBeginning = beginningOf(sign(*with.secret, given.id, given.stamp, delivery.body));
    if (!isMasked)
        report.givenBeginning = beginningOf(headerValue(delivery.headers, "webhook-signature"));
    Trials trials(given, with.cancel);
    if (!isMasked)
        attemptAll(trials, given, delivery.body, keysToTry(with));
    if (with.cancel.isCancelled())
        return failure(ErrorKind::Cancelled, u"cancelled"_s, u"The examination was given up"_s);
    report.trials = trials.all();
    judge(report, trials.fitting(), delivery, with.secret.has_value());
    return report;
}

SignatureReport examineSignature(const QByteArray& secret, const Delivery& delivery, const QList<CandidateSecret>& others)
{
    return *examineSignature(delivery, Examination{secret, others, {}});    // nobody cancels it
}

}
