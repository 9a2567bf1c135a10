// SPDX-License-Identifier: Apache-2.0
#include "ui/diff/diff_rows.h"

#include <QCoreApplication>

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

QList<DiffRow> meaningRows(const QList<core::tasks::Difference>& differences)
{
    QList<DiffRow> rows;
    rows.reserve(differences.size());
    for (const core::tasks::Difference& one : differences) {
        const QString path = one.path.isEmpty() ? tr("the whole document") : one.path.join(u" \u203a "_s);
        rows << DiffRow{markOf(one.kind), {path, one.before, one.after}};
    }
    return rows;
}

}
