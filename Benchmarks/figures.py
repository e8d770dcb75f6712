"""Figures of a running switchboard: durable pairs and idle visitors.

    .venv/bin/python Benchmarks/figures.py [--binary PATH] [--pairs 50] [--seconds 10] [--idle 5000]

A *durable pair* is a visitor with two tabs: one tab sends, the row is committed with `synchronous=FULL`, the tab gets
its acknowledgement and the other one gets the message, through hello, limits, decision, log and fan-out. Server CPU is
user and system time of the whole process. The client runs on the same machine, so that rates are a lower bound and CPU
per message is the figure to compare; the raw cost of a commit on this disk is measured in the same run.
"""

import argparse
import asyncio
import base64
import json
import os
import pathlib
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
TICK = os.sysconf("SC_CLK_TCK")


class Tab:
    """A WebSocket with as little around it as will do."""

    def __init__(self, port, address="127.0.0.1"):
        self.port, self.address = port, address

    async def open(self, hello):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))
        key = base64.b64encode(os.urandom(16)).decode()
        self.writer.write(
            f"GET /rt/visitor HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: http://127.0.0.1:{self.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: switchboard.v1\r\n\r\n".encode()
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert b" 101 " in head.split(b"\r\n")[0], head
        self.send(hello)
        return self

    def send(self, frame):
        payload = json.dumps(frame).encode()
        size = len(payload)
        head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE]) + size.to_bytes(2, "big")
        self.writer.write(head + bytes(4) + payload)  # a mask of zeros is a mask

    async def next(self):
        while True:
            first, second = await self.reader.readexactly(2)
            size = second & 127
            if size == 126:
                size = int.from_bytes(await self.reader.readexactly(2), "big")
            elif size == 127:
                size = int.from_bytes(await self.reader.readexactly(8), "big")
            payload = await self.reader.readexactly(size)
            if first & 15 == 1:
                return payload

    async def until(self, text):
        while True:
            payload = await self.next()
            if text in payload:
                return payload


def hello(token=None):
    return {"t": "hello", "v": 1, "inbox": "pk_demo", "tab": uuid.uuid4().hex, "lang": "en", **({"tok": token} if token else {})}


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_bytes(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def pair(port, end, latencies):
    a = await Tab(port).open(hello())
    welcome = json.loads(await a.until(b'"t":"welcome"'))
    first = uuid.uuid4().hex
    a.send({"t": "open", "cid": uuid.uuid4().hex, "first": {"cid": first, "text": "hello"}})
    conv = json.loads(await a.until(first.encode()))["conv"]
    b = await Tab(port).open(hello(welcome["me"]["tok"]))
    await b.until(b'"t":"snap"')
    while time.monotonic() < end[0]:
        cid = uuid.uuid4().hex
        text = cid + "x" * 64
        begun = time.monotonic()
        a.send({"t": "send", "cid": cid, "conv": conv, "kind": "text", "body": {"text": text}})
        await a.until(b'"t":"ack","cid":"' + cid.encode())
        latencies.append(time.monotonic() - begun)
        await b.until(text.encode())
    a.writer.close()
    b.writer.close()


async def pairs(gateway, count, seconds):
    end, latencies = [time.monotonic() + seconds + 2], []
    tasks = [asyncio.create_task(pair(gateway.port, end, latencies)) for _ in range(count)]
    await asyncio.sleep(2)  # set-up and warm-up
    done, cpu, begun = len(latencies), cpu_seconds(gateway.process.pid), time.monotonic()
    await asyncio.sleep(seconds)
    done, cpu, took = len(latencies) - done, cpu_seconds(gateway.process.pid) - cpu, time.monotonic() - begun
    await asyncio.gather(*tasks)
    cuts = statistics.quantiles(latencies, n=100)
    row(f"durable pairs, {count} at once", f"{done / took:,.0f} messages/s", f"{cpu / done * 1e6:.0f} µs server CPU each",
        f"ack p50 {cuts[49] * 1e3:.1f} ms, p99 {cuts[98] * 1e3:.1f} ms")


async def idle(gateway, count):
    before = resident_bytes(gateway.process.pid)
    begun, cpu = time.monotonic(), cpu_seconds(gateway.process.pid)
    tabs = []
    for start in range(0, count, 200):
        opening = [Tab(gateway.port, f"127.0.0.{1 + n % 200}").open(hello()) for n in range(start, min(start + 200, count))]
        tabs += await asyncio.gather(*opening)
        await asyncio.gather(*(tab.until(b'"t":"snap"') for tab in tabs[start:]))
    took, cpu = time.monotonic() - begun, cpu_seconds(gateway.process.pid) - cpu
    grown = resident_bytes(gateway.process.pid) - before
    row(f"idle visitors, {count:,} welcomed", f"{grown / count / 1024:.1f} KB of server memory each",
        f"{cpu / count * 1e6:.0f} µs server CPU to welcome one", f"{count / took:,.0f} a second")
    for tab in tabs:
        tab.writer.close()


def disk(folder):
    """What one durable insert costs here without us: the anchor for the rows above."""
    store = sqlite3.connect(folder / "anchor.sqlite", isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("CREATE TABLE row(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c TEXT)")
    times = []
    for _ in range(500):
        begun = time.monotonic()
        store.execute("INSERT INTO row(b, c) VALUES (?, ?)", (uuid.uuid4().hex, "x" * 200))
        times.append(time.monotonic() - begun)
    row("anchor: SQLite, one row, one FULL commit", f"p50 {statistics.median(times) * 1e3:.2f} ms")


def row(*cells):
    print(" | ".join(cells), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=ROOT / ".build/release/switchboard")
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--idle", type=int, default=5_000)
    options = parser.parse_args()
    os.environ["SWITCHBOARD_BINARY"] = str(options.binary)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    options.idle = min(options.idle, hard - 200)
    from gateway import Gateway

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        row(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        disk(folder)
        fast = {"burst": 1_000_000, "every": "1ms"}
        limits = {"visitor_send": fast, "open": fast, "requests": fast, "connections_total": 100_000, "connections_per_address": 100_000}
        for work in (lambda g: pairs(g, options.pairs, options.seconds), lambda g: pairs(g, 1, options.seconds // 2), lambda g: idle(g, options.idle)):
            home = pathlib.Path(tempfile.mkdtemp(dir=folder))
            gateway = Gateway(home, limits=limits)
            gateway.settings["log"]["level"] = "warning"
            gateway.start()
            try:
                asyncio.run(work(gateway))
            finally:
                gateway.stop()
    sizes = sorted((ROOT / ".build/web/w").glob("*.gz"))
    once = [f for f in sizes if not f.name.startswith("locale-en")]
    total = sum(f.stat().st_size for f in once) + (ROOT / ".build/web/w.js.gz").stat().st_size
    row("widget, first open", f"{total / 1024:.1f} KB gzip", f"loader {(ROOT / '.build/web/w.js.gz').stat().st_size / 1024:.1f} KB")


if __name__ == "__main__":
    main()
