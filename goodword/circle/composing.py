"""What every door that posts a life moment shares: a page's form, a program, a floor above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from goodword.kit import house
from goodword.kit.ids import new_id
from goodword.kit.pictures import save_pictures
from goodword.kit.voice import save_voice
from goodword.people.access import MemberRequest
from goodword.people.models import Member

from . import actions, queries
from .forms import AUDIENCES, MomentForm
from .models import Moment
from .rules import Audience
from .states import Face


@dataclass(frozen=True, slots=True)
class Sheet:
    """A moment as it was sent: its files are still strangers. `alts` belong to `pictures`."""

    text: str
    key: str
    audience: Audience
    pictures: Sequence[IO[bytes]] = ()
    alts: Sequence[str] = ()
    voice: IO[bytes] | None = None


def sheet_of(request: MemberRequest, form: MomentForm) -> Sheet:
    """What the valid form and its files say."""
    return Sheet(
        text=form.cleaned_data["text"],
        key=form.cleaned_data["key"],
        audience=form.chosen(),
        pictures=request.FILES.getlist("pictures"),
        alts=request.POST.getlist("pictures_alt"),
        voice=request.FILES.get("voice"),
    )


def post(sheet: Sheet, *, author: Member, now: datetime, **more: Any) -> Moment:
    """Let the files in and publish; `more` goes to the action. Not inside a transaction.

    Raises what `allow_upload`, `save_pictures`, `save_voice` and `publish` raise.
    """
    files = sheet.pictures
    actions.allow_upload(
        author=author, text=sheet.text, pictures=len(files), voice=bool(sheet.voice), now=now
    )
    return actions.publish(
        author=author,
        face=Face.LIFE,
        text=sheet.text,
        pictures=save_pictures(files, sheet.alts),
        voice=save_voice(sheet.voice) if sheet.voice else None,
        audience=sheet.audience,
        key=sheet.key,
        now=now,
        **more,
    )


def blank(author: Member, form: MomentForm, *, now: datetime) -> dict[str, Any]:
    """What the template circle/compose.html shows."""
    rules = house.rules(now)
    return {
        "form": form,
        "audiences": AUDIENCES,
        "groups": queries.groups(author.id),
        "friends": queries.friends(author.id),
        "limit": rules.pictures_at_most,
        "most": rules.moment_text_at_most,
        "key": form.data.get("key") or str(new_id()),
    }
