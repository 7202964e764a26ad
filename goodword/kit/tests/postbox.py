"""A mail server of the tests' own, over TCP: it takes letters, or misbehaves as real ones do."""

import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

USER, PASSWORD = "circle@mail.example", "p@ss:w/rd%20#1"
HANG, CLOSE, DRIP = "hang", "close", "drip"


class Postbox(socketserver.ThreadingTCPServer):
    """`answers` replaces what it says to a command ("GREET" is its first word, "." the end of a
    letter): another line, HANG, CLOSE, or DRIP: a byte at a time, without end. `tls` is its
    context; `at_once`: before the first word."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, tls: ssl.SSLContext | None = None, *, at_once: bool = False, **answers: str):
        super().__init__(("127.0.0.1", 0), Talk)
        self.tls, self.at_once, self.answers = tls, at_once, answers
        self.letters: list[str] = []
        self.heard: list[str] = []
        self.in_the_clear: list[str] = []
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def handle_error(self, request, client_address) -> None:
        """Whoever hangs up on it is what some tests are about."""


class Talk(socketserver.StreamRequestHandler):
    server: Postbox

    def handle(self) -> None:
        self.is_private = False
        if self.server.at_once:
            self.go_private()
        self.say("GREET", "220 box")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            self.server.heard.append(verb + line[len(verb) :])
            if not self.is_private:
                self.server.in_the_clear.append(verb)
            if answer := getattr(self, f"on_{verb.lower()}", None):
                answer(line)
            else:
                self.say(verb, "250 ok")

    def say(self, verb: str, usual: str) -> None:
        answer = self.server.answers.get(verb, usual)
        if answer == HANG:
            self.server.over.wait(30)
        while answer == DRIP and not self.server.over.wait(0.02):
            self.wfile.write(b"2")
        if answer in (HANG, CLOSE, DRIP):
            raise ConnectionAbortedError
        self.wfile.write(answer.replace("\n", "\r\n").encode() + b"\r\n")

    def on_ehlo(self, _line: str) -> None:
        can_go_private = self.server.tls and not self.is_private
        more = "250-STARTTLS\n" if can_go_private else "250-AUTH PLAIN\n" if self.is_private else ""
        self.say("EHLO", f"250-box\n{more}250 8BITMIME")

    def on_starttls(self, _line: str) -> None:
        self.say("STARTTLS", "220 go")
        self.go_private()

    def go_private(self) -> None:
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.is_private = True
        self.setup()

    def on_auth(self, line: str) -> None:
        _nobody, user, password = b64decode(line.split()[2]).decode().split("\0")
        is_known = (user, password) == (USER, PASSWORD)
        self.say("AUTH", "235 welcome" if is_known else "535 5.7.8 who is that?")

    def on_quit(self, _line: str) -> None:
        self.say("QUIT", "221 bye")

    def on_data(self, _line: str) -> None:
        self.say("DATA", "354 go on")
        if "DATA" in self.server.answers:
            return
        letter = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            if not line:
                return
            letter.append(line)
        if "." not in self.server.answers:
            self.server.letters.append("".join(letter))
        self.say(".", "250 taken")


@contextmanager
def postbox(tls: ssl.SSLContext | None = None, **how) -> Iterator[Postbox]:
    with Postbox(tls, **how) as box:
        thread = threading.Thread(target=box.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            box.over.set()
            box.shutdown()
            thread.join()


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate that says it is `name`'s, signed by itself: its file and a server's context."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / f"{name}.pem"
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(signed.public_bytes(Encoding.PEM) + kept)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context
