"""The two people of a talk, each at a page of their own: a visitor with the widget, a rep with the console."""

from playwright.sync_api import expect

SECONDS = 20_000  # what a state may take to come about on a busy machine

VISITOR_SEES = """() => [...document.querySelectorAll('.log .message, .log .line')].map((node) => {
  if (node.classList.contains('line')) return '* ' + node.textContent;
  const state = ['sending', 'failed'].find((name) => node.classList.contains(name));
  const who = node.classList.contains('mine') ? 'me' : 'they';
  return (state ? state + ' ' : '') + who + ': ' + node.querySelector('.bubble').textContent;
})"""
REP_SEES = """() => [...document.querySelectorAll('.timeline .said, .timeline .note-band')].map((node) => {
  const sending = node.classList.contains('pending') ? 'sending ' : '';
  if (node.classList.contains('note-band')) return sending + 'note: ' + node.querySelector('.note-text').textContent;
  const who = node.classList.contains('said-in') ? 'they' : 'me';
  return sending + who + ': ' + node.querySelector('.bubble').textContent;
})"""


def eventually(page, read, wanted):
    """Waits until what `read` finds is exactly what is wanted; says what there was if it never comes."""
    seen = None
    for _ in range(SECONDS // 50):
        try:
            seen = read()
        except Exception as error:  # the page is just being loaded anew
            seen = error
        if seen == wanted:
            return
        page.wait_for_timeout(50)
    assert seen == wanted


class Watch:
    """Writes down what must never happen on any page: a script error, a violated policy, a script of somebody else."""

    def __init__(self, context):
        self.troubles = []
        context.on("weberror", lambda error: self.troubles.append(f"error: {error.error}"))
        context.on("dialog", self._dialog)
        context.on("console", self._console)

    def expects(self, text):
        """This one trouble is what the test is about."""
        assert [trouble for trouble in self.troubles if text in trouble], self.troubles
        self.troubles = [trouble for trouble in self.troubles if text not in trouble]

    def _dialog(self, dialog):
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message):
        if message.type == "error" and ("Content Security Policy" in message.text or "Trusted" in message.text):
            self.troubles.append(message.text)


class Visitor:
    """A visitor on a page with the widget. The panel is reached as people do: by the round button."""

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.page = context.new_page()
        self.page.goto(address)

    @property
    def launcher(self):
        return self.page.locator("switchboard-chat")

    @property
    def panel(self):
        """The panel's document, which exists once somebody is about to use it."""
        for _ in range(SECONDS // 50):
            for frame in self.page.frames:
                if "/w/frame" in frame.url:
                    return frame
            self.page.wait_for_timeout(50)
        raise AssertionError("there is no panel")

    @property
    def field(self):
        return self.panel.locator("textarea#text")

    def open(self):
        if self.launcher.get_attribute("data-open") is None:
            self.launcher.click()
        expect(self.field).to_be_visible()
        return self

    def close(self):
        self.launcher.click()
        expect(self.launcher).not_to_have_attribute("data-open", "")
        return self

    def write(self, text):
        self.field.fill(text)
        self.field.press("Enter")

    def reload(self):
        self.page.reload()
        return self

    def tab(self, address=None):
        """A second tab in the same browser."""
        return Visitor(self.context, address or self.address)

    def sees(self, *wanted):
        eventually(self.page, lambda: self.panel.evaluate(VISITOR_SEES), list(wanted))

    def messages(self):
        return [line for line in self.panel.evaluate(VISITOR_SEES) if not line.startswith("* ")]

    def reads(self, *wanted):
        """What was said, without the lines of the system in between."""
        eventually(self.page, self.messages, list(wanted))


class Rep:
    """A rep at the console."""

    def __init__(self, context, origin):
        self.context, self.origin = context, origin
        self.page = context.new_page()
        self.page.goto(origin + "/console/")
        expect(self.page.locator(".rail .me-button")).to_be_visible()

    @property
    def field(self):
        return self.page.locator("textarea#composer")

    @property
    def ring(self):
        """The first ring in the strip that shows on this width."""
        return self.page.locator("article.ring:not(.missed):visible").first

    def accept(self):
        expect(self.ring).to_be_visible()
        self.page.keyboard.press("F9")
        expect(self.field).to_be_visible()
        return self

    def write(self, text):
        self.mode("Reply", "回复")
        self.field.fill(text)
        self.field.press("Enter")

    def note(self, text):
        self.mode("Note", "备注")
        self.field.fill(text)
        self.field.press("Enter")

    def mode(self, *names):
        """Presses Reply or Note, where there is a choice."""
        button = self.page.locator("button.mode", has_text=names[0]).or_(self.page.locator("button.mode", has_text=names[1]))
        if button.count():
            button.first.click()

    def reload(self):
        self.page.reload()
        return self

    def tab(self):
        return Rep(self.context, self.origin)

    def sees(self, *wanted):
        """What the timeline shows was said and noted, in order; what is still on its way is marked as such."""
        eventually(self.page, lambda: self.page.evaluate(REP_SEES), list(wanted))


def agree(visitor, rep, visitor_said, rep_said):
    """Waits until both pages show the same talk: every message once, each side's in its order, nothing on its way."""

    def seen():
        left, right = visitor.messages(), rep.page.evaluate(REP_SEES)
        mirrored = [line.replace("they: ", "ME: ").replace("me: ", "they: ").replace("ME: ", "me: ") for line in right]
        said = {who: [line[len(who):] for line in left if line.startswith(who)] for who in ("me: ", "they: ")}
        return said["me: "], said["they: "], "same" if left == mirrored else (left, right)

    eventually(visitor.page, seen, (list(visitor_said), list(rep_said), "same"))
