"""For everybody: what axe-core finds, and what a keyboard alone can do."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


def clean(place):
    """No violation of any rule of axe-core in this page or frame."""
    found = Axe().run(place).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(world, scheme):
    rep, visitor = world.rep(), world.visitor(color_scheme=scheme)
    visitor.open()
    clean(visitor.panel)
    visitor.write("hello")
    visitor.reads("me: hello")
    clean(visitor.panel)
    rep.accept()
    rep.write("see https://example.com/tea")
    visitor.reads("me: hello", "they: see https://example.com/tea")
    clean(visitor.panel)
    visitor.panel.get_by_role("button", name="End chat").click()
    clean(visitor.panel)
    visitor.panel.locator(".question .danger").click()
    visitor.panel.get_by_label("4: Good").check()
    clean(visitor.panel)
    clean(visitor.page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_console(world, scheme):
    world.gateway.add_people({"name": "王小明", "org": "Cloudpeak", "phones": ["+8613800138000"]})
    visitor, rep = world.talk(rep=world.rep(color_scheme=scheme))
    rep.write("hello to you")
    rep.note("a note")
    rep.sees("they: hello", "me: hello to you", "note: a note")
    clean(rep.page)
    world.gateway.carrier.call("+8613800138000").ring()
    expect(rep.ring).to_be_visible()
    clean(rep.page)
    rep.page.locator(".talk-actions").get_by_role("button", name="End").click()
    clean(rep.page)
    rep.page.get_by_role("button", name="People").click()
    rep.page.locator(".people .row").first.click()
    expect(rep.page.locator(".card-face")).to_be_visible()
    clean(rep.page)
    rep.page.get_by_role("button", name="Settings").click()
    clean(rep.page)
    for keys in ("Control+k", "?"):
        rep.page.keyboard.press(keys)
        expect(rep.page.get_by_role("dialog")).to_be_visible()
        clean(rep.page)
        rep.page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_login_and_on_the_board(world, scheme):
    chen = world.rep("chen@example.com", color_scheme=scheme)
    chen.page.get_by_role("button", name="Board", exact=True).click()
    expect(chen.page.locator(".figure").first).to_be_visible()
    clean(chen.page)
    stranger = world.context(color_scheme=scheme).new_page()
    stranger.goto(world.gateway.base + "/console/")
    expect(stranger.get_by_label("E-mail")).to_be_visible()
    clean(stranger)


def test_a_visitor_with_nothing_but_a_keyboard(world):
    visitor = world.visitor()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.field).to_be_focused()
    visitor.page.keyboard.type("hello")
    visitor.page.keyboard.press("Enter")
    visitor.reads("me: hello")
    visitor.page.keyboard.press("Escape")
    expect(visitor.launcher).not_to_have_attribute("data-open", "")
    visitor.page.keyboard.press("Enter")
    expect(visitor.field).to_be_focused()


def test_a_rep_with_nothing_but_a_keyboard(world):
    rep, visitor = world.rep(), world.visitor()
    visitor.open().write("hello")
    expect(rep.ring).to_be_visible()
    keys = rep.page.keyboard
    keys.press("F9")
    expect(rep.field).to_be_visible()
    rep.sees("they: hello")
    keys.press("r")
    expect(rep.field).to_be_focused()
    keys.type("hello to you")
    keys.press("Enter")
    keys.press("Escape")
    keys.press("n")
    keys.type("a note")
    keys.press("Enter")
    rep.sees("they: hello", "me: hello to you", "note: a note")
    keys.press("Escape")
    keys.press("e")
    sheet = rep.page.get_by_role("form", name="Wrap-up")
    expect(sheet).to_be_visible()
