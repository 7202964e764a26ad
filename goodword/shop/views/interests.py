from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.kit.errors import NotFound, Refused
from goodword.people.access import MemberRequest, member_required

from .. import actions


@member_required
@require_POST
def say_interests(request: MemberRequest, id: UUID) -> HttpResponse:
    """What a listing of mine is for; `do` is "guess" to go by its title again."""
    said = None if request.POST.get("do") == "guess" else request.POST.getlist("interests")
    try:
        actions.say_interests(seller=request.user, listing=id, interests=said)
        messages.success(request, _("Saved."))
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("shop:edit", args=[id]) + "#interests")
