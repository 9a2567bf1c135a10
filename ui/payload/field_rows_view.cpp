// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/field_rows_view.h"

#include "ui/base/ink_label.h"
#include "ui/payload/json_tree.h"
#include "ui/payload/payload_words.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FieldRowsView", text);
}

/// Read in the GUI thread: about a millisecond.
constexpr qsizetype mostSmall = 512 * 1024;

InkLabel* newSentence(const QString& text, QWidget* parent)
{
    auto* sentence = new InkLabel(text, TextRole::Body, InkLabel::Ink::Text2, parent);
    sentence->setWordWrap(true);
    return sentence;
}

}

QWidget* createUnknownView(const core::tasks::UnknownPayload& payload, QWidget* parent)
{
    auto* body = new QWidget(parent);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(
        newSentence(tr("There are no named fields in this payload: its type is not known here, or it is no JSON object."), body));
    QWidget* tree = createSmallTree(payload.raw, body);
    const bool isSentence = qobject_cast<InkLabel*>(tree);
    column->addWidget(tree, isSentence ? 0 : 1);
    if (isSentence)
        column->addStretch();
    return body;
}

QWidget* createSmallTree(const QByteArray& bytes, QWidget* parent)
{
    if (bytes.size() > mostSmall)
        return newSentence(tr("It is long: the Tree view shows all of it."), parent);
    const auto text = core::JsonText::parse(bytes);
    if (!text)
        return newSentence(treeRefusal(text.error()), parent);
    auto* tree = new JsonTree(parent);
    tree->setText(*text, false);
    tree->setMinimumHeight(scaled(240));
    return tree;
}

}
