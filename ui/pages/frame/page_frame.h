// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"
#include "core/jobs/filter.h"
#include "ui/pages/frame/look_back.h"
#include "ui/session/ui_context.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLineEdit;
class QStackedWidget;
class QVBoxLayout;

namespace ui {

class EmptyState;
class ErrorBar;
class InkLabel;
class SegmentedSwitch;

/// What the pages share: the title line, what stands in place of the content (loading, nothing there, an error), and when to read again:
/// after changes of the store, while the page is visible and live is on, at most every two seconds and never more than a fifth of the
/// time. What a person asks for is read at once.
class PageFrame : public QWidget {
    Q_OBJECT

public:
    PageFrame(const UiContext& context, const QString& title, QWidget* parent);
    ~PageFrame() override;

    /// "status:failed type:captions"; empty without a filter field, or without text.
    [[nodiscard]] QString filterText() const;
    [[nodiscard]] LookBack lookBack() const;
    [[nodiscard]] bool isReading() const { return m_reading; }

public slots:
    /// Reads again now; F5.
    void refresh();

protected:
    // What a page is made of; called in its constructor
    [[nodiscard]] QWidget* content() const { return m_content; }
    void addWindowSwitch();
    void addFilterField();
    void addToTitle(QWidget* widget);
    /// Small text beside the title's controls; plain.
    void setCaption(const QString& text);
    /// Besides the store's own changes: what no event tells of (signs of life, files, deliveries).
    void setPolls(std::chrono::milliseconds interval) { m_poll.setInterval(interval); }
    [[nodiscard]] EmptyState& emptyState() const { return *m_empty; }

    /// Asks the store; every answer goes through answered().
    virtual void reload() = 0;
    /// For one question that may take long: given up when the page is hidden or reads anew.
    [[nodiscard]] core::backend::ReadHandle aRead();
    [[nodiscard]] core::backend::LongReads& longReads() const { return core::backend::longReads(backend()); }
    /// Hands a value of the store to `take` if the question still stands: a later refresh makes earlier answers void.
    template <class T, class Take>
    void ask(const core::Pending<T>& pending, Take take)
    {
        ++m_open;
        core::whenDone(pending, this, [this, round = m_round, take = std::move(take)](const core::Result<T>& result) {
            if (round != m_round)
                return;
            if (result)
                take(*result);
            answered(result ? nullptr : &result.error());
        });
    }
    /// Whether the page's list is there; decides between content and empty state.
    void setIsEmpty(bool isEmpty);
    [[nodiscard]] core::jobs::Window window() const;
    /// The filter field as a filter, as it was when Enter was pressed.
    [[nodiscard]] const core::jobs::Filter& filter() const { return m_filter; }
    [[nodiscard]] core::backend::Backend& backend() const;
    [[nodiscard]] const UiContext& context() const { return m_context; }

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildTitle(const QString& title);
    void noteChange();
    void schedule();
    void answered(const core::Error* error);
    void giveUpReads();
    void showState();
    void updateAge();
    void applyFilter();

    UiContext m_context;
    QHBoxLayout* m_titleLine;
    QWidget* m_titleBar;
    InkLabel* m_caption = nullptr;
    InkLabel* m_age = nullptr;
    InkLabel* m_filterError = nullptr;
    QLineEdit* m_filterField = nullptr;
    SegmentedSwitch* m_switch = nullptr;
    ErrorBar* m_error;
    QStackedWidget* m_states;
    QWidget* m_content;
    EmptyState* m_empty;
    InkLabel* m_loading;

    core::jobs::Filter m_filter;
    std::vector<core::backend::ReadHandle> m_reads;    // of this round
    QTimer m_wait;                                     // until the next read is due
    QTimer m_poll;
    QTimer m_second;
    QElapsedTimer m_sinceRead;
    std::optional<core::Time> m_readAt;
    qint64 m_costMs = 0;
    int m_round = 0;
    int m_open = 0;
    bool m_reading = false;
    bool m_stale = true;
    bool m_givenUp = false;    // it was hidden before it had its answers
    bool m_isEmpty = false;
    bool m_failed = false;
};

}
