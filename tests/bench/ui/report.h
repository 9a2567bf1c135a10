// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace bench {

/// What a trial measured, by name: many values of some, one of others. It goes from the child to the parent as JSON.
class Report {
public:
    void add(const QString& name, double value) { m_values[name].append(value); }
    void say(const QString& name, const QString& text) { m_texts.insert(name, text); }

    [[nodiscard]] double median(const QString& name) const;
    [[nodiscard]] double part(const QString& name, double part) const;    ///< 0.99: of 100 values the second highest
    [[nodiscard]] double highest(const QString& name) const;
    [[nodiscard]] qsizetype count(const QString& name) const { return m_values.value(name).size(); }
    [[nodiscard]] QString text(const QString& name) const { return m_texts.value(name); }
    void merge(const Report& other);

    [[nodiscard]] QByteArray toJson() const;
    /// Gives up on what is no report.
    [[nodiscard]] static Report fromJson(const QByteArray& json);

private:
    [[nodiscard]] const QList<double>& values(const QString& name) const;

    QHash<QString, QList<double>> m_values;
    QHash<QString, QString> m_texts;
};

}
