// SPDX-License-Identifier: Apache-2.0
#include "ui/diff/diff_rows.h"

#include "core/base/json_text.h"
#include "core/base/secrets.h"

#include <QCoreApplication>

#include <optional>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::DiffRows", text);
}

DiffMark markOf(core::tasks::DifferenceKind kind)
{
    switch (kind) {
    case core::tasks::DifferenceKind::Changed: return DiffMark::Changed;
    case core::tasks::DifferenceKind::Added: return DiffMark::Added;
    case core::tasks::DifferenceKind::Removed: return DiffMark::Removed;
    }
    Q_UNREACHABLE();
}

/// What a copy says of the values of a document.
class Copies {
public:
    explicit Copies(const QByteArray& document)
    {
        const QByteArray safe = core::base::maskedDocument(document);
        if (safe == document)
            return;
        keep(m_stored, document);
        keep(m_masked, safe);
    }
    /// `shown` is the value at that place as it is spelt, maybe cut.
    [[nodiscard]] QString of(const QString& pointer, const QString& shown) const
    {
        if (!m_stored || !m_masked)
            return shown;
        const auto stored = m_stored->find(pointer);
        if (!stored)    // a default that was filled in
            return shown;
        const auto masked = m_masked->find(pointer);
        if (!masked)    // inside of what is masked whole
            return u"[masked]"_s;
        return masked->raw() == stored->raw() ? shown : QString::fromUtf8(masked->raw()).left(core::tasks::shownValueLength);
    }

private:
    static void keep(std::optional<core::JsonText>& into, const QByteArray& json)
    {
        if (auto parsed = core::JsonText::parse(json))
            into = std::move(*parsed);
    }
    std::optional<core::JsonText> m_stored;    // neither where nothing is masked
    std::optional<core::JsonText> m_masked;
};

}

QString signOf(DiffMark mark)
{
    switch (mark) {
    case DiffMark::Same:
    case DiffMark::Heading: return {};
    case DiffMark::Changed: return u"~"_s;
    case DiffMark::Added: return u"+"_s;
    case DiffMark::Removed: return u"\u2212"_s;
    }
    Q_UNREACHABLE();
}

QString wordOf(DiffMark mark)
{
    switch (mark) {
    case DiffMark::Same: return tr("the same");
    case DiffMark::Changed: return tr("changed");
    case DiffMark::Added: return tr("added");
    case DiffMark::Removed: return tr("removed");
    case DiffMark::Heading: return tr("heading");
    }
    Q_UNREACHABLE();
}

QList<DiffRow> meaningRows(const QList<core::tasks::Difference>& differences, const QByteArray& before, const QByteArray& after)
{
    const Copies ofBefore(before);
    const Copies ofAfter(after);
    QList<DiffRow> rows;
    rows.reserve(differences.size());
    for (const core::tasks::Difference& one : differences) {
        const QString path = one.path.isEmpty() ? tr("the whole document") : one.path.join(u" \u203a "_s);
        DiffRow row{markOf(one.kind), {path, one.before, one.after}};
        const QStringList copies{path, ofBefore.of(one.beforePointer, one.before), ofAfter.of(one.afterPointer, one.after)};
        if (copies != row.cells)
            row.copies = copies;
        rows << row;
    }
    return rows;
}

}
