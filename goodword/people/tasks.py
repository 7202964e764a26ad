import structlog
from django.core.mail import EmailMessage

from goodword.kit import clock, jobs, sealing

from . import actions, leaving, letters, news, sessions, shelf

log = structlog.get_logger(__name__)
ONE_CLICK = "List-Unsubscribe=One-Click"


@jobs.task(name="people.send_letter")
def send_letter(to: str, sealed: str) -> None:
    try:
        letter = letters.opened(sealed)
    except sealing.Sealed:
        # To try again would only keep the row: no later try can open it.
        log.warning("people.letter_too_old_to_send")
        return
    # RFC 8058: with both headers a mail program shows a way to end them, and posts by itself.
    headers = {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": ONE_CLICK}
    EmailMessage(
        letter.subject, letter.body, to=[to], headers=headers if letter.stop else None
    ).send()


@jobs.task(name="people.offer_reset")
def offer_reset(email: str, base: str, language: str) -> None:
    actions.offer_reset(email=email, base=base, language=language)


@jobs.periodic(name="people.sweep", cron="17 * * * *")
def sweep() -> None:
    now = clock.now()
    shelf.sweep(now)
    sessions.sweep(now)
    leaving.sweep(now)


@jobs.periodic(name="people.send_news", cron="*/10 * * * *")
def send_news() -> None:
    news.send_letters(clock.now())
