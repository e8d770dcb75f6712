"""Real browsers against the real server. Each test gets a server, a website and people of its own."""

import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "EndToEnd"))

import pytest
from playwright.sync_api import expect, sync_playwright

pytest.register_assert_rewrite("people", "client", "gateway")

from gateway import PASSWORD, ROOT, Gateway
from people import SECONDS, Rep, Visitor, Watch
from site_under_test import Site
from wire import Wire

expect.set_options(timeout=SECONDS)
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WEB = pathlib.Path(os.environ.get("SWITCHBOARD_WEB_DIRECTORY", ROOT / ".build/web")).resolve()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory):
    """A data folder with its reps, made once: their passwords are slow to hash on purpose."""
    assert (WEB / "manifest.json").exists(), f"no pages in {WEB}: run tools/web.sh"
    folder = tmp_path_factory.mktemp("seed")
    gateway = Gateway(folder).start()
    gateway.add_users()
    gateway.stop()
    return folder / "data"


class World:
    """A server, a website, and whoever comes to them."""

    def __init__(self, browser, folder, data_folder):
        self.browser, self.folder = browser, folder
        self.site = Site()
        self.contexts, self.watches, self.wires = [], [], []
        shutil.copytree(data_folder, folder / "data")
        self.gateway = Gateway(folder, extra={"web": {"directory": str(WEB)}})
        self.gateway.settings["inboxes"][0]["sites"] = [self.site.origin]
        self.gateway.start()

    def wire(self):
        wire = Wire(self.gateway.port)
        self.wires.append(wire)
        return wire

    def context(self, **options):
        context = self.browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options})
        context.set_default_timeout(SECONDS)
        self.contexts.append(context)
        self.watches.append(Watch(context))
        return context

    def visitor(self, wire=None, title="Teas", attributes=None, **options):
        """Somebody new on the website, in a browser of their own."""
        server = wire.origin if wire else self.gateway.base
        lang = options.get("locale", "en-GB")
        path = f"/{len(self.contexts)}"
        address = self.site.put(server, path, title, lang, attributes)
        return Visitor(self.context(**options), address)

    def rep(self, email="ana@example.com", wire=None, **options):
        """A rep at the console, in a browser of their own, logged in and online."""
        origin = wire.origin if wire else self.gateway.base
        context = self.context(**options)
        context.add_init_script(
            "if (origin !== 'null' && !localStorage['switchboard.preferences'])"
            """ localStorage['switchboard.preferences'] = '{"soundAsked":true,"sound":false}'"""
        )
        answer = context.request.post(
            origin + "/api/session", data={"email": email, "password": PASSWORD}, headers={"Origin": origin}
        )
        assert answer.ok, answer.text()
        return Rep(context, origin)

    def talk(self, text="hello", visitor=None, rep=None):
        """A chat that has been asked for and accepted."""
        rep, visitor = rep or self.rep(), visitor or self.visitor()
        visitor.open().write(text)
        rep.accept()
        rep.sees(f"they: {text}")
        visitor.sees(f"me: {text}", "* Ana Reyes joined the chat")
        return visitor, rep

    def close(self):
        for context in self.contexts:
            context.close()
        for wire in self.wires:
            wire.close()
        self.site.close()
        self.gateway.stop()
        troubles = [trouble for watch in self.watches for trouble in watch.troubles]
        assert troubles == []


@pytest.fixture
def world(browser, tmp_path, data_folder):
    world = World(browser, tmp_path, data_folder)
    yield world
    world.close()
