"""The way out for letters: the mail server of GOODWORD_SMTP, or files in the data folder.

Only jobs and the operator's own commands come here, since a mail server may be slow or silent.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from .config import Smtp

SERVER = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE = 10  # seconds for each answer of the server
SIGN_IN = (530, 534, 535, 538)  # what is wrong there is ours, whatever it was the answer to


class NotSent(Exception):
    """A letter did not get out; the text says why and may go into a log.

    `for_good`: the server refused this letter itself, and would refuse it again. `answer` is what
    the server said; it may quote the reader's address, so it is for the operator's eyes alone.
    """

    def __init__(
        self, why: str, *, code: int = 0, for_good: bool = False, answer: str = ""
    ) -> None:
        super().__init__(f"{why} ({code})" if code else why)
        self.why, self.code, self.for_good, self.answer = why, code, for_good, answer


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
    connection = get_connection(
        SERVER, host=smtp.host, port=smtp.port, username=smtp.user, password=smtp.password,
        use_tls=smtp.security == "starttls", use_ssl=smtp.security == "tls", timeout=PATIENCE,
    )  # fmt: skip
    trouble = None
    try:
        connection.open()
        use(connection)
    except (OSError, ValueError) as error:  # smtplib's own are OSErrors
        trouble = explained(error, smtp)
    finally:
        with suppress(OSError):
            connection.close()
    if trouble:  # raised out here, so that no trace drags the server's words into a log
        raise trouble


def explained(error: OSError | ValueError, smtp: Smtp) -> NotSent:
    """What went wrong, told so that the operator can set it right."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return refusal("The mail server refuses the address.", code, words, smtp, for_good=True)
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
