"""`goodword mail`: a letter to try the way out."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from goodword.kit import mail

from .errors import Stop

SUBJECT = "A letter from your house"
BODY = "Hello,\n\nletters of {url} arrive here.\n\nGoodword\n"


def send_test(address: str) -> str:
    """Send it now, and say what became of it. Raises Stop."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Stop(f"{address!r} is no e-mail address.") from error
    server = mail.server()
    if server is None:
        raise Stop("There is no mail server: set GOODWORD_SMTP. See docs/operations/mail.md.")
    body = BODY.format(url=settings.CONFIG.public_url)
    try:
        mail.send(EmailMessage(SUBJECT, body, to=[address]))
    except mail.NotSent as error:
        said = f" It says: {error.answer}" if error.answer else ""
        raise Stop(f"{error}{said}") from error
    return (
        f"{server.host}:{server.port} took a letter from {settings.CONFIG.mail_from} to {address}. "
        "If it does not arrive, look among what the mail program holds for unwanted."
    )
