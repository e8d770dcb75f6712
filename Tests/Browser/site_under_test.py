"""Somebody else's website with the widget on it, under the strictest policy that the widget needs."""

import contextlib
import html
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,">
<script async src="{server}/w.js" data-inbox="pk_demo"{attributes}></script></head>
<body><main><h1>{title}</h1><p><button type="button" data-switchboard-open>Ask us</button></p></main></body>
</html>
"""


class Site:
    """Serves one kind of page under the paths that were put; what differs between them stands in `pages`."""

    def __init__(self):
        self.pages = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                page = site.pages.get(self.path.split("?")[0])
                if page is None:
                    return self.send_error(404)
                server, title, lang, attributes = page
                body = PAGE.format(
                    server=server, title=html.escape(title), lang=lang,
                    attributes="".join(f' data-{name}="{html.escape(value)}"' for name, value in attributes.items()),
                ).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header(
                    "Content-Security-Policy",
                    f"default-src 'none'; img-src data:; script-src {server}; frame-src {server}; connect-src {server}",
                )
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def put(self, server, path, title="Teas", lang="en", attributes=None):
        self.pages[path] = (server, title, lang, attributes or {})
        return self.origin + path

    def close(self):
        self.http.shutdown()
        self.http.server_close()
