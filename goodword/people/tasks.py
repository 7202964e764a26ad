from django.core.mail import EmailMessage

from goodword.kit import clock, jobs

from . import actions, sessions, shelf


@jobs.task(name="people.send_letter")
def send_letter(to: str, subject: str, body: str) -> None:
    EmailMessage(subject, body, to=[to]).send()


@jobs.task(name="people.offer_reset")
def offer_reset(email: str, base: str, language: str) -> None:
    actions.offer_reset(email=email, base=base, language=language)


@jobs.periodic(name="people.sweep", cron="17 * * * *")
def sweep() -> None:
    now = clock.now()
    shelf.sweep(now)
    sessions.sweep(now)
