import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from goodword.journal import queries as journal
from goodword.kit import blobs
from goodword.kit import mail as post
from goodword.money import queries as money
from goodword.money.gateways import GATEWAYS
from goodword.money.gateways.base import GatewayDown
from goodword.orders import queries as orders
from goodword.people import delivery

from .. import queries
from ..actions import kept_keys
from ..backup.note import last
from ..backup.standing import standing
from ..backup.taking import SPARE
from ..tables import privileges
from ..up.preparing import pending

ROOM = 2**30  # bytes that must be free on the disk
LATE = timedelta(minutes=10)  # how long after its time a job or timer is overdue
QUIET = timedelta(minutes=2)  # after which a worker without a sign of life is dead
AHEAD = timedelta(minutes=1)  # how far the journal may be ahead of the clock


@dataclass(frozen=True, slots=True)
class Finding:
    """One look: `ok` None means that it could not be made."""

    name: str
    ok: bool | None
    sentence: str


Answer = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class House:
    """What the looks are told: where it is, the time (UTC), whether `goodword up` runs it."""

    data: Path
    now: datetime
    is_up: bool
    embedded: bool
    notes: tuple[str, ...] = ()
    trouble: str = ""  # why the database did not start


def examine(house: House) -> Iterable[Finding]:
    """Make every look in turn; what needs the database is left out when that does not answer."""
    database = find("database", answers, house)
    yield database
    for name, look in LOOKS_INSIDE.items():
        if database.ok:
            yield find(name, look, house)
        else:
            yield Finding(name, None, "Not looked at, since the database does not answer.")
    for name, look in LOOKS_OUTSIDE.items():
        yield find(name, look, house)


def find(name: str, look: Callable[[House], Answer], house: House) -> Finding:
    try:
        ok, sentence = look(house)
    except (DatabaseError, OSError) as error:
        ok, sentence = False, f"The look itself failed: {str(error).strip()}"
    return Finding(name, ok, sentence)


def answers(house: House) -> Answer:
    if house.trouble:
        return False, house.trouble
    try:
        version = queries.settings()[6]
    except DatabaseError as error:
        return False, f"The database does not answer: {str(error).strip()}"
    whose = "our own server" if house.embedded else "the server in DATABASE_URL"
    return True, " ".join([f"PostgreSQL {version} answers, {whose}.", *house.notes])


def durability(_house: House) -> Answer:
    fsync, commit, pages = queries.settings()[:3]
    if (fsync, commit, pages) == ("on", "on", "on"):
        return True, "What is acknowledged is on the disk."
    off = [
        name
        for name, value in (
            ("fsync", fsync),
            ("synchronous_commit", commit),
            ("full_page_writes", pages),
        )
        if value != "on"
    ]
    return False, f"A crash may lose acknowledged orders: {', '.join(off)} is not on."


def locale(house: House) -> Answer:
    encoding, provider, name = queries.settings()[3:6]
    if encoding != "UTF8":
        return False, f"The database's encoding is {encoding}; it must be UTF8."
    if house.embedded and (provider, name) != ("b", "C.UTF-8"):
        return False, f"The database's locale is {name}; our own server is made with C.UTF-8."
    return True, f"Text is kept as UTF-8, sorted by {name or 'the system’s locale'}."


def role(_house: House) -> Answer:
    if queries.settings()[7]:
        return False, "Goodword signs in as a superuser, who passes every guard of the ledger."
    return True, "Goodword signs in as an ordinary role."


def guards(_house: House) -> Answer:
    """TRUNCATE passes by the triggers that keep the books and the journal as they were written."""
    if open_ones := privileges.emptiable():
        named = ", ".join(f"{table} by {role}" for table, role in open_ones[:3])
        return False, (
            f"Tables that must keep their rows can be emptied, {named}. "
            "`goodword manage migrate` takes that away where the tables are the house's own."
        )
    if missing := privileges.unguarded():
        return False, (
            f"A trigger of {', '.join(missing)} is missing or switched off, so that what must stay "
            "can be changed: docs/operations/install.md."
        )
    return True, "Nobody may change, delete or empty what must stay as it was written."


def migrations(_house: House) -> Answer:
    if count := pending():
        return False, f"{count} migrations wait; `goodword up` applies them."
    return True, "Every table is as this release needs it."


def ledger(_house: House) -> Answer:
    off = [line for line in money.trial_balance() if line.difference]
    if off:
        said = ", ".join(f"{line.currency} {line.difference:+d}" for line in off)
        return False, f"The trial balance is off, in minor units: {said}."
    if unbalanced := queries.unbalanced_transfers():
        ids = ", ".join(str(transfer) for transfer, _currency in unbalanced[:3])
        return False, f"{len(unbalanced)} transfers do not sum to zero, among them {ids}."
    if accounts := money.drift():
        return False, f"{len(accounts)} accounts differ from a replay of their entries."
    return True, "The trial balance is zero, each transfer sums to zero, balances match a replay."


def gateways(_house: House) -> Answer:
    """Each that is set up is asked something that changes nothing, with its own keys."""
    ok, sentence = queries.paying()
    said = [sentence]
    for gateway in GATEWAYS.values():
        try:
            if gateway.knock():
                said.append(f"{gateway.name} answers and takes our keys.")
        except GatewayDown as error:
            ok = False
            said.append(f"{gateway.name} {why_down(error)}")
    return ok, " ".join(said)


def why_down(error: BaseException) -> str:
    """Whether nobody was there, or what was answered, which mostly is about keys."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, OSError):  # those of `requests` are
            return "cannot be reached from here: has this machine a network?"
        cause = cause.__cause__ or cause.__context__
    said = " ".join(str(error).split())[:200].rstrip(".")
    return f"does not take our keys, or is out of order. It says: {said}."


def refunds(_house: House) -> Answer:
    stuck = len(money.stuck_refunds())
    if stuck:
        return False, f"{stuck} refunds could not be sent. Open /money/books and send them by hand."
    return True, "Every refund found its way."


def journal_chains(_house: House) -> Answer:
    owners = queries.chain_owners()
    for owner in owners:
        if (at := journal.broken_link(owner)) is not None:
            return False, f"The chain of {owner} is broken at entry {at}."
    return True, f"{len(owners)} chains are whole."


def signatures(_house: House) -> Answer:
    count, broken = queries.broken_promises()
    if broken:
        named = ", ".join(map(str, broken[:3]))
        return False, f"{len(broken)} of {count} promises are not what was signed: {named}."
    return True, f"{count} promises are as the house signed them."


def files(_house: House) -> Answer:
    """One name after the other, so that a great house fits."""
    store, count, missing = blobs.store(), 0, []
    for count, key in enumerate(filter(None, kept_keys()), 1):  # noqa: B007  # counted on the way
        if not store.named(key):
            missing.append(key)
    if missing:
        named = ", ".join(missing[:3])
        return False, f"{len(missing)} of {count} files that rows name are not there: {named}."
    return True, f"{count} pictures, notes and papers are where their rows say."


def backups(house: House) -> Answer:
    now = standing(house.now, house.data)
    said = f"The newest backup is of {now.newest:%F %T} UTC, {now.file}" if now.newest else ""
    if now.hindrance:
        return False, now.hindrance
    if now.failed:
        newest = f" {said}." if said else ""
        return False, f"The one of {now.failed.at:%F %T} UTC failed: {now.failed.why}{newest}"
    if now.is_late:
        what = "the worker makes none, see the log" if now.nightly else "make another"
        return False, f"{said}: {what}." if said else NEVER[now.nightly]
    if now.plan and now.newest and is_gone(now.plan.folder, Path(now.file)):
        return False, f"{said}, which is no longer there."
    if now.plan:
        next_one = f"One is made each night after {now.plan.hour} o’clock in {now.plan.folder}"
        return True, f"{said}. {next_one}." if said else f"{next_one}; none was made yet."
    if queries.is_demo():
        return True, "A demo town needs no backup."
    return True, f"{said}." if said else NEVER[False]


NEVER = {
    True: "The worker has made no backup yet; see the log.",
    False: "No backup was ever made: `goodword backup FILE`, or set GOODWORD_BACKUPS.",
}


def is_gone(folder: Path, file: Path) -> bool:
    """Whether a nightly one is missing where it was written; others may have been carried off."""
    return file.parent == folder and not file.exists()


def timers(house: House) -> Answer:
    late = len(orders.orders_with_late_timers(house.now - LATE))
    if not late:
        return True, "No order's timer is overdue."
    if not house.is_up:
        return True, f"The timers of {late} orders ring as soon as the house opens."
    return False, f"The timers of {late} orders are overdue by more than {_minutes(LATE)} minutes."


def jobs(house: House) -> Answer:
    abandoned, waiting, failed = queries.troubled_jobs(quiet=QUIET, late=LATE)
    said = []
    if abandoned and house.is_up:
        said.append(f"{abandoned} are held by a worker that died")
    if waiting and house.is_up:
        said.append(f"{waiting} wait for more than {_minutes(LATE)} minutes")
    if failed:
        said.append(f"{failed} failed for good")
    if said:
        return False, f"Jobs: {', '.join(said)}. See `goodword manage procrastinate shell`."
    if abandoned or waiting:
        return True, f"{abandoned + waiting} jobs go on as soon as the house opens."
    return True, "No job is stuck, none has failed."


def letters(house: House) -> Answer:
    now = delivery.outgoing(house.now)
    lost = f"{now.refused} were refused and {now.late} given up in the last seven days."
    if now.waiting or now.late:
        return False, f"{now.waiting} letters wait after a try that failed, {lost}"
    return True, f"No letter waits after a try that failed, {lost}"


def clock(house: House) -> Answer:
    latest = queries.latest_deed()
    if latest and latest - house.now > AHEAD:
        return False, f"The clock went back: the journal's last entry is from {latest:%F %T} UTC."
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        apart = abs((cursor.fetchone()[0] - house.now).total_seconds())
    if apart > AHEAD.total_seconds():
        return False, f"The database's clock and this machine's are {apart:.0f} s apart."
    return True, f"It is {house.now:%F %T} UTC, and the database agrees."


def mail(house: House) -> Answer:
    server = post.server()
    if server is None:
        return True, (
            f"Letters are written to files in {house.data / 'mail'} and reach nobody. "
            "To send them set GOODWORD_SMTP: docs/operations/mail.md."
        )
    try:
        post.knock()
    except post.NotSent as error:
        return False, " ".join(
            [str(error), f"It says: {error.answer}" if error.answer else ""]
        ).strip()
    took = ["STARTTLS"] if server.security == "starttls" else []
    took += ["TLS"] if server.security == "tls" else []
    took += ["the sign-in"] if server.user else []
    said = f" and takes {' and '.join(took)}" if took else ""
    return True, (
        f"{server.host}:{server.port} answers{said}. "
        "`goodword mail ADDRESS` sends you a letter through it."
    )


def disk(house: House) -> Answer:
    """Of the data, and of the backups: there, for another as large as the newest."""
    said, short = [], False
    for folder, needed in rooms(house):
        free = shutil.disk_usage(folder).free
        short = short or free < needed
        only = "only " if free < needed else ""
        said.append(f"{only}{free / 2**30:.1f} GiB are free on the disk of {folder}")
    sentence = ", ".join(said)
    return not short, f"{sentence[0].upper()}{sentence[1:]}{': make room' if short else ''}."


def rooms(house: House) -> Iterator[tuple[Path, int]]:
    """Folders on whose disks there must be room, and for how many bytes."""
    yield house.data, ROOM
    if (plan := settings.CONFIG.backups) and plan.folder.is_dir():
        newest = last(house.data)
        file = Path(newest[1]) if newest else None
        yield plan.folder, SPARE + (file.stat().st_size if file and file.is_file() else 0)


def secrets(house: House) -> Answer:
    files = [
        *sorted((house.data / "secrets").glob("*")),
        house.data / "postgres" / "password",
        house.data / "postgres" / "admin-password",
    ]
    found = [path for path in files if path.is_file()]
    for path in found:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            return False, f"{path} can be read by others (mode {mode:04o}): `chmod 600 {path}`."
    return True, f"{len(found)} secrets, each for its owner's eyes only."


def media(house: House) -> Answer:
    folder = house.data / "media"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".doctor-")
        os.close(handle)
        os.unlink(name)
    except OSError as error:
        return False, f"Pictures cannot be kept in {folder}: {error.strerror}."
    return True, f"Pictures can be kept in {folder}."


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


LOOKS_INSIDE: dict[str, Callable[[House], Answer]] = {
    "durability": durability,
    "locale": locale,
    "role": role,
    "guards": guards,
    "migrations": migrations,
    "ledger": ledger,
    "refunds": refunds,
    "journal": journal_chains,
    "signatures": signatures,
    "files": files,
    "backup": backups,
    "timers": timers,
    "jobs": jobs,
    "letters": letters,
    "clock": clock,
}
LOOKS_OUTSIDE: dict[str, Callable[[House], Answer]] = {
    "disk": disk,
    "secrets": secrets,
    "media": media,
    "gateways": gateways,
    "mail": mail,
}
