import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urljoin
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from goodword.journal.actions import record
from goodword.kit import search
from goodword.kit.errors import Conflict, NotFound
from goodword.kit.ids import new_id
from goodword.kit.pictures.admission import Readable
from goodword.kit.pictures.keeping import discard_pictures
from goodword.notices import actions as notices

from . import leaving, letters, queries, refusals, rules
from .models import ApiToken, Claim, Face, Findable, Member

TOKEN_PREFIX = "gw_"  # noqa: S105  # tells people and scanners of leaked secrets what it is


class HandleTaken(Conflict):
    """Somebody else has this handle."""


class TooManyTokens(Conflict):
    """The member holds as many tokens as anybody may."""


@transaction.atomic
def register(
    *,
    handle: str,
    display_name: str,
    now: datetime,
    email: str = "",
    password: str | None = None,
    language: str = "",
    region: str = "CN",
    bio: str = "",
) -> Member:
    """Make a new member. Without `password` nobody can sign in as them until one is set.

    The handle is claimed first, so of two who ask for it at the same time one gets it. A taken
    e-mail address is no refusal, since the answer would tell who is here: the address stays
    unclaimed until its owner confirms it. Raises BadHandle, BadName, BadProfile or HandleTaken.
    """
    member = Member(
        handle=rules.handle(handle),
        display_name=rules.display_name(display_name),
        email=rules.email(email),
        language=rules.language(language),
        region=rules.region(region),
        bio=rules.bio(bio),
        joined_at=now,
    )
    claim_handle(handle=member.handle, member=member.id, now=now)
    member.set_password(password)
    member.save(force_insert=True)
    keep_findable(member)
    if member.email:
        _claim(f"email:{member.email}", member.id, now)
    record(
        owner=member.id,
        actor=member.id,
        verb="people.joined",
        subject=member.id,
        now=now,
    )
    return member


def claim_handle(*, handle: str, member: UUID, now: datetime) -> None:
    """Take `handle` for the member's id, which may be about to be written. Idempotent.

    Raises HandleTaken.
    """
    if leaving.rests(handle, now=now) or not _claim(f"handle:{handle}", member, now):
        sentence = _("This handle is taken. Choose another one.")
        raise HandleTaken(sentence, fields={"handle": sentence})


def _claim(value: str, member: UUID, now: datetime) -> bool:
    """True when `value` is now the member's; a rival who has not committed yet is waited for."""
    claim = Claim(value=value, member_id=member, claimed_at=now)
    Claim.objects.bulk_create([claim], ignore_conflicts=True)
    return Claim.objects.filter(value=value, member_id=member).exists()


@transaction.atomic
def take_email(*, member: Member, email: str, now: datetime) -> None:
    """`email` was proved to be the member's: it becomes their address and the name they sign in by.

    Whoever had put the address down without proof loses it here. The caller has seen the proof.
    """
    value = rules.email(email)
    Claim.objects.filter(member=member, value__startswith="email:").exclude(
        value=f"email:{value}"
    ).delete()
    if not _claim(f"email:{value}", member.id, now):
        Claim.objects.filter(value=f"email:{value}").update(member=member, claimed_at=now)
    member.email = value
    member.save(update_fields=["email"])
    notices.withdraw(subject=member.id, kind=refusals.KIND)  # told of the one before
    record(
        owner=member.id, actor=member.id, verb="people.email_confirmed", subject=member.id, now=now
    )


@transaction.atomic
def edit(
    *,
    member: Member,
    now: datetime,
    display_name: str | None = None,
    bio: str | None = None,
    region: str | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> Member:
    """Change what is given of a member's profile and choices; returns the member as they are now.

    Raises BadName or BadProfile, and then nothing has changed.
    """
    asked = {
        "display_name": (rules.display_name, display_name),
        "bio": (rules.bio, bio),
        "region": (rules.region, region),
        "language": (rules.language, language),
        "theme": (rules.theme, theme),
    }
    wanted = {name: rule(value) for name, (rule, value) in asked.items() if value is not None}
    changed = [name for name, value in wanted.items() if getattr(member, name) != value]
    if not changed:
        return member
    for name in changed:
        setattr(member, name, wanted[name])
    member.save(update_fields=changed)
    if "display_name" in changed:
        keep_findable(member)
    record(
        owner=member.id,
        actor=member.id,
        verb="people.edited",
        subject=member.id,
        now=now,
        changed=changed,
    )
    return member


def keep_findable(member: Member) -> None:
    """Let the member be found by the name they have now, where they allow it."""
    Findable.objects.bulk_create(
        [Findable(member=member, name=search.key(member.display_name))],
        update_conflicts=True,
        unique_fields=["member"],
        update_fields=["name"],
    )


@transaction.atomic
def be_found_by_name(*, member: Member, on: bool, now: datetime) -> None:
    """Whether members who are no friends may find this one by the whole name."""
    keep_findable(member)
    if Findable.objects.filter(member=member, by_name=not on).update(by_name=on):
        record(
            owner=member.id,
            actor=member.id,
            verb="people.edited",
            subject=member.id,
            now=now,
            changed=["by_name"],
        )


def rebuild_names(*, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Make anew what members are found by; `progress` hears (done, all). Returns how many."""
    total = Member.objects.count()
    for done, member in enumerate(Member.objects.order_by("id").iterator(), start=1):
        keep_findable(member)
        progress(done, total)
    return total


def set_avatar(*, member: Member, raw: bytes | Readable, now: datetime) -> Member:
    """Make the picture in `raw` the member's face. Raises what `pictures.admit` raises.

    Call it outside transactions: decoding takes a while.
    """
    return _change_face(member, Face(owner=member, **Face.values(raw)), now)


def remove_avatar(*, member: Member, now: datetime) -> Member:
    """Back to the initial on a plain ground."""
    return _change_face(member, None, now)


@transaction.atomic
def _change_face(member: Member, face: Face | None, now: datetime) -> Member:
    Member.objects.select_for_update().get(id=member.id)
    before = Face.objects.filter(owner=member)
    discard_pictures([old.key for old in before], variants=Face.variants)
    before.delete()
    if face:
        face.save(force_insert=True)
    member.avatar_version = face.version if face else ""
    member.save(update_fields=["avatar_version"])
    record(owner=member.id, actor=member.id, verb="people.face_changed", subject=member.id, now=now)
    return member


@transaction.atomic
def issue_token(*, owner: Member, name: str, now: datetime) -> tuple[ApiToken, str]:
    """A new bearer token and its secret, which nobody can read again afterwards.

    The owner is told by a letter, in case that it was somebody else who asked. Raises BadProfile or
    TooManyTokens.
    """
    name = rules.token_name(name)
    Member.objects.select_for_update().get(id=owner.id)
    if ApiToken.objects.filter(owner=owner, revoked_at=None).count() >= rules.TOKENS_MAX:
        raise TooManyTokens(
            _("You have %(count)s tokens. Revoke one that you no longer use.")
            % {"count": rules.TOKENS_MAX}
        )
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        id=new_id(),
        owner=owner,
        name=name,
        digest=hashlib.sha256(secret.encode()).digest(),
        hint=secret[-4:],
        created_at=now,
    )
    record(
        owner=owner.id,
        actor=owner.id,
        verb="people.token_issued",
        subject=token.id,
        now=now,
    )
    for address in queries.confirmed_addresses([owner.id]).values():
        with translation.override(owner.language or settings.LANGUAGE_CODE):
            url = urljoin(settings.CONFIG.public_url, reverse("people:tokens"))
            facts = {"name": name, "handle": owner.handle, "tokens_url": url}
            letters.post(address, letters.write(letters.TOKEN, facts))
    return token, secret


@transaction.atomic
def revoke_token(*, owner: Member, token: UUID, now: datetime) -> None:
    """End a token of the owner's at once; ending it twice is no error. Raises NotFound."""
    found = ApiToken.objects.select_for_update().filter(owner=owner, id=token).first()
    if not found:
        raise NotFound(_("There is no such token."))
    if found.revoked_at:
        return
    found.revoked_at = now
    found.save(update_fields=["revoked_at"])
    record(owner=owner.id, actor=owner.id, verb="people.token_revoked", subject=found.id, now=now)


@transaction.atomic
def revoke_tokens(*, owner: Member, now: datetime) -> None:
    """End all of the owner's tokens at once; none there is fine."""
    for token in queries.tokens(owner):
        revoke_token(owner=owner, token=token.id, now=now)


@transaction.atomic
def shut_out(*, member: Member, now: datetime) -> None:
    """After a forgotten password: whoever got in by the old one keeps no way back.

    Tokens end, and a change of address that still waits for its proof is off. Sessions end with
    the password itself.
    """
    revoke_tokens(owner=member, now=now)
    waiting = EmailAddress.objects.filter(user=member, verified=False)
    waiting.exclude(email=member.email).delete()


def offer_reset(*, email: str, base: str, language: str) -> None:
    """Write to whoever has this address how to choose a new password; to nobody if nobody has it.

    `base` is the site's own address (https://circle.example/), `language` that of the asker.
    """
    with translation.override(language):
        for member in queries.owners_of(email):
            key = default_token_generator.make_token(member)
            path = reverse("account_reset_password_from_key", args=[member.id.hex, key])
            letter = letters.write(
                letters.RESET,
                {"handle": member.handle, "password_reset_url": urljoin(base, path)},
            )
            letters.post(email, letter)


def note_use(*, token: UUID, last_used_on: date | None, now: datetime) -> None:
    """Remember the day on which the token was last used; writes at most once a day."""
    if rules.marks_a_new_day(last_used_on, now.date()):
        ApiToken.objects.filter(id=token).update(last_used_on=now.date())
