"""Chinese and English, and the input methods that Chinese is written with."""

import pytest
from playwright.sync_api import expect

from people import agree

LONG = "您好，我想请问一下今年的明前龙井还有没有货，如果有的话麻烦帮我留三罐，我周五下午过去取。" * 20


def compose(page, letters, text):
    """What an input method does: letters that are being composed, and the text that they become."""
    keyboard = page.context.new_cdp_session(page)
    for end in range(1, len(letters) + 1):
        keyboard.send("Input.imeSetComposition", {"text": letters[:end], "selectionStart": end, "selectionEnd": end})
    # The Enter that chooses a candidate reaches the page as a key, too.
    for kind in ("rawKeyDown", "keyUp"):
        keyboard.send("Input.dispatchKeyEvent", {"type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229})
    keyboard.send("Input.insertText", {"text": text})


def test_a_whole_chat_in_chinese(world):
    rep, visitor = world.rep(locale="zh-CN"), world.visitor(locale="zh-CN", title="明前龙井")
    visitor.open()
    expect(visitor.panel.locator(".presence")).to_have_text("客服在线")
    expect(visitor.field).to_have_attribute("placeholder", "输入消息…")
    visitor.write(LONG)
    expect(rep.ring).to_contain_text("新聊天")
    rep.accept()
    visitor.sees("me: " + LONG, "* Ana Reyes 加入了对话")
    rep.write("有的，三罐已经为您留好。😀👨‍👩‍👧")
    agree(visitor, rep, [LONG], ["有的，三罐已经为您留好。😀👨‍👩‍👧"])
    rep.page.get_by_role("button", name="结束").click()
    rep.page.get_by_label("成交").or_(rep.page.get_by_label("已解决")).first.check()
    rep.page.get_by_role("button", name="结束并归档").click()
    expect(visitor.panel.locator(".log .line").last).to_have_text("客服结束了对话")
    expect(visitor.panel.get_by_text("您对这次服务满意吗？")).to_be_visible()


@pytest.mark.parametrize("locale, number", [("zh-CN", "138 0013 8000"), ("en-GB", "+86 138 0013 8000")])
def test_a_caller_pops_in_the_language_of_the_rep(world, locale, number):
    world.gateway.add_people({"name": "王小明", "org": "云峰茶业", "phones": ["+8613800138000"]})
    rep = world.rep(locale=locale)
    world.gateway.carrier.call("+8613800138000").ring()
    expect(rep.ring).to_contain_text("来电" if locale == "zh-CN" else "Incoming call")
    expect(rep.ring).to_contain_text("王小明")
    expect(rep.page.locator("html")).to_have_attribute("lang", "zh-CN" if locale == "zh-CN" else "en")


def test_an_input_method_does_not_send_half_a_word(world):
    visitor, rep = world.talk()
    for page, field in ((visitor.page, visitor.field), (rep.page, rep.field)):
        field.click()
        compose(page, "nihao", "你好")
        expect(field).to_have_value("你好")
        page.keyboard.press("Enter")
    visitor.reads("me: hello", "me: 你好", "they: 你好")


def test_the_language_changes_without_a_reload_and_stays(world):
    rep = world.rep()
    rep.page.get_by_role("button", name="Settings").click()
    rep.page.get_by_label("中文").check()
    expect(rep.page.get_by_role("button", name="设置")).to_be_visible()
    rep.reload()
    expect(rep.page.get_by_role("button", name="收件箱")).to_be_visible()


def test_a_site_may_say_which_language_and_change_it(world):
    visitor = world.visitor(attributes={"lang": "zh-CN"})
    visitor.open()
    expect(visitor.panel.locator("h2")).to_have_text("您好！有什么可以帮您？")
    visitor.page.evaluate("switchboard.setLocale('en')")
    expect(visitor.panel.locator("h2")).to_have_text("Hello! How can we help?")
