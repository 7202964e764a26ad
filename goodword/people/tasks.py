from goodword.kit import clock, jobs

from . import actions, delivery, leaving, news, sessions, shelf


@jobs.task(name=delivery.JOB, queue=jobs.OUTSIDE, retry=jobs.Patient())
def send_letter(to: str, sealed: str) -> None:
    delivery.deliver(to=to, sealed=sealed, now=clock.now())


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
