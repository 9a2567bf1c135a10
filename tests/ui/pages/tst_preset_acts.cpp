// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/base/row_table.h"
#include "ui/media/style_preview.h"
#include "ui/pages/presets/preset_editor.h"
#include "ui/pages/presets/presets_page.h"
#include "ui/pages/presets/remove_preset_dialog.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

template <class Widget>
Widget* named(QWidget& parent, const QString& name)
{
    const auto all = parent.findChildren<Widget*>();
    for (Widget* widget : all) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

QPushButton* button(QWidget& parent, const QString& text)
{
    const auto all = parent.findChildren<QPushButton*>();
    for (QPushButton* one : all) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

void write(QLineEdit* field, const QString& text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
}

}

class PresetActsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_console = std::make_unique<test_support::ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
        showPage();
    }
    void cleanup()
    {
        m_page.reset();
        m_console.reset();
    }

    void aPresetIsMadeByKeyboardAndJournalled()
    {
        QPointer editor = m_page->createPreset();
        editor->show();
        QVERIFY(QTest::qWaitForWindowExposed(editor));
        QCOMPARE(editor->focusWidget(), named<QLineEdit>(*editor, u"Name"_s));
        auto* act = button(*editor, u"Save preset"_s);
        QVERIFY(act && !act->isEnabled());
        QTest::keyClicks(editor->focusWidget(), u"News"_s);
        QVERIFY(act->isEnabled());
        QTest::keyClick(editor->focusWidget(), Qt::Key_Return);    // Enter never acts
        QVERIFY(editor && editor->isVisible());
        write(named<QLineEdit>(*editor, u"Colour of letters, #RRGGBB"_s), u"#ff0000"_s);
        named<QDoubleSpinBox>(*editor, u"Size"_s)->setValue(72);
        QTest::keyClick(editor->findChild<QCheckBox*>(), Qt::Key_Space);
        test_support::shoot(*editor, u"preset-editor"_s);
        act->setFocus();
        QTest::keyClick(act, Qt::Key_Space);
        QTRY_VERIFY(!editor);
        QTRY_COMPARE(m_page->table().rows().rowCount(), builtins + 1);
        const auto saved = stored(u"News"_s);
        QVERIFY(saved);
        QCOMPARE(saved->style.primaryColor, u"#ff0000"_s);
        QCOMPARE(saved->style.fontSize, 72.0);
        QVERIFY(saved->style.bold);
        QTRY_COMPARE(m_page->table().currentRow()->key, saved->id.text);
        const auto journal = m_console->store.backend->journal(10).wait();
        QCOMPARE(journal->constFirst().action, u"preset_save"_s);
        QCOMPARE(journal->constFirst().operatorName, m_console->session->caller().operatorName);
    }

    void whatIsWrongStandsBelowItsFieldWhileOneTypes()
    {
        QPointer editor = m_page->createPreset();
        editor->show();
        auto* act = button(*editor, u"Save preset"_s);
        write(named<QLineEdit>(*editor, u"Name"_s), u"A"_s);
        auto* letters = named<QLineEdit>(*editor, u"Colour of letters, #RRGGBB"_s);
        write(letters, u"#12"_s);
        QVERIFY(!editor->errorOf(u"style/primary_color"_s).isEmpty());
        named<QDoubleSpinBox>(*editor, u"Size"_s)->setValue(2);
        named<QSpinBox>(*editor, u"Margin"_s)->setValue(900);
        write(named<QComboBox>(*editor, u"Font"_s)->lineEdit(), u"A,B"_s);
        for (const QString& field : {u"style/font"_s, u"style/font_size"_s, u"style/margin_px"_s, u"style/primary_color"_s})
            QVERIFY2(!editor->errorOf(field).isEmpty(), qPrintable(field));
        QVERIFY(editor->errorOf(u"style/outline_color"_s).isEmpty());
        QVERIFY(!act->isEnabled());
        test_support::shoot(*editor, u"preset-editor-errors"_s);
        write(letters, u"#123456"_s);
        QVERIFY(editor->errorOf(u"style/primary_color"_s).isEmpty());
        named<QDoubleSpinBox>(*editor, u"Size"_s)->setValue(40);
        named<QSpinBox>(*editor, u"Margin"_s)->setValue(90);
        write(named<QComboBox>(*editor, u"Font"_s)->lineEdit(), u"DejaVu Serif"_s);
        QVERIFY(act->isEnabled());
        QVERIFY(editor->preview().accessibleName().contains(u"DejaVu Serif"_s));
        QTest::keyClick(editor, Qt::Key_Escape);
        QTRY_VERIFY(!editor);
        QCOMPARE(m_console->store.backend->presets().wait()->size(), builtins);
    }

    void aNameThatIsTakenIsToldAtItsField()
    {
        QPointer editor = m_page->createPreset();
        editor->show();
        write(named<QLineEdit>(*editor, u"Name"_s), u"clean"_s);
        QTest::mouseClick(button(*editor, u"Save preset"_s), Qt::LeftButton);
        QTRY_VERIFY(!editor->errorOf(u"name"_s).isEmpty());
        QVERIFY(!button(*editor, u"Save preset"_s)->isEnabled());
        QVERIFY(editor->isVisible());
        QTest::keyClicks(named<QLineEdit>(*editor, u"Name"_s), u"er"_s);
        QVERIFY(editor->errorOf(u"name"_s).isEmpty());
        QTest::mouseClick(button(*editor, u"Save preset"_s), Qt::LeftButton);
        QTRY_VERIFY(!editor);
        QVERIFY(stored(u"cleaner"_s));
    }

    void theSwatchOpensAColourDialog()
    {
        QPointer editor = m_page->createPreset();
        editor->show();
        QTest::mouseClick(named<QToolButton>(*editor, u"Choose the colour of outline"_s), Qt::LeftButton);
        auto* dialog = editor->findChild<QColorDialog*>();
        QVERIFY(dialog);
        dialog->setCurrentColor(QColor(0x12, 0x34, 0xab));
        dialog->accept();
        QTRY_COMPARE(editor->draft().style.outlineColor, u"#1234AB"_s);
        editor->close();
    }

    void builtinsAreOnlyCopied()
    {
        m_page->table().selectRow(0);
        QVERIFY(m_page->whyNot().contains(u"built in"_s));
        QVERIFY(!m_page->editCurrent() && !m_page->removeCurrent());
        QTest::keyClick(&m_page->table(), Qt::Key_Delete);
        QTest::keyClick(&m_page->table(), Qt::Key_Return);
        QVERIFY(!m_page->findChild<QDialog*>());
        test_support::shoot(*m_page, u"presets-builtin"_s);
        QPointer editor = m_page->copyCurrent();
        editor->show();
        QCOMPARE(editor->draft().name, u"Clean (copy)"_s);
        QVERIFY(!editor->draft().id);
        QTest::mouseClick(button(*editor, u"Save preset"_s), Qt::LeftButton);
        QTRY_VERIFY(!editor);
        QVERIFY(stored(u"Clean (copy)"_s));
    }

    void aPresetIsEditedAndDeletedByName()
    {
        const auto id = m_console->store.backend->savePreset(m_console->store.caller, {{}, u"Mine & <b>yours</b>"_s, {}, {}}).wait();
        QVERIFY(id);
        m_page->refresh();
        QTRY_COMPARE(m_page->table().rows().rowCount(), builtins + 1);
        m_page->table().selectRow(m_page->table().rows().rowOf(id->text));
        m_page->table().setFocus();
        QTest::keyClick(&m_page->table(), Qt::Key_Return);
        QPointer editor = m_page->findChild<ui::PresetEditor*>();
        QVERIFY(editor);
        QVERIFY(!button(*editor, u"Save preset"_s)->isEnabled());    // nothing changed
        named<QDoubleSpinBox>(*editor, u"Outline width"_s)->setValue(7);
        QTest::mouseClick(button(*editor, u"Save preset"_s), Qt::LeftButton);
        QTRY_VERIFY(!editor);
        QTRY_COMPARE(m_console->store.backend->presets().wait()->constLast().style.outline, 7.0);
        QTRY_VERIFY(!m_page->isReading());
        QPointer dialog = m_page->removeCurrent();
        QVERIFY(dialog);
        dialog->show();
        auto* remove = button(*dialog, u"Delete \"Mine && <b>yours</b>\""_s);
        QVERIFY(remove);
        test_support::shoot(*dialog, u"preset-remove"_s);
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_VERIFY(!dialog);
        QTRY_COMPARE(m_page->table().rows().rowCount(), builtins);
    }

    void aReadOnlyConnectionSaysWhyBeforeOneTries()
    {
        test_support::ConsoleFixture console;
        QCOMPARE(console.open(0, true), QString());
        ui::PresetsPage page(console.context());
        page.resize(1200, 600);
        page.show();
        QTRY_COMPARE(page.table().rows().rowCount(), builtins);
        page.table().selectRow(0);
        QCOMPARE(page.whyNot(), console.session->capabilities().whyReadOnly);
        QVERIFY(!page.whyNot().isEmpty());
        const auto buttons = page.findChildren<QToolButton*>();
        int acts = 0;
        for (QToolButton* one : buttons) {
            if (!one->defaultAction())
                continue;
            ++acts;
            QVERIFY2(!one->isEnabled() && one->toolTip() == ui::plainToolTip(page.whyNot()), qPrintable(one->text()));
        }
        QCOMPARE(acts, 4);
        QVERIFY(!page.copyCurrent() && !page.editCurrent() && !page.removeCurrent());
    }

private:
    void showPage()
    {
        m_page = std::make_unique<ui::PresetsPage>(m_console->context());
        m_page->resize(1236, 560);
        m_page->show();
        QTRY_COMPARE(m_page->table().rows().rowCount(), builtins);
    }
    [[nodiscard]] std::optional<core::captions::Preset> stored(const QString& name) const
    {
        const auto all = m_console->store.backend->presets().wait();
        for (const auto& preset : *all) {
            if (preset.name == name)
                return preset;
        }
        return {};
    }

    const int builtins = static_cast<int>(core::captions::builtinPresets().size());
    std::unique_ptr<test_support::ConsoleFixture> m_console;
    std::unique_ptr<ui::PresetsPage> m_page;
};

QTEST_MAIN(PresetActsTest)
#include "tst_preset_acts.moc"
