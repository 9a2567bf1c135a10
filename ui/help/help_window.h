// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace ui {

/// The pages of resources/help: a list at the left, a page at the right, links between them. Nothing is fetched from anywhere.
class HelpWindow final : public QDialog {
    Q_OBJECT

public:
    /// A page by its file's name without ".md"; empty or unknown: the first. One window; a second call turns its page.
    static void open(const QString& topic, QWidget* parent);
    void showTopic(const QString& topic);

protected:
    /// Links keep the colour that they were read with.
    void changeEvent(QEvent* event) override;

private:
    explicit HelpWindow(QWidget* parent);
    QListWidget* m_topics;
    QTextBrowser* m_page;
};

/// The pages there are, in their order: name of the file, title.
[[nodiscard]] QList<std::pair<QString, QString>> helpTopics();

}
