// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

namespace test_support {

// Shapes in which secrets are met in the wild: in logs of tools, in configuration, in requests. Collected from what such programs write, and
// not from what the masker looks for; one that is found anew is added here first. %1 is the secret.

struct Shape {
    const char* name;
    const char* text;
};

/// In running text.
inline const QList<Shape> secretTexts{
    {"environment of AWS", "AWS_SECRET_ACCESS_KEY=%1 AWS_REGION=eu-west-1"},
    {"exported", "export GITHUB_TOKEN=%1"},
    {"secret_key", "boto: secret_key=%1"},
    {"access_key", "using access_key=%1 for the bucket"},
    {"credentials", "credentials=%1"},
    {"pwd", "Server=db;Database=m;Uid=sa;Pwd=%1;"},
    {"connection string", "Driver=x;Server=db;Password=%1;Encrypt=yes"},
    {"storage account", "DefaultEndpointsProtocol=https;AccountName=m;AccountKey=%1==;EndpointSuffix=core.windows.net"},
    {"shared access signature", "https://m.blob.core.windows.net/c/a.mp4?sv=2022-11-02&sr=b&sig=%1%3D&se=2026-11-23"},
    {"shared access in a connection", "SharedAccessSignature=sv=2022&sig=%1"},
    {"option with a space", "curl --password %1 https://media.example/a"},
    {"option with a sign", "mc alias set --secret-key=%1 s3"},
    {"option of one dash", "ffmpeg -decryption_key %1 -i in.mp4 out.mp4"},
    {"user and password", "curl -u admin:%1 https://media.example/a"},
    {"quoted option", "tool --api-key '%1' run"},
    {"cookie", "Cookie: sid=%1; theme=dark"},
    {"second cookie", "cookie: theme=dark; sid=%1"},
    {"set-cookie", "< Set-Cookie: session=%1; Path=/; HttpOnly"},
    {"cookies of ffmpeg", "ffmpeg -cookies \"a=b; sid=%1; path=/\" -i https://x/a.m3u8"},
    {"authorization, bearer", "Authorization: Bearer %1"},
    {"authorization, own scheme", "authorization: Token %1"},
    {"authorization, alone", "Authorization: %1"},
    {"authorization, digest", "Authorization: Digest username=\"me\", realm=\"x\", response=\"%1\""},
    {"authorization, AWS", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261123/s3, SignedHeaders=host, Signature=%1"},
    {"proxy authorization", "Proxy-Authorization: Basic %1"},
    {"headers of ffmpeg", "ffmpeg -headers 'Authorization: Bearer %1' -i https://x/a.mp4"},
    {"headers of ffmpeg, as printed", "-headers \"X-Api-Key: %1\\r\\nAccept: */*\\r\\n\""},
    {"bearer alone", "sent with bearer %1 to the hook"},
    {"X-Api-Key", "X-Api-Key: %1"},
    {"X-Auth-Token", "> x-auth-token: %1"},
    {"signed address", "https://b.s3.amazonaws.com/a.mp4?X-Amz-Credential=%1%2F20261123&X-Amz-Date=20261123T000000Z"},
    {"signature of an address", "https://b.s3.amazonaws.com/a.mp4?X-Amz-Expires=3600&X-Amz-Signature=%1"},
    {"token of an address", "https://b.s3.amazonaws.com/a.mp4?X-Amz-Security-Token=%1&x=1"},
    {"signature at Google", "https://storage.googleapis.com/b/a.mp4?X-Goog-Signature=%1"},
    {"old signature", "https://b.s3.amazonaws.com/a.mp4?AWSAccessKeyId=AK&Signature=%1&Expires=1"},
    {"access_token", "GET /media?id=7&access_token=%1&part=snippet"},
    {"token in an address", "opening 'https://cdn.example/a.m3u8?token=%1'"},
    {"Akamai", "https://cdn.example/a.m3u8?hdnts=exp=1~acl=/*~hmac=%1"},
    {"password in an address", "redis://default:%1@cache:6379/0"},
    {"password with an @", "https://me:x@%1@media.example/a"},
    {"password with a slash", "amqp://worker:x/%1@queue/vhost"},
    {"token for a user", "https://x-%1-1234@github.example/a.git"},
    {"JSON in a text", "request body {\"user\":\"me\",\"password\":\"%1\"}"},
    {"JSON with spaces", "{ \"api_key\" : \"%1\" }"},
    {"JSON, escaped", "body=\"{\\\"client_secret\\\":\\\"%1\\\"}\""},
    {"JSON, cut off", "{\"a\":1,\"refresh_token\":\"%1"},
    {"JSON with depth", "{\"credentials\": {\"id\": 1, \"value\": \"%1\"}, \"n\": 2}"},
    {"name and value", "{\"name\":\"X-Api-Key\",\"value\":\"%1\"}"},
    {"dictionary of Python", "{'password': '%1', 'user': 'me'}"},
    {"environment of Python", "os.environ['DB_PASSWORD'] = '%1'"},
    {"Ruby", "config.api_key => \"%1\""},
    {"YAML", "db:\n  user: me\n  password: %1\n  host: x\n"},
    {"YAML with blanks", "password: correct horse %1 staple"},
    {"YAML, a block", "secret: |\n  line one\n  %1\nother: 1\n"},
    {"YAML, a list", "api_keys:\n  - one\n  - %1\nother: 1\n"},
    {"YAML, name and value", "env:\n  - name: API_TOKEN\n    value: %1\n"},
    {"INI", "[db]\npassword = %1\n"},
    {"netrc", "machine media.example login me password %1"},
    {"XML", "<config><password>%1</password></config>"},
    {"XML attribute", "<server user=\"me\" password=\"%1\"/>"},
    {"XML with attributes", "<apiKey type=\"x\">%1</apiKey>"},
    {"XML, name and value", "<add key=\"ApiKey\" value=\"%1\"/>"},
    {"SQL", "CREATE USER m WITH PASSWORD '%1'"},
    {"form", "grant_type=client_credentials&client_id=a&client_secret=%1&scope=x"},
    {"form, encoded", "data=user%3Dme%26password%3D%1%26x%3D1"},
    {"two words", "the api key: %1"},
    {"pass phrase", "pass phrase: %1"},
    {"private key in one word", "privateKey=%1"},
    {"signing key", "webhook signing key: %1"},
    {"stream key", "stream_key=%1"},
    {"Slack", "posting as xoxb-12-%1"},
    {"GitHub", "cloning with ghp_%1abcdef"},
    {"OpenAI", "openai: incorrect key sk-proj-%1 provided"},
    {"Stripe", "sk_live_%1"},
    {"webhook secret", "secret is whsec_%1"},
    {"JWT", "got eyJhbGciOiJIUzI1NiJ9.eyJ%1.c2lnbmF0dXJl back"},
    {"PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n%1\nxyz\n-----END RSA PRIVATE KEY-----\n"},
    {"PEM in one line", "key -----BEGIN PRIVATE KEY-----\\nMIIE%1\\n-----END PRIVATE KEY-----"},
    {"commas within", "password=ab,%1"},
    {"in brackets", "(token=%1)"},
    {"passcode", "zoom passcode: %1"},
    {"smtp", "smtp_pass=%1"},
    {"pass that is no number", "ftp user=me pass=%1"},
};

/// As documents.
inline const QList<Shape> secretDocuments{
    {"secret_key", R"({"secret_key":"%1"})"},
    {"signing_key", R"({"signing_key":"%1"})"},
    {"encryption key", R"({"encryptionKey":"%1"})"},
    {"pwd", R"({"pwd":"%1"})"},
    {"passcode", R"({"passcode":"%1"})"},
    {"nested", R"({"a":[{"b":{"access_token":"%1"}}]})"},
    {"an object", R"({"credentials":{"id":1,"what":"%1"}})"},
    {"a list", R"({"api_keys":["x","%1"]})"},
    {"name and value", R"({"headers":[{"name":"X-Api-Key","value":"%1"}]})"},
    {"value and name", R"([{"value":"%1","name":"DB_PASSWORD"}])"},
    {"key and value", R"([{"key":"client_secret","value":"%1"}])"},
    {"sas", R"({"sas":"%1"})"},
    {"signature", R"({"signature":"%1"})"},
    {"numbered", R"({"password2":"%1"})"},
    {"escaped key", R"({"pass\u0077ord":"%1"})"},
};

/// As documents that leave the house: there strings and keys are looked at as text.
inline const QList<Shape> secretWords{
    {"an address", R"({"at":"https://u:%1@h/x"})"},
    {"a header", R"(["-H","X-Api-Key: %1"])"},
    {"two arguments", R"(["--token","%1"])"},
    {"a pair", R"([["Authorization","Bearer %1"]])"},
    {"a key of an object", R"({"https://u:%1@h/x":1})"},
    {"a token as a key", R"({"sk-proj-%1":{"used":3}})"},
    {"JSON in a string", R"({"body":"{\"api_key\":\"%1\"}"})"},
    {"escaped JSON in a string", R"({"body":"{\"pass\\u0077ord\":{\"is\":\"%1\"}}"})"},
    {"a line of a log", R"({"log":"line one\nCookie: sid=%1\nline three"})"},
};

/// What people, tools and this program write, and must be able to read.
inline const QList<Shape> ordinaryTexts{
    {"a sentence", "The store /home/me/token/store.db is locked"},
    {"times", "12:01:07 took 41 s"},
    {"address without a password", "http://host:80/path and https://cdn.example/a.mp4?width=1280&height=720"},
    {"address with a port and an @", "http://host:8080/@user/clip.mp4"},
    {"address with a user", "ssh://git@media.example/a.git"},
    {"key frame", "key frame: 12, every key frame is closed; keyframe_interval=250 key_frame=1"},
    {"keys of ours", "file_key=inputs/ab/talk.wav dedupe_key: 4f3a9b dedupe key: 4f3a9b object key: outputs/a.mp4 storage key: inputs/x"},
    {"keys of tables", "primary key: id, foreign key = job_id, sort_key=created_at, public_key=ssh-ed25519"},
    {"counts of tokens", "token count: 412, max_tokens=512, prompt_tokens: 7, tokens: 12, token_count=9, tokens per second: 31"},
    {"words of a tokenizer", "eos_token=<|endoftext|> bos_token: <s>"},
    {"x264", "cabac=1 ref=3 keyint=250 keyint_min=25 rc=crf pass=1 2pass"},
    {"passes of an encoder", "pass 1 of 2, pass: 2, first pass: done, -pass 1 -passlogfile ff"},
    {"working folder", "PWD=/home/me/media pwd: /tmp"},
    {"music", "time signature: 3/4, key signature: C major"},
    {"verdicts", "signature: wrong, signature_verdict=not_checked, signature wrong"},
    {"what is said of secrets", "token: expired; Authorization: required; password: missing"},
    {"names without values", "The secret of webhook 12 is not at hand; the password was not accepted"},
    {"basic words", "basic training, Basic settings: 12, the bearer of news, bearer token"},
    {"secretary", "secretary: Ann, author=me, authority: x"},
    {"hyphens", "sk-learn task-1234abcd risk-free ask-2"},
    {"hashes", "sha256=9f86d081884c7d659a2feaa0c55ad015 inputs/9f86d081/a.wav"},
    {"public key", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"},
    {"subtitles", "1\n00:00:01,000 --> 00:00:02,000\n-Secret agents are here!\n\n2\n00:00:03,000 --> 00:00:04,000\nThe key: practice.\n"},
    {"ffmpeg", "Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1280x720, 25 fps, 12800 tbn (default)"},
    {"ffmpeg's tags", "TAG:encoder=Lavf59.27.100 TAG:language=eng key=value"},
    {"crypto of HLS", "#EXT-X-KEY:METHOD=AES-128 Opening 'crypto+file:seg1.ts' for reading"},
    {"what is masked", "Authorization: [masked], redis://u:[masked]@h, \"token\": \"[masked]\" password=[masked] --token [masked]"},
    {"other letters", "Ключ: значение, clé : valeur, Schlüssel=wert"},
};

inline const QList<Shape> ordinaryDocuments{
    {"ours", R"({"file_key":"inputs/a.wav","dedupe_key":"4f3a9bc2d1","object_key":"x1y2z3a4","keyframe_interval":250,"key_frame":1})"},
    {"a truth", R"({"has_password":true,"requires_token":false,"secret":null})"},
    {"spoken words", R"({"text":"the token: seven","words":["secret","garden"]})"},
    {"counts", R"({"max_tokens":512,"usage":{"prompt_tokens":3,"total_tokens":9},"tokens":[1,2,3]})"},
    {"numbers as they are spelt", R"({ "a" : 1.50, "n":10000000000000000000000})"},
    {"a name and a value", R"([{"name":"width","value":"1280x720a"},{"key":"C","value":"major7th"}])"},
    {"passes", R"({"pass":2,"two_pass":"first","signature":"as_sent"})"},
};

inline QByteArray withSecret(const Shape& shape, const QByteArray& secret)
{
    return QByteArray(shape.text).replace("%1", secret);
}

}
