// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/report.h"

#include "tests/bench/figures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace bench {

using namespace Qt::StringLiterals;

const QList<double>& Report::values(const QString& name) const
{
    const auto found = m_values.constFind(name);
    if (found == m_values.constEnd())
        giveUp(u"a trial did not measure %1"_s.arg(name));
    return *found;
}

double Report::part(const QString& name, double part) const
{
    const QList<double>& all = values(name);
    return percentile(std::vector<double>(all.begin(), all.end()), part);
}

double Report::median(const QString& name) const
{
    return part(name, 0.5);
}

double Report::highest(const QString& name) const
{
    const QList<double>& all = values(name);
    return *std::max_element(all.begin(), all.end());
}

void Report::merge(const Report& other)
{
    for (auto each = other.m_values.begin(); each != other.m_values.end(); ++each)
        m_values[each.key()] += each.value();
    m_texts.insert(other.m_texts);
}

QByteArray Report::toJson() const
{
    QJsonObject numbers;
    for (auto each = m_values.begin(); each != m_values.end(); ++each) {
        QJsonArray values;
        for (const double value : each.value())
            values.append(value);
        numbers.insert(each.key(), values);
    }
    QJsonObject texts;
    for (auto each = m_texts.begin(); each != m_texts.end(); ++each)
        texts.insert(each.key(), each.value());
    return QJsonDocument(QJsonObject{{u"values"_s, numbers}, {u"texts"_s, texts}}).toJson(QJsonDocument::Compact);
}

Report Report::fromJson(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        giveUp(u"a trial answered: %1"_s.arg(QString::fromUtf8(json.first(std::min<qsizetype>(json.size(), 500)))));
    Report report;
    const QJsonObject values = document.object().value(u"values"_s).toObject();
    for (auto each = values.begin(); each != values.end(); ++each) {
        for (const QJsonValue& value : each.value().toArray())
            report.add(each.key(), value.toDouble());
    }
    const QJsonObject texts = document.object().value(u"texts"_s).toObject();
    for (auto each = texts.begin(); each != texts.end(); ++each)
        report.say(each.key(), each.value().toString());
    return report;
}

}
