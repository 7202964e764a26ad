"""The way out for letters: the mail server of GOODWORD_SMTP, or files in the data folder.

Only jobs and the operator's own commands come here, since a mail server may be slow or silent.
"""

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from typing_extensions import override

from .config import Smtp

PATIENCE = 10  # seconds for each answer of the server
LONGEST = 60  # seconds for a letter from the first word to the last, however slowly it answers
KEPT = timedelta(days=14)  # how long a letter lies in the folder where no server is set
MOST = 1000  # letters in that folder
SIGN_IN = (530, 534, 535, 538)  # what is wrong there is ours, whatever it was the answer to


class NotSent(Exception):
    """A letter did not get out; the text says why and may go into a log.

    `for_good`: the server refused this letter itself, and would refuse it again; `mailbox`: since
    there is no such mailbox, or it takes nothing. `answer` is what the server said; it may quote
    the reader's address, so it is for the operator's eyes alone.
    """

    def __init__(
        self,
        why: str,
        *,
        code: int = 0,
        for_good: bool = False,
        mailbox: bool = False,
        answer: str = "",
    ) -> None:
        super().__init__(f"{why} ({code})" if code else why)
        self.why, self.code, self.answer = why, code, answer
        self.for_good, self.mailbox = for_good, mailbox


def server() -> Smtp | None:
    """None: letters are written to files and reach nobody."""
    return settings.CONFIG.smtp


def send(letter: EmailMessage) -> None:
    """Raises NotSent. A server that takes the letter and falls silent gets it twice."""
    through(lambda connection: connection.send_messages([letter]))


def knock() -> None:
    """See that the server answers, and takes TLS and the sign-in. Sends nothing; raises NotSent."""
    through(lambda _connection: None)


def through(use: Callable[[Any], object]) -> None:
    smtp = server()
    if smtp is None:
        use(get_connection())
        return
    trouble = None
    with Line.held() as line:
        connection = Way(
            line, host=smtp.host, port=smtp.port, username=smtp.user, password=smtp.password,
            use_tls=smtp.security == "starttls", use_ssl=smtp.security == "tls", timeout=PATIENCE,
        )  # fmt: skip
        try:
            connection.open()
            use(connection)
        except (OSError, ValueError) as error:  # smtplib's own are OSErrors
            trouble = NotSent(too_long(smtp)) if line.is_cut else explained(error, smtp)
        finally:
            with suppress(OSError):
                connection.close()
    if trouble:  # raised out here, so that no trace drags the server's words into a log
        raise trouble


class Line:
    """The line to the server. It is cut after LONGEST, whatever is waited for on it: PATIENCE
    begins anew with each byte, and a server can say one after the other for hours."""

    def __init__(self) -> None:
        self.end: socket.socket | None = None
        self.is_cut = False

    @classmethod
    @contextmanager
    def held(cls) -> Iterator["Line"]:
        line = cls()
        timer = Timer(LONGEST, line.cut)
        timer.daemon = True
        timer.start()
        try:
            yield line
        finally:
            timer.cancel()
            if line.end:
                line.end.close()

    def begin(self, found: socket.socket) -> None:
        # A second hold on it: the first one is given away to TLS.
        self.end = found.dup()
        if self.is_cut:
            self.cut()

    def cut(self) -> None:
        self.is_cut = True
        if self.end:
            with suppress(OSError):
                self.end.shutdown(socket.SHUT_RDWR)


class Talk(smtplib.SMTP):
    """Says which line it talks on as soon as there is one, before the server's first word."""

    line: Line

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.line.begin(found)
        return found


class PrivateTalk(smtplib.SMTP_SSL, Talk):
    """The same under TLS from the first byte."""


class Way(EmailBackend):
    def __init__(self, line: Line, **how: Any) -> None:
        super().__init__(**how)
        self.line = line

    @property
    @override
    def connection_class(self) -> type[smtplib.SMTP]:
        talk = type("Talk", (PrivateTalk if self.use_ssl else Talk,), {"line": self.line})
        return cast("type[smtplib.SMTP]", talk)


def explained(error: OSError | ValueError, smtp: Smtp) -> NotSent:
    """What went wrong, told so that the operator can set it right."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        trouble = refusal("The mail server refuses the address.", code, words, smtp, for_good=True)
        trouble.mailbox = trouble.for_good and is_of_the_mailbox(code, trouble.answer)
        return trouble
    if isinstance(error, smtplib.SMTPResponseException):
        for kind, why in ANSWERS.items():
            if isinstance(error, kind):
                is_final = kind is smtplib.SMTPDataError
                return refusal(why, error.smtp_code, error.smtp_error, smtp, for_good=is_final)
    if not isinstance(error, OSError):
        return NotSent("Mail cannot go to such an address.", for_good=True)
    where = f"{smtp.host}:{smtp.port}"
    return NotSent(trouble_on_the_way(error, smtp).format(where=where))


ANSWERS = {
    smtplib.SMTPAuthenticationError: "The mail server refuses the sign-in: "
    "look at user and password in GOODWORD_SMTP.",
    smtplib.SMTPSenderRefused: "The mail server refuses the sender: look at GOODWORD_MAIL_FROM.",
    smtplib.SMTPDataError: "The mail server refuses the letter.",
    smtplib.SMTPResponseException: "The mail server does not want to talk now.",
}


def refusal(why: str, code: int, words: bytes | str, smtp: Smtp, *, for_good: bool) -> NotSent:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    for_good = for_good and code >= 500 and code not in SIGN_IN
    return NotSent(why, code=code, for_good=for_good, answer=without_secrets(said, smtp))


def is_of_the_mailbox(code: int, answer: str) -> bool:
    """Whether the refusal is of that mailbox and no other, by RFC 3463 if the answer has its codes:
    5.7.1 is mostly said of a sender, or of all that comes from here."""
    if found := re.search(r"\b5\.(\d{1,3})\.\d{1,3}\b", answer):
        return found[1] in ("1", "2")
    return code in (550, 551, 552, 553)


def too_long(smtp: Smtp) -> str:
    return f"{smtp.host}:{smtp.port} took longer than {LONGEST:g} seconds for a letter."


def trouble_on_the_way(error: Exception, smtp: Smtp) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".").replace("{", "").replace("}", "")
        return f"The certificate of {{where}} cannot be trusted: {why}."
    if isinstance(error, ssl.SSLError):
        return "TLS with {where} fails. Port 587 mostly wants smtp://, port 465 smtps://."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        if smtp.security == "starttls" and "STARTTLS" in str(error):
            return "{where} offers no STARTTLS, and letters do not go in the clear. Try smtps://."
        return "{where} offers no way to sign in that we know."
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"{{where}} gave no answer within {PATIENCE:g} seconds."
    if isinstance(error, smtplib.SMTPException):
        return "{where} broke off the conversation."
    if isinstance(error, OSError) and error.strerror:
        return f"{{where}} cannot be reached: {error.strerror}."
    return "{where} cannot be reached."


def without_secrets(said: str, smtp: Smtp) -> str:
    """The server's words in one line; a server that repeats what it was told tells no password."""
    said = " ".join(said.split())[:300]
    plain = f"\0{smtp.user}\0{smtp.password}"
    for secret in (smtp.password, coded(smtp.password), coded(plain)):
        if secret:
            said = said.replace(secret, "…")
    return said


def coded(text: str) -> str:
    return b64encode(text.encode()).decode()


def sweep(now: datetime) -> int:
    """Take away what has lain in the folder for long, and the oldest of too many; returns how many.

    Letters lie there where no server is set, or was set too late for them.
    """
    found = []
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path))
    found.sort(reverse=True)
    oldest = (now - KEPT).timestamp()
    old = [path for place, (at, path) in enumerate(found) if at < oldest or place >= MOST]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
