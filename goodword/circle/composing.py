"""What every form that posts a moment shares: reading what was sent, showing it again."""

from datetime import datetime
from typing import Any

from goodword.kit import house
from goodword.kit.ids import new_id
from goodword.kit.pictures import save_picture
from goodword.kit.voice import save_voice
from goodword.people.access import MemberRequest

from . import actions, queries
from .forms import AUDIENCES, MomentForm
from .models import Moment
from .states import Face


def publish(request: MemberRequest, form: MomentForm, *, now: datetime, **more: Any) -> Moment:
    """Let the sent files in and publish the valid form's life moment; `more` goes to the action.

    Raises what `allow_upload`, `save_picture`, `save_voice` and `publish` raise.
    """
    files, note = request.FILES.getlist("pictures"), request.FILES.get("voice")
    alts = request.POST.getlist("pictures_alt")
    text = form.cleaned_data["text"]
    actions.allow_upload(
        author=request.user, text=text, pictures=len(files), voice=note is not None, now=now
    )
    return actions.publish(
        author=request.user,
        face=Face.LIFE,
        text=text,
        pictures=[
            save_picture(file) | {"alt": alts[place][:500] if place < len(alts) else ""}
            for place, file in enumerate(files)
        ],
        voice=save_voice(note) if note else None,
        audience=form.chosen(),
        key=form.cleaned_data["key"],
        now=now,
        **more,
    )


def sheet(author: Any, form: MomentForm, *, now: datetime) -> dict[str, Any]:
    """What the template circle/compose.html shows."""
    return {
        "form": form,
        "audiences": AUDIENCES,
        "groups": queries.groups(author.id),
        "friends": queries.friends(author.id),
        "limit": house.rules(now).pictures_at_most,
        "key": form.data.get("key") or str(new_id()),
    }
