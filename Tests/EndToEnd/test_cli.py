"""The commands, as somebody at a terminal meets them: the real binary, real folders, exit codes and words."""

import csv
import json
import os
import pathlib
import re
import signal
import subprocess
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("SWITCHBOARD_BINARY", ROOT / ".build/debug/switchboard"))
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
WAIT = 30
COMMANDS = [
    "serve", "demo", "ring", "user", "user add", "user list", "user password", "import", "backup", "restore", "doctor",
    "check-config",
]
SETTINGS = {
    "http": {"port": 0},
    "data": {"directory": "data"},
    "passwords": {"memory_mebibytes": 19, "passes": 2},
    "line": {"region": "CN", "area_code": "021"},
    "inboxes": [{"key": "pk_test", "name": "Test"}],
    "sources": [{"carrier": "generic", "account": "desk", "secrets": [SECRET]}],
}


class Place:
    """A folder with settings, and the servers that were started in it."""

    def __init__(self, folder):
        self.folder = folder
        self.servers = []
        self.write(SETTINGS)

    def write(self, settings):
        (self.folder / "switchboard.json").write_text(
            settings if isinstance(settings, str) else json.dumps(settings, ensure_ascii=False)
        )

    def run(self, *arguments, code=0, stdin="", **variables):
        done = subprocess.run(
            [BINARY, *map(str, arguments)], cwd=self.folder, input=stdin, capture_output=True, text=True, timeout=WAIT,
            env={**clean_environment(), **variables}, start_new_session=True,
        )
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *arguments, **variables):
        ready = self.folder / f"ready-{len(self.servers)}"
        log = open(self.folder / f"log-{len(self.servers)}", "w+")
        process = subprocess.Popen(
            [BINARY, *(arguments or ["serve"]), "--ready-file", ready], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, env={**clean_environment(), **variables},
        )
        self.servers.append(process)
        wait_until(lambda: ready.exists() or process.poll() is not None)
        log.seek(0)
        assert process.poll() is None, log.read()
        process.info = json.loads(ready.read_text())
        process.output = lambda: pathlib.Path(log.name).read_text()
        return process

    def stop(self, process):
        process.send_signal(signal.SIGTERM)
        return process.wait(WAIT)


def clean_environment():
    return {key: value for key, value in os.environ.items() if not key.startswith("SWITCHBOARD_")}


def wait_until(condition):
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    yield place
    for process in place.servers:
        if process.poll() is None:
            process.kill()
            process.wait(WAIT)


# --- help and usage


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(place, command):
    text = place.run(*command.split(), "--help").stdout
    assert "OVERVIEW:" in text and "USAGE: switchboard " + command in text
    assert f"switchboard {command.split()[0]}" in text.split("USAGE")[0]


def test_wrong_usage_ends_with_64(place):
    assert "Usage:" in place.run("ring", code=64).stderr
    place.run("serf", code=64)
    place.run("demo", "--port", "99999", code=64)
    place.run("import", "people.csv", "--delimiter", ";;", code=64)


# --- settings


def test_everything_wrong_with_the_settings_is_named_at_once_and_secrets_are_not_shown(place):
    place.write({
        "http": {"prot": 80, "port": 65536},
        "inboxes": [{"key": "a b", "identity_secret": "too-short-secret"}],
        "sources": [{"carrier": "generic", "account": "x", "secrets": ["tiny"]}],
        "limits": {"ring_for": "3"},
    })
    for command in (["serve"], ["check-config"], ["user", "list"]):
        errors = place.run(*command, code=78).stderr
        assert "http.port is 65536, but a whole number from 0 to 65535 is allowed" in errors
        assert "http.prot: there is no such setting; did you mean port?" in errors
        assert "inboxes[0].key" in errors and "limits.ring_for" in errors and "sources[0].secrets[0]" in errors
        assert "too-short-secret" not in errors and "tiny" not in errors


def test_a_port_may_be_65535_but_no_more(place):
    place.run("check-config", SWITCHBOARD_HTTP_PORT="65535")
    errors = place.run("check-config", code=78, SWITCHBOARD_HTTP_PORT="65536").stderr
    assert "http.port (from SWITCHBOARD_HTTP_PORT) is" in errors


def test_broken_json_is_named_with_its_place(place):
    place.write('{"http": {"port": }')
    assert "switchboard.json is no JSON" in place.run("check-config", code=78).stderr


def test_a_settings_file_that_is_not_there_is_an_error_when_it_was_named(place):
    assert "nowhere.json" in place.run("serve", "--config", "nowhere.json", code=78).stderr


def test_check_config_prints_what_counts_and_where_it_comes_from(place):
    (place.folder / "secret.txt").write_text("0123456789abcdef0123456789abcdef\n")
    place.write({**SETTINGS, "inboxes": [{"key": "pk_test", "identity_secret": {"file": "secret.txt"}}]})
    text = place.run("check-config", SWITCHBOARD_LINE_REGION="DE").stdout
    lines = {line.split()[0]: line for line in text.splitlines()}
    assert "•••" in lines["inboxes[0].identity_secret"] and "•••" in lines["sources[0].secrets[0]"]
    assert SECRET not in text and "0123456789abcdef" not in text
    assert lines["line.region"].split()[1:] == ["DE", "SWITCHBOARD_LINE_REGION"]
    assert lines["limits.ring_for"].split()[1:] == ["30s", "default"]


def test_a_missing_secret_file_is_named(place):
    place.write({**SETTINGS, "inboxes": [{"key": "pk_test", "identity_secret": {"file": "gone.txt"}}]})
    assert "inboxes[0].identity_secret: the file" in place.run("serve", code=78).stderr


# --- serving


def test_serve_prints_its_address_answers_and_ends_cleanly(place):
    server = place.start()
    assert requests.get(server.info["url"] + "/readyz", timeout=WAIT).json() == {"ready": True}
    assert f"Switchboard is ready at {server.info['publicURL']}" in server.output()
    folder = place.folder / "data"
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
    assert place.stop(server) == 0
    assert not (folder / "running.json").exists()


def test_logs_can_be_json(place):
    server = place.start(SWITCHBOARD_LOG_FORMAT="json")
    place.stop(server)
    lines = [json.loads(line) for line in server.output().splitlines() if line.startswith("{")]
    assert {"time", "level", "logger", "message"} <= set(lines[0])
    assert any(line["message"] == "stopped" for line in lines)


def test_a_second_server_on_the_same_data_is_refused(place):
    server = place.start()
    errors = place.run("serve", code=75).stderr
    assert "switchboard.sqlite is served by another switchboard" in errors and str(server.pid) in errors


def test_a_taken_port_is_refused(place):
    server = place.start()
    errors = place.run(
        "serve", code=75, SWITCHBOARD_DATA_DIRECTORY="other", SWITCHBOARD_HTTP_PORT=str(server.info["port"])
    ).stderr
    assert "another program listens" in errors


def test_a_damaged_store_is_refused_by_name_and_restored(place):
    place.stop(place.start())
    place.run("backup", "good.sqlite")
    store = place.folder / "data" / "switchboard.sqlite"
    with open(store, "r+b") as file:
        file.write(os.urandom(200))
    errors = place.run("serve", code=78).stderr
    assert "data/switchboard.sqlite is damaged" in errors and "switchboard restore" in errors
    text = place.run("doctor", code=1).stdout
    assert re.search(r"^fail +store", text, re.M)
    place.run("restore", "good.sqlite")
    place.stop(place.start())


def test_a_key_that_others_can_read_is_refused(place):
    place.stop(place.start())
    (place.folder / "data" / "master.key").chmod(0o644)
    assert "master.key" in place.run("serve", code=78).stderr


def test_a_certificate_that_is_not_one_is_refused(place):
    for name in ("a.pem", "b.pem"):
        (place.folder / name).write_text("nothing")
    place.write({**SETTINGS, "tls": {"certificate": "a.pem", "key": "b.pem"}})
    assert "tls.certificate" in place.run("serve", code=78).stderr


def test_sighup_takes_a_renewed_certificate(place):
    def renew(name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
            cwd=place.folder, check=True, capture_output=True,
        )

    def subject(port):
        shown = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{port}"], input=b"", capture_output=True, timeout=WAIT
        ).stdout
        return re.search(rb"subject=CN ?= ?(\w+)", shown).group(1).decode()

    renew("first")
    place.write({**SETTINGS, "tls": {"certificate": "cert.pem", "key": "key.pem"}})
    server = place.start()
    assert server.info["url"].startswith("https://")
    assert subject(server.info["port"]) == "first"
    renew("second")
    server.send_signal(signal.SIGHUP)
    wait_until(lambda: subject(server.info["port"]) == "second")
    assert place.stop(server) == 0


# --- users


def add_user(place, email="ana@example.com", **options):
    done = place.run("user", "add", email, "--name", "Ana Reyes", "--extension", "1001", "--generate", **options)
    return done.stdout.strip()


def log_in(url, email, password):
    return requests.post(
        url + "/api/session", json={"email": email, "password": password}, headers={"Origin": url}, timeout=WAIT
    ).status_code


@pytest.mark.parametrize("is_served", [False, True])
def test_users_are_added_listed_and_given_passwords(place, is_served):
    server = place.start() if is_served else None
    first = add_user(place)
    assert len(first) >= 12
    listed = place.run("user", "list").stdout.split()
    assert listed[:2] == ["ana@example.com", "Ana"] and "1001" in listed
    place.run("user", "password", "ana@example.com", "--password-file", "-", stdin="a better password\n")
    server = server or place.start()
    assert log_in(server.info["url"], "ana@example.com", first) == 401
    assert log_in(server.info["url"], "ana@example.com", "a better password") == 200


def test_a_user_is_not_added_twice_and_a_mistyped_one_gets_a_suggestion(place):
    add_user(place)
    assert "Ana Reyes already" in place.run("user", "add", "ana@example.com", "--name", "X", "--generate", code=65).stderr
    errors = place.run("user", "password", "anna@example.com", "--generate", code=65).stderr
    assert "did you mean ana@example.com?" in errors


@pytest.mark.parametrize("password, code", [("x" * 11, 65), ("x" * 12, 0), ("x" * 128, 0), ("x" * 129, 65)])
def test_passwords_are_twelve_to_128_characters(place, password, code):
    (place.folder / "password").write_text(password + "\n")
    place.run("user", "add", "a@example.com", "--name", "A", "--password-file", "password", code=code)


def test_without_a_terminal_a_password_is_not_waited_for(place):
    assert "--password-file" in place.run("user", "add", "a@example.com", "--name", "A", code=64).stderr


# --- import

PEOPLE = (
    "\ufeff姓名,公司,手机,邮箱,负责人,阶段,备注\r\n"
    '张三,"某某, 公司",138 0013 8000,zhang@example.com,ana@example.com,客户,x\r\n'
    ",无名,,,,,\r\n"
    "李四,,12,,,,\r\n"
    '"孙 ""七""",,,sun@example.com,,,\r\n'
    "王五,,,,nobody@example.com,,\r\n"
    "赵六,,,,,好人,\r\n"
    "短\r\n"
)


@pytest.mark.parametrize("is_served", [False, True])
def test_people_are_imported_and_refused_lines_are_given_back(place, is_served):
    if is_served:
        place.start()
    add_user(place)
    (place.folder / "people.csv").write_text(PEOPLE, newline="")
    dry = place.run("import", "people.csv", "--dry-run", code=65)
    assert "Would add 2 people, refused 5 lines" in dry.stdout
    done = place.run("import", "people.csv", code=65)
    assert "Added 2 people, refused 5 lines" in done.stdout
    for line, reason in [(3, "name is empty"), (4, "phone number"), (6, "owner"), (7, "lifecycle"), (8, "fields")]:
        assert re.search(rf"line {line}: .*{reason}", done.stderr), done.stderr
    with open(place.folder / "people.refused.csv", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][-2:] == ["line", "reason"] and [row[-2] for row in rows[1:]] == ["3", "4", "6", "7", "8"]
    assert rows[2][:3] == ["李四", "", "12"]


def test_a_person_with_a_known_mail_address_is_refused_the_second_time(place):
    (place.folder / "people.csv").write_text("name;email\nA;a@example.com\n")
    place.run("import", "people.csv", "--delimiter", ";")
    assert "belongs to somebody" in place.run("import", "people.csv", "--delimiter", ";", code=65).stderr


def test_many_people_go_in_batches_with_progress(place):
    rows = "".join(f"Person {n},p{n}@example.com\n" for n in range(450))
    (place.folder / "people.csv").write_text("name,email\n" + rows)
    done = place.run("import", "people.csv")
    assert "Added 450 people." in done.stdout
    assert "200 of 450" in done.stderr and "450 of 450" in done.stderr


@pytest.mark.parametrize("content, reason", [
    ("", "line 1: the file is empty"),
    ("mail\na@example.com\n", "line 1: there is no column called name"),
    ('name\n"open\n', "line 2: a quote is opened here and never closed"),
    ('name\nA"B"\n', "line 2: a quote stands inside"),
    ("name,姓名\nA,B\n", "two columns are called name"),
])
def test_a_file_that_is_no_table_is_refused_with_its_line(place, content, reason):
    (place.folder / "people.csv").write_text(content)
    assert reason in place.run("import", "people.csv", code=65).stderr


def test_another_encoding_is_refused_with_a_way_out(place):
    (place.folder / "people.csv").write_bytes("姓名\n张三\n".encode("gb18030"))
    assert "iconv -f GB18030" in place.run("import", "people.csv", code=65).stderr
    place.run("import", "gone.csv", code=66)


# --- backup, restore, doctor


def epoch(url, token):
    return requests.get(url + "/api/admin/doctor", headers={"Authorization": "Bearer " + token}, timeout=WAIT).json()


def test_a_backup_under_a_running_server_is_restored_with_a_new_epoch(place):
    server = place.start()
    add_user(place)
    assert "Backed up" in place.run("backup", "day.sqlite").stdout
    before = json.loads((place.folder / "day.sqlite.json").read_text())["epoch"]
    add_user(place, email="later@example.com")
    place.run("backup", "day.sqlite", code=73)
    assert "stop it first" in place.run("restore", "day.sqlite", code=75).stderr
    place.stop(server)
    done = place.run("restore", "day.sqlite").stdout
    kept = pathlib.Path(re.search(r"kept as (\S+)\.$", done, re.M).group(1))
    assert (place.folder / kept).exists()
    assert "later@example.com" not in place.run("user", "list").stdout
    place.run("backup", "next.sqlite")
    assert json.loads((place.folder / "next.sqlite.json").read_text())["epoch"] != before


def test_a_changed_backup_is_not_restored(place):
    add_user(place)
    place.run("backup", "day.sqlite")
    with open(place.folder / "day.sqlite", "r+b") as file:
        file.seek(5_000)
        file.write(b"xxxx")
    assert "not the file that its manifest describes" in place.run("restore", "day.sqlite", code=65).stderr
    assert "ana@example.com" in place.run("user", "list").stdout
    place.run("restore", "gone.sqlite", code=66)


def test_doctor_looks_at_everything(place):
    fresh = place.run("doctor").stdout
    assert "not there yet" in fresh and "0 failures" in fresh
    place.stop(place.start())
    for _ in range(2):
        text = place.run("doctor").stdout
        for subject in ["libwebsockets", "OpenSSL", "SQLite", "libuv", "clock", "open files", "settings", "data folder",
                        "key", "disk", "store", "write-ahead log", "deliveries"]:
            assert re.search(rf"^(ok|warn) +{subject} ", text, re.M), f"{subject}\n{text}"
        if len(place.servers) == 1:
            server = place.start()
    assert f"process {server.pid}" in text


def test_doctor_counts_deliveries_that_nobody_understood(place):
    server = place.start()
    answer = requests.post(
        server.info["url"] + "/hooks/generic/desk", data='{"type":"call.dancing","call_id":"1"}',
        headers={"Content-Type": "application/json", "Authorization": "Bearer " + SECRET}, timeout=WAIT,
    )
    assert answer.status_code == 200
    wait_until(lambda: "1 unparsable" in place.run("doctor").stdout)
    place.stop(server)
    assert re.search(r"^warn +deliveries +1 unparsable", place.run("doctor").stdout, re.M)


def test_doctor_fails_over_wrong_settings(place):
    place.write({"http": {"port": -1}})
    assert re.search(r"^fail +settings +http.port", place.run("doctor", code=1).stdout, re.M)


# --- ring and demo


def test_ring_says_when_nobody_is_there(place):
    assert "no server runs" in place.run("ring", "13800138000", code=69).stderr
    assert "nothing listens" in place.run("ring", "1", "--url", "http://127.0.0.1:9", code=69).stderr


def test_ring_plays_a_call_that_the_server_takes(place):
    server = place.start()
    add_user(place)
    token = (place.folder / "data" / "admin.token").read_text().strip()
    for flags, told in [
        ([], ["ringing on 1001", "answered on 1001", "hung up"]),
        (["--hold"], ["ringing on 1001", "answered on 1001", "on hold", "talking again", "hung up"]),
        (["--missed"], ["ringing on 1001", "nobody answered"]),
        (["--cancel"], ["ringing on 1001", "the caller gave up"]),
    ]:
        done = place.run("ring", "13800138000", "--ringing", "20ms", "--talking", "30ms", *flags)
        assert done.stdout.splitlines() == told
    wait_until(lambda: epoch(server.info["url"], token)["deliveries"]["applied"] == 12)


def test_ring_with_another_secret_is_not_taken(place):
    server = place.start()
    place.write({**SETTINGS, "sources": [{"carrier": "generic", "account": "desk", "secrets": [SECRET[:-4] + "AAA="]}]})
    errors = place.run("ring", "1", "--agent", "1", "--url", server.info["url"], code=77).stderr
    assert "did not take the signature" in errors


def test_the_demo_has_people_and_a_past_and_keeps_them(place):
    demo = place.start("demo", "--port", "0")
    url = demo.info["url"]
    people = requests.get(url + "/demo/customers", timeout=WAIT).json()
    assert len(people["customers"]) == 5 and [one["role"] for one in people["logins"]].count("rep") == 3
    ana = people["logins"][0]
    session = requests.Session()
    session.headers["Origin"] = url
    assert session.post(
        url + "/api/session", json={"email": ana["email"], "password": ana["password"]}, timeout=WAIT
    ).status_code == 200
    found = session.get(url + "/api/people", params={"q": "13800138000"}, timeout=WAIT).json()["people"]
    assert [one["name"] for one in found] == ["王小明"]
    items = session.get(url + f"/api/people/{found[0]['id']}/timeline", params={"limit": 100}, timeout=WAIT).json()["items"]
    kinds = {item["kind"] for item in items}
    assert {"text", "note", "call", "page"} <= kinds
    told = place.run("ring", "+8613800138000", "--demo", "--ringing", "20ms", "--talking", "20ms").stdout
    assert told.splitlines()[-1] == "hung up"
    assert "/shop/" in demo.output() and ana["password"] in demo.output()
    assert place.run("demo", "--fresh", code=75)
    assert place.stop(demo) == 0
    again = place.start("demo", "--port", "0")
    logins = requests.get(again.info["url"] + "/demo/customers", timeout=WAIT).json()["logins"]
    assert logins[0]["password"] == ana["password"]
    place.stop(again)
    fresh = place.start("demo", "--port", "0", "--fresh")
    logins = requests.get(fresh.info["url"] + "/demo/customers", timeout=WAIT).json()["logins"]
    assert logins[0]["password"] != ana["password"]


def test_the_settings_table_in_the_documentation_is_complete(place):
    text = place.run("check-config").stdout
    documented = (ROOT / "docs" / "operations.md").read_text()
    for line in text.splitlines():
        path = re.sub(r"\[\d+\]", "[]", line.split()[0]).removesuffix("[]")
        assert f"`{path}`" in documented, f"{path} is not in docs/operations.md"
