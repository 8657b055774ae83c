"""What checks/email runs: SMTP servers that count what they are told, and our sink that talks to them."""

import email
import email.policy
import json
import logging
import os
import ssl
import subprocess
import sys
import tempfile
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

HERE = os.path.dirname(os.path.realpath(__file__))
# Handshakes that fail, and servers that are not safe, are what is tried here.
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
warnings.simplefilter("ignore")

USER, PASSWORD = "rootwatch", "correct horse"
problems = []


def problem(text):
    problems.append(text)


class Mailbox:
    """Takes mail; says no where the address asks for it."""

    def __init__(self):
        self.taken = []  # (recipients, over TLS, authenticated, message)
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "greylisted" and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.7.1 come back later"
        if name == "unknown":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(a.startswith("full@") for a in envelope.rcpt_tos):
            return "452 4.2.2 mailbox full"
        if any(a.startswith("policy@") for a in envelope.rcpt_tos):
            return "554 5.7.1 refused by policy"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append((list(envelope.rcpt_tos), session.ssl is not None, session.authenticated, message))
        return "250 OK"


class Login:
    def __init__(self):
        self.asked = 0

    def __call__(self, server, session, envelope, mechanism, data):
        self.asked += 1
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)


def certificates(directory):
    """A private authority, a certificate for this machine, and one for another name."""

    def run(*words):
        subprocess.run(["openssl", *words], cwd=directory, check=True, stderr=subprocess.DEVNULL)

    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
        "-subj", "/CN=Check Authority")
    for name, san in (("right", "DNS:localhost,IP:127.0.0.1"), ("wrong", "DNS:mail.other.example")):
        with open(os.path.join(directory, name + ".ext"), "w") as f:
            f.write(f"subjectAltName={san}\n")
        run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=x")
        run("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", name + ".pem", "-days", "2", "-extfile", name + ".ext")


def tls(directory, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(directory, name + ".pem"), os.path.join(directory, name + ".key"))
    return context


class AnyPort(Controller):
    """A controller that finds out which port it was given before it asks itself for a greeting."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Server:
    def __init__(self, **options):
        self.mailbox, self.login = Mailbox(), Login()
        self.controller = AnyPort(self.mailbox, hostname="127.0.0.1", port=0, authenticator=self.login,
                                  ready_timeout=30, **options)
        self.controller.start()
        self.port = self.controller.port


def main():
    with tempfile.TemporaryDirectory() as directory:
        certificates(directory)
        ca = os.path.join(directory, "ca.pem")
        starttls = Server(tls_context=tls(directory, "right"), require_starttls=True, auth_required=True)
        implicit = Server(ssl_context=tls(directory, "right"), auth_required=True, auth_require_tls=False)
        wrong_name = Server(tls_context=tls(directory, "wrong"), require_starttls=True, auth_required=True)
        stripped = Server(auth_require_tls=False)  # offers AUTH, but no STARTTLS: somebody on the way took it out
        plain = Server()

        def sink(server, **more):
            return {"type": "email", "host": "localhost", "port": server.port, "tls": "starttls", "trust": ca,
                    "user": USER, "password": PASSWORD, "from": "Rootwatch <rootwatch@corp.tld>",
                    "to": ["soc@corp.tld"], "timeout": "10s", **more}

        def without_login(settings):
            return {k: v for k, v in settings.items() if k not in ("user", "password", "trust")}

        def deliver(settings, *alerts):
            return {"do": "deliver", "sink": settings, "alerts": list(alerts or ("distrusted",))}

        no_trust = {k: v for k, v in sink(starttls).items() if k != "trust"}
        steps = [  # a step, and how each outcome must begin
            (deliver(sink(starttls, to=["soc@corp.tld", "ciso@corp.tld"], cc="audit@corp.tld"),
                     "distrusted", "hostile", "log"), ["Accepted"] * 3),
            ({"do": "digest", "sink": sink(starttls), "count": 40}, ["Accepted"] * 40),
            (deliver(sink(implicit, tls="tls")), ["Accepted"]),
            (deliver(without_login(sink(plain, tls="none"))), ["Accepted"]),
            # Some addresses are put off or unknown: nobody gets it twice, and nobody is forgotten.
            (deliver(sink(starttls, to=["first@corp.tld", "greylisted@corp.tld"]), "distrusted", "distrusted"),
             ["RetryLater: 1 addresses put off: 451", "Accepted"]),
            (deliver(sink(starttls, to=["known@corp.tld", "unknown@corp.tld"])), ["Accepted"]),
            (deliver(sink(starttls, to="unknown@corp.tld")), ["Rejected: 550"]),
            (deliver(sink(starttls, to="full@corp.tld")), ["RetryLater: 452"]),
            (deliver(sink(starttls, to="policy@corp.tld")), ["Rejected: 554"]),
            (deliver(sink(starttls, password="wrong")), ["RetryLater: the server refuses user and password"]),
            (deliver(without_login(sink(starttls)) | {"trust": ca}), ["RetryLater: 530"]),
            (deliver(no_trust), ["RetryLater: TLS: "]),
            (deliver(sink(wrong_name)), ["RetryLater: TLS: "]),
            (deliver(sink(stripped)), ["RetryLater: STARTTLS is required"]),
        ]
        try:  # the limit is for a busy machine that has to compile first
            sender = subprocess.run(
                [os.path.join(HERE, "test-class"), "alerting", "dev.rootwatch.alert.sink.SendAlerts"],
                input="".join(json.dumps(step) + "\n" for step, _ in steps), stdout=subprocess.PIPE, text=True, timeout=600)
        except subprocess.TimeoutExpired as e:
            sender = subprocess.CompletedProcess(e.cmd, "no answer in 600 s", (e.stdout or b"").decode())
        lines = sender.stdout.splitlines()
        if sender.returncode != 0 or len(lines) != len(steps):
            problem(f"the sender ended with {sender.returncode} after {len(lines)} of {len(steps)} steps")
        for number, ((_, expected), line) in enumerate(zip(steps, lines)):
            outcomes = json.loads(line)["outcomes"]
            if len(outcomes) != len(expected) or not all(o.startswith(e) for o, e in zip(outcomes, expected)):
                problem(f"step {number}: expected {expected[:3]}, got {outcomes[:3]}")
            if PASSWORD in line:
                problem(f"step {number}: the password is in the message: {line}")

        for server in (wrong_name, stripped):
            if server.mailbox.taken or server.login.asked:
                problem("mail or password was given to a server that cannot be trusted")
        taken = starttls.mailbox.taken
        if not all(over_tls and authenticated for _, over_tls, authenticated, _ in taken):
            problem("mail was taken without TLS or without a login")
        check_messages(taken)
        received = sum(len(s.mailbox.taken) for s in (starttls, implicit, plain))
        print(f"CHECK email starttls={int(any(t[1] for t in taken))} auth={int(any(t[2] for t in taken))} "
              f"implicit_tls={len(implicit.mailbox.taken)} received={received} "
              f"refused_untrusted={int(not wrong_name.mailbox.taken and not stripped.mailbox.taken)} "
              f"problems={len(problems)}")
        for text in problems[:20]:
            print("email: " + text, file=sys.stderr)
        sys.stderr.flush()
        sys.stdout.flush()
        for server in (starttls, implicit, wrong_name, stripped, plain):
            server.controller.stop(no_assert=True)
    sys.exit(1 if problems else 0)


def check_messages(taken):
    if len(taken) != 7:
        problem(f"{len(taken)} mails over STARTTLS, expected 7")
        return
    to_three = ["soc@corp.tld", "ciso@corp.tld", "audit@corp.tld"]
    expected = [to_three, to_three, to_three, ["soc@corp.tld"], ["first@corp.tld"], ["greylisted@corp.tld"],
                ["known@corp.tld"]]
    if [t[0] for t in taken] != expected:
        problem(f"recipients are {[t[0] for t in taken]}")
    for _, _, _, message in taken:
        if message["Bcc"] or not message["Date"] or message["Auto-Submitted"] != "auto-generated":
            problem(f"headers are {message.keys()}")
        if message.get_content_type() != "multipart/alternative":
            problem(f"a {message.get_content_type()}")
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        if "<script" in html or "\u202e" in text + html or "\u001b" in text + html:
            problem("a stranger's string came through")
    first, hostile, digest = taken[0][3], taken[1][3], taken[3][3]
    if first["Subject"] != "[Rootwatch] HIGH: TrustCor ECA-1 issued a certificate for mail.example.com":
        problem(f"subject is {first['Subject']}")
    if first["Message-ID"] != "<" + "ab" * 32 + ".1@corp.tld>" or taken[4][3]["Message-ID"] != first["Message-ID"]:
        problem(f"Message-ID is {first['Message-ID']}")
    if hostile["References"].split() != ["<" + "ab" * 32 + f".{n}@corp.tld>" for n in (1, 2)]:
        problem(f"References are {hostile['References']}")
    if not hostile["Subject"].startswith("[Rootwatch] CRITICAL: x\\u{d}\\u{a}Bcc:"):
        problem(f"subject is {hostile['Subject']}")
    if digest["Subject"] != "[Rootwatch] 40 alerts: 40 high":
        problem(f"subject is {digest['Subject']}")


main()
