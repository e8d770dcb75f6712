"""The files of Protocols as judges: every frame and every HTTP answer that the clients see is held against them."""

import functools
import json
import pathlib
import re
from urllib.parse import urlsplit

import requests
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from websockets.exceptions import ConnectionClosed

import client

PROTOCOLS = pathlib.Path(__file__).resolve().parents[2] / "Protocols"
HOME = "https://protocols.invalid/"  # never fetched: all of it is in the registry
METHODS = {"get", "post", "put", "patch", "delete"}
GROUPS = {  # the frames of asyncapi.json, and the schema that holds them all
    "visitor": "visitor-to-server", "to-visitor": "server-to-visitor",
    "staff": "staff-to-server", "to-staff": "server-to-staff",
}


def read(name):
    return json.loads((PROTOCOLS / name).read_text())


@functools.cache
def registry():
    names = [path.relative_to(PROTOCOLS).as_posix() for path in PROTOCOLS.rglob("*.json")]
    found = [(HOME + name, read(name)) for name in names]
    return Registry().with_resources(
        [(uri, Resource(contents=tree, specification=DRAFT202012)) for uri, tree in found]
    )


@functools.cache
def judge(reference):
    return Draft202012Validator({"$ref": HOME + reference}, registry=registry())


def problem(reference, value):
    """What is wrong with a value, in one line; nothing when it is as described."""
    error = best_match(judge(reference).iter_errors(value))
    if error is None:
        return None
    place = "/".join(map(str, error.absolute_path)) or "all of it"
    return f"{reference}: {place}: {error.message[:300]}"


def frames(group):
    """The types of frames in one direction."""
    tree = read(f"schemas/{GROUPS[group]}.json")
    return [part["$ref"].rsplit("/", 1)[1] for part in tree["oneOf"]]


def frame_problem(group, frame):
    name = frame.get("t")
    if name not in frames(group):
        return f"{group}: the frame {name} is not described"
    return problem(f"schemas/{GROUPS[group]}.json#/$defs/{name}", frame)


# HTTP


def pointer(*parts):
    return "openapi.json#/" + "/".join(str(part).replace("~", "~0").replace("/", "~1").replace("%", "%25") for part in parts)


@functools.cache
def operations():
    """Method and address of everything that is described, the most exact addresses first."""
    found = []
    for path, item in read("openapi.json")["paths"].items():
        for method in METHODS & item.keys():
            rest = item[method].get("x-wildcard")
            pattern = re.sub(r"\{[^}]+\}", "(.*)" if rest else "([^/]+)", path)
            found.append((path.count("{"), method, path, re.compile(pattern + "/?$"), item[method]))
    return sorted(found, key=lambda row: (row[0], -len(row[2])))


def operation_of(method, address):
    path = urlsplit(address).path
    for _, known, template, pattern, operation in operations():
        if known == method.lower() and pattern.match(path):
            return template, operation
    return None, None


def answer_problem(method, address, answer):
    """What is wrong with an answer: its address, status, kind or body is not described."""
    template, operation = operation_of(method, address)
    name = f"{method} {urlsplit(address).path}"
    if operation is None:
        return f"{name} is not described"
    place = ["paths", template, method.lower(), "responses", str(answer.status_code)]
    described = operation["responses"].get(str(answer.status_code))
    if described is None:
        return f"{name}: the status {answer.status_code} is not described: {answer.text[:200]}"
    if "$ref" in described:
        part = described["$ref"].removeprefix("#/components/responses/")
        place = ["components", "responses", part]
        described = read("openapi.json")["components"]["responses"][part]
    content = described.get("content", {})
    if not answer.content:
        return None if not content or answer.status_code == 413 else f"{name}: no body, though one is described"
    kind = answer.headers.get("content-type", "").split(";")[0]
    if kind not in content:
        return None if "*/*" in content else f"{name}: {answer.status_code} with {kind or 'a body'} is not described"
    if kind == "application/json":
        return problem(pointer(*place, "content", kind, "schema"), answer.json())
    return None


# Recording


class Tap:
    """A WebSocket that remembers what went over it."""

    def __init__(self, socket, url, recording):
        self.socket, self.recording = socket, recording
        self.group = "visitor" if url.endswith("/rt/visitor") else "staff"

    def send(self, text):
        self.recording.frame(self.group, text)
        self.socket.send(text)

    def recv(self, **options):
        text = self.socket.recv(**options)
        self.recording.frame("to-" + self.group, text)
        return text

    def close(self):
        """Takes what is still there, or the closing would wait behind it."""
        try:
            while True:
                self.recv(timeout=0.05)
        except (TimeoutError, ConnectionClosed):
            self.socket.close()


class Recording:
    """Everything that the clients of client.py send and get while it is on."""

    def __init__(self, monkeypatch):
        self.problems, self.seen, self.asked = [], {group: set() for group in GROUPS}, set()
        self.sockets = []
        dial, request = client.connect, requests.Session.request

        def connect(url, **options):
            self.sockets.append(Tap(dial(url, **options), url, self))
            return self.sockets[-1]

        def recorded(session, method, url, **options):
            answer = request(session, method, url, **options)
            self.answer(method, url, answer)
            return answer

        monkeypatch.setattr(client, "connect", connect)
        monkeypatch.setattr(requests.Session, "request", recorded)

    def frame(self, group, text):
        frame = json.loads(text)
        self.seen[group].add(frame.get("t"))
        # What a client sends on purpose to be refused is not held against the description.
        if group.startswith("to-"):
            self.note(frame_problem(group, frame))

    def answer(self, method, url, answer):
        template, _ = operation_of(method, url)
        self.asked.add((method.lower(), template))
        self.note(answer_problem(method, url, answer))

    def close(self):
        for socket in self.sockets:
            socket.close()

    def note(self, found):
        if found and found not in self.problems:
            self.problems.append(found)
