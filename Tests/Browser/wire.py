"""The network between a browser and the server: one that can be cut, made deaf, and mended."""

import contextlib
import socket
import struct
import threading


class Wire:
    """Passes everything on until it is told otherwise. A browser that uses it knows no other address of the server."""

    def __init__(self, port):
        self.port = port
        self.state = "whole"
        self.pairs = set()
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.origin = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Every connection breaks, and no new one comes about."""
        self.state = "cut"
        self._break()

    def deafen(self):
        """What the browser says arrives; what the server answers does not."""
        self.state = "deaf"

    def mend(self):
        """A connection that lost something on its way does not come back to life: the browser dials again."""
        lost, self.state = self.state, "whole"
        if lost == "deaf":
            self._break()

    def close(self):
        self.cut()
        self.listener.close()

    def _break(self):
        with self.lock:
            pairs, self.pairs = self.pairs, set()
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def _accept(self):
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:
                return
            try:
                if self.state == "cut":
                    raise ConnectionError
                server = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                browser.close()
                continue
            pair = (browser, server)
            with self.lock:
                self.pairs.add(pair)
            for source, target, down in ((browser, server, False), (server, browser, True)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._pass, args=(source, target, down), daemon=True).start()

    def _pass(self, source, target, down):
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if not (down and self.state == "deaf"):
                    target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
