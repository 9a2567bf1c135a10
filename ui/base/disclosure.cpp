// SPDX-License-Identifier: Apache-2.0
#include "ui/base/disclosure.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

Disclosure::Disclosure(const QString& title, Content content, QWidget* parent)
    : QWidget(parent), m_title(new QToolButton(this)), m_content(std::move(content))
{
    setFlatLook(m_title);
    m_title->setText(title);
    m_title->setAccessibleName(title);
    m_title->setCheckable(false);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setFocusPolicy(Qt::StrongFocus);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(scaled(4));
    lines->addWidget(m_title);
    connect(m_title, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
    follow();
}

bool Disclosure::isOpen() const
{
    return m_body && !m_body->isHidden();
}

void Disclosure::setOpen(bool open)
{
    if (open && !m_body) {
        m_body = m_content(this);
        layout()->addWidget(m_body);
    }
    if (m_body)
        m_body->setVisible(open);
    follow();
}

void Disclosure::follow()
{
    m_title->setIcon(actionIcon(isOpen() ? u"go-down"_s : u"go-next"_s));
    m_title->setAccessibleDescription(isOpen() ? tr("Open") : tr("Closed"));
}

}
