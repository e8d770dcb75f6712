"""What the widget costs the site that carries it."""

from playwright.sync_api import expect


def test_a_page_view_is_two_requests_and_no_socket(world):
    visitor = world.visitor()
    context = visitor.context
    page = context.new_page()
    asked, sockets = [], []
    page.on("request", lambda request: asked.append(request.url) if world.gateway.base in request.url else None)
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(visitor.address)
    page.wait_for_function("() => typeof switchboard.open === 'function'")
    page.wait_for_load_state("networkidle")
    assert sorted(url.removeprefix(world.gateway.base).split("?")[0] for url in asked) == ["/w.js", "/w/config"]
    # Looking at the panel is no reason for a socket either.
    page.locator("switchboard-chat").click()
    page.wait_for_load_state("networkidle")
    assert sockets == []


def test_the_first_open_weighs_at_most_fifty_kilobytes(world):
    context = world.context(locale="zh-CN")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True})
    sizes = []
    page.on("requestfinished", lambda request: sizes.append((request.url, request.sizes())))
    page.goto(world.site.put(world.gateway.base, "/", lang="zh-CN"))
    page.locator("switchboard-chat").click()
    page.wait_for_load_state("networkidle")
    ours = {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes if url.startswith(world.gateway.base)}
    assert any("locale-zh" in url for url in ours) and not any("locale-en" in url for url in ours)
    assert sum(ours.values()) <= 50 * 1024, ours


def test_a_chat_needs_one_socket(world):
    visitor = world.visitor()
    sockets = []
    visitor.page.on("websocket", lambda socket: sockets.append(socket))
    visitor.open().write("hello")
    visitor.reads("me: hello")
    visitor.write("and more")
    visitor.reads("me: hello", "me: and more")
    assert len(sockets) == 1


def test_the_page_around_it_does_not_move(world):
    visitor = world.visitor()
    visitor.page.evaluate(
        "() => { window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shift += entry.value))"
        ".observe({ type: 'layout-shift', buffered: true }); }"
    )
    heading = visitor.page.locator("h1").bounding_box()
    visitor.open()
    expect(visitor.field).to_be_focused()
    assert visitor.page.locator("h1").bounding_box() == heading
    assert visitor.page.evaluate("() => window.shift") == 0
