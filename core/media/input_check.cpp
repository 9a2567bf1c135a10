// SPDX-License-Identifier: Apache-2.0
#include "core/media/input_check.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> refuse(ErrorKind kind, const QString& code, const QString& path, const QString& why)
{
    return failure(kind, code, u"\"%1\" %2."_s.arg(path, why), u"file_path"_s);
}

/// Closes itself. Opened without blocking: opening a fifo would wait for a writer.
class Opened {
public:
    explicit Opened(const QString& path) : m_fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY))
    {
    }
    ~Opened()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Opened)
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd;
};

bool namesOtherFiles(QByteArray head)
{
    if (head.startsWith("\xEF\xBB\xBF"))
        head.remove(0, 3);
    head = head.trimmed().toLower();
    if (head.startsWith('<') && !head.contains('\0'))    // SVG, DASH, SMIL and everything else in XML
        return true;
    for (const char* start : {"#extm3u", "ffconcat version", "[playlist]", "v=0\r\n", "v=0\n"}) {
        if (head.startsWith(start))
            return true;
    }
    return false;
}

}

Result<InputFile> checkInput(const QString& path, const Limits& limits)
{
    const QByteArray name = QFile::encodeName(path);
    if (path.isEmpty() || name.contains('\0'))
        return refuse(ErrorKind::Invalid, u"file_missing"_s, path, u"is no file name"_s);
    struct stat facts {};
    if (::stat(name.constData(), &facts) != 0) {
        if (errno == EACCES)
            return refuse(ErrorKind::Forbidden, u"file_unreadable"_s, path, u"lies in a folder that may not be entered"_s);
        return refuse(ErrorKind::NotFound, u"file_missing"_s, path, u"does not exist"_s);
    }
    if (S_ISDIR(facts.st_mode))
        return refuse(ErrorKind::Invalid, u"not_a_file"_s, path, u"is a folder"_s);
    if (!S_ISREG(facts.st_mode))
        return refuse(ErrorKind::Invalid, u"not_a_file"_s, path, u"is a pipe, a device or a socket, not a file"_s);
    if (facts.st_size == 0)
        return refuse(ErrorKind::Invalid, u"file_empty"_s, path, u"is empty"_s);
    if (facts.st_size > limits.inputBytes)
        return refuse(ErrorKind::TooLarge, u"file_too_large"_s, path,
                      u"has %1 bytes; the limit is %2"_s.arg(facts.st_size).arg(limits.inputBytes));

    const Opened file(path);
    QByteArray head(512, Qt::Uninitialized);
    const ssize_t got = file.fd() < 0 ? -1 : ::read(file.fd(), head.data(), size_t(head.size()));
    if (got < 0)
        return refuse(ErrorKind::Forbidden, u"file_unreadable"_s, path, u"cannot be read: %1"_s.arg(qt_error_string(errno)));
    head.truncate(got);
    if (namesOtherFiles(head))
        return refuse(ErrorKind::Invalid, u"format_not_allowed"_s, path, u"is a playlist or a document that points to other files"_s);

    InputFile input{.path = QFileInfo(path).absoluteFilePath(), .forcedFormat = {}, .sizeBytes = facts.st_size};
    if (head.startsWith("\x89PNG\r\n\x1A\n"))
        input.forcedFormat = u"png_pipe"_s;
    else if (head.startsWith("\xFF\xD8\xFF"))
        input.forcedFormat = u"jpeg_pipe"_s;
    return input;
}

}
