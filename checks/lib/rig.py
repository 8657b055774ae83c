"""What checks that run the whole program stand on: a test log, a webhook receiver and the daemon, each from outside.

Nothing here knows Rootwatch's code. What it says of hashes and signatures is computed with Python's own hashlib and
hmac, from the manifest, the logs' answers and the coverage file. Needs python3 and nothing else.
"""

import base64
import collections
import hashlib
import hmac
import http.client
import http.server
import json
import os
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HOME = pathlib.Path(os.path.realpath(__file__)).parents[2]

# The program; another build of it by a command line in the environment.
PROGRAM = shlex.split(os.environ.get("ROOTWATCH", "")) or [str(HOME / "rootwatch")]


class Short(Exception):
    """The check falls short; the text says of what."""


def rootwatch(*arguments, cwd=None, text=True):
    """Runs a command to its end: exit code, standard output, standard error; as bytes without `text`."""
    done = subprocess.run([*PROGRAM, *map(str, arguments)], cwd=cwd, capture_output=True, text=text, timeout=280,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def json_lines(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def get(url, timeout=20):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return answer.read()


def wait_for(what, seconds, condition, pause=0.3):
    """Returns what the condition gives as soon as it is true; a last reason may be had by raising OSError in it."""
    deadline, reason = time.monotonic() + seconds, ""
    while True:
        try:
            result = condition()
            if result:
                return result
        except (OSError, http.client.HTTPException) as e:
            reason = f": {e}"
        if time.monotonic() > deadline:
            raise Short(f"after {seconds:.0f} s still not {what}{reason}")
        time.sleep(pause)


class Folder:
    """A place of its own for one run, and the processes started in it; gone at the end, whatever happens."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="rootwatch-check-"))
        self.processes = []

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever has waited too long still finds it tidy
        return self

    def __exit__(self, kind, value, trace):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        if kind is not None:
            for log in sorted(self.path.glob("*.err")):
                tail = log.read_text(errors="replace").splitlines()[-15:]
                print(f"--- end of {log.name}", *tail, sep="\n", file=sys.stderr)
        shutil.rmtree(self.path, ignore_errors=True)

    def start(self, name, *arguments, **options):
        """A command that goes on running; standard error goes to NAME.err."""
        with open(self.path / f"{name}.err", "ab") as errors:
            process = subprocess.Popen([*PROGRAM, *map(str, arguments)], cwd=self.path, stderr=errors,
                                       stdin=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process


# --- The logs --------------------------------------------------------------------------------------------------------


class TestLogs:
    """`testlog serve`, started and readable."""

    def __init__(self, folder, protocol, logs, size, plant, rate=0, seed=None, faults=(), name="testlog", options=()):
        self.path = folder.path / f"{name}-manifest.jsonl"
        seed = int.from_bytes(os.urandom(4), "big") if seed is None else seed
        self.process = folder.start(
            name, "testlog", "serve", "--port", 0, "--seed", seed, "--protocol", protocol, "--logs", logs,
            "--size", size, "--plant", plant, "--rate", rate, "--manifest", self.path,
            *(part for fault in faults for part in ("--fault", fault)), *options, stdout=subprocess.PIPE, text=True)
        self.logs, expected = [], logs * {"both": 2, "all": 3}.get(protocol, 1)
        reader = threading.Thread(target=self._read, args=(expected,), daemon=True)
        reader.start()
        reader.join(240)
        if len(self.logs) != expected:
            raise Short(f"testlog serve named {len(self.logs)} of {expected} logs")
        base = "/".join(self.logs[0]["url"].split("/")[:3])
        self.overlay = get(base + "/overlay.yaml").decode()
        (folder.path / "overlay.yaml").write_text(self.overlay)

    def _read(self, expected):
        while len(self.logs) < expected:
            line = self.process.stdout.readline()
            if not line:
                return
            self.logs.append(json.loads(line))

    def planted(self):
        """The manifest, less a last line that is being written."""
        text = self.path.read_text()
        return json_lines(text[: text.rfind("\n") + 1])


def own_head(log):
    """Size and root (hex) that the log shows now, read without Rootwatch."""
    if log["protocol"] == "static":
        _, size, root = get(log["url"] + "checkpoint").decode().split("\n")[:3]
        return int(size), base64.b64decode(root).hex()
    head = json.loads(get(log["url"] + "ct/v1/get-sth"))
    return head["tree_size"], base64.b64decode(head["sha256_root_hash"]).hex()


# --- The receiver ----------------------------------------------------------------------------------------------------


class Receiver:
    """Takes webhooks as Standard Webhooks says: checks each signature, and drops what it has by its webhook-id.

    https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """

    def __init__(self, hold=lambda: 0):
        """hold: seconds between taking a delivery and answering it."""
        self.secret = "whsec_" + base64.b64encode(os.urandom(32)).decode()
        self.hold = hold
        self.lock = threading.Condition()
        self.taken = {}  # webhook-id -> [when it arrived, ...]
        self.alerts = []  # what was not dropped
        self.arrived = 0  # deliveries, repeats included
        self.under_way = 0  # arrived and not answered
        self.bad = collections.Counter()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                receiver.receive(self)

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, address):
                pass  # a sender that was killed

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def receive(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        message_id = request.headers.get("webhook-id", "")
        if not self.signed(request.headers, message_id, body):
            self.bad["signature"] += 1
            request.send_error(401)
            return
        with self.lock:
            first = message_id not in self.taken
            self.taken.setdefault(message_id, []).append(time.monotonic())
            if first:
                self.alerts.append(json.loads(body))
            self.arrived += 1
            self.under_way += 1
            self.lock.notify_all()
        try:
            time.sleep(self.hold())
        finally:
            with self.lock:
                self.under_way -= 1
        request.send_response(200)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def signed(self, headers, message_id, body):
        timestamp = headers.get("webhook-timestamp", "")
        if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
            return False
        key = base64.b64decode(self.secret[len("whsec_"):])
        expected = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
        given = [s[3:] for s in headers.get("webhook-signature", "").split(" ") if s.startswith("v1,")]
        return any(hmac.compare_digest(base64.b64encode(expected).decode(), s) for s in given)

    def wait_for(self, arrived, seconds):
        """Waits until so many deliveries have arrived in all; whether they have."""
        with self.lock:
            return self.lock.wait_for(lambda: self.arrived >= arrived, seconds)

    def received(self):
        with self.lock:
            return list(self.alerts)


def compared(lines, alerts, receiver):
    """Holds alerts against lines of the manifest: the problems, and key=value pairs that count."""
    rules = {}
    for line in lines:
        rules.setdefault(line["tbsSha256"], set()).add(line["rule"])
    ids = [alert["id"] for alert in alerts]
    missing = set(rules) - set(ids)
    strangers = [alert for alert in alerts if alert["id"] not in rules]
    wrong_rule = [alert for alert in alerts if alert["id"] in rules and set(alert["rules"]) != rules[alert["id"]]]
    # Nothing in these logs makes a second revision: it would be the same news told again.
    again = len(ids) - len(set(ids))
    problems = []
    if missing:
        kinds = collections.Counter(line["kind"] for line in lines if line["tbsSha256"] in missing)
        problems.append(f"{len(missing)} planted and not alerted: {dict(kinds)}")
    if strangers:
        problems.append(f"{len(strangers)} alerted and not planted: {[(a['type'], a['title']) for a in strangers[:3]]}")
    if again:
        problems.append(f"{again} alerted again: {[(a['id'], a['revision']) for a in alerts if a['revision'] > 1][:3]}")
    if wrong_rule:
        problems.append(f"{len(wrong_rule)} alerted for other rules than planted: {[a['rules'] for a in wrong_rule[:3]]}")
    if receiver.bad:
        problems.append(f"{receiver.bad['signature']} deliveries with a signature that does not hold")
    sets = collections.Counter(planted=len(rules), alerted=len(rules) - len(missing), missing=len(missing),
                               duplicate=again, false=len({a["id"] for a in strangers}), wrong_rule=len(wrong_rule))
    return problems, sets


def pairs(counts, *names):
    return " ".join(f"{name}={counts[name]}" for name in names)


# --- The daemon ------------------------------------------------------------------------------------------------------


class Daemon:
    """`rootwatch run` over test logs; may be started again and again over the same store."""

    def __init__(self, folder, logs, receiver, start, settings="poll: 1s, partialTileAge: 1s"):
        """start: log -> the custom log's start; settings: of `logs`, as YAML in one line."""
        self.folder, self.logs, self.process = folder, logs, None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (folder.path / "secret").write_text(receiver.secret)
        custom = ",\n".join(
            f'    {{name: {log["name"]}, url: "{log["url"]}", protocol: {log["protocol"]}, key: "{log["key"]}",'
            f' start: {start(log)}}}' for log in logs)
        (folder.path / "rootwatch.yaml").write_text(f"""\
store: {{url: "jdbc:sqlite:rootwatch.db"}}
server: {{listen: "127.0.0.1:{self.port}"}}
catalog: {{overlay: overlay.yaml}}
logs: {{list: none, {settings}, custom: [
{custom}]}}
rules:
- {{id: distrusted, authority: "catalog:*"}}
- {{id: ours, domain: example.com}}
sinks:
- {{id: hook, type: webhook, url: "{receiver.url}", secret: "${{file:secret}}", maxPerMinute: 1000000}}
""")

    def run(self):
        self.process = self.folder.start("daemon", "--config", "rootwatch.yaml", "run", stdout=subprocess.DEVNULL)
        return self

    def stop(self):
        """SIGTERM, and the exit code that comes of it."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def command(self, *arguments):
        """Another command beside it, on the same configuration."""
        return rootwatch("--config", "rootwatch.yaml", *arguments, cwd=self.folder.path)

    def metrics(self, timeout=20):
        """name -> {first label's value: value}, as /metrics has it."""
        if self.process.poll() is not None:
            raise Short(f"the daemon ended by itself with {self.process.returncode}")
        found = collections.defaultdict(dict)
        for line in get(f"http://127.0.0.1:{self.port}/metrics", timeout).decode().splitlines():
            if not line.startswith("#") and "{" in line:
                name, rest = line.split("{", 1)
                labels, value = rest.rsplit("} ", 1)
                found[name][labels.split('"')[1]] = float(value)
        return found

    def idle(self, size):
        """Whether every log was read to at least this size and nothing waits for delivery."""
        metrics = self.metrics()
        return (all(metrics["rootwatch_log_position"].get(log["name"], 0) >= size
                    and metrics["rootwatch_log_backlog_entries"].get(log["name"], 1) == 0 for log in self.logs)
                and metrics["rootwatch_outbox_pending"].get("hook", 1) == 0)

    def cpu_seconds(self):
        """User and system time of the process so far; the launcher replaces itself, so it is the daemon's own."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_rss_mb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) / 1024

    def coverage(self, name="coverage.json"):
        """Writes the coverage file, has it checked by the program, and returns it with the exit code of the check."""
        code, _, errors = self.command("coverage", "-o", name)
        if code != 0:
            raise Short(f"coverage ended with {code}: {errors.strip()}")
        code, out, errors = rootwatch("coverage", "verify", name, cwd=self.folder.path)
        return json.loads((self.folder.path / name).read_text()), code, out + errors


def folded(hashes):
    """The root (hex) of a compact range from 0: hashes in hex, the largest subtree first (RFC 6962 section 2.1)."""
    if not hashes:
        return hashlib.sha256(b"").hexdigest()
    root = bytes.fromhex(hashes[-1])
    for left in reversed(hashes[:-1]):
        root = hashlib.sha256(b"\x01" + bytes.fromhex(left) + root).digest()
    return root.hex()


def right_edge_problem(log):
    """What is wrong with the last segment of a log in a coverage file; None when it is verified, ends at the head and
    folds to the head's root."""
    head, segments = log["head"], log["segments"]
    if not segments or head is None:
        return f"{log['name']}: nothing was read"
    last = segments[-1]
    if len(segments) != 1 or last["state"] != "verified" or last["to"] != head["size"]:
        return f"{log['name']}: segments are {[(s['from'], s['to'], s['state']) for s in segments]}, the head has {head['size']}"
    if folded(last["right"]) != head["root"]:
        return f"{log['name']}: the right edge folds to {folded(last['right'])}, the head's root is {head['root']}"
    return None
