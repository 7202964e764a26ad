from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, house
from goodword.kit.access import operator_required
from goodword.kit.errors import Refused
from goodword.kit.http import page
from goodword.people.access import MemberRequest

from . import actions, queries
from . import rules as deciding


@operator_required
@require_GET
def rules(request: MemberRequest) -> HttpResponse:
    """Every house rule, with what it was before and who changed it."""
    chapters = queries.chapters(clock.now())
    names = queries.operators([rule for _title, found in chapters for rule in found])
    return page(request, "ops/rules.html", {"chapters": chapters, "names": names})


@operator_required
@require_http_methods(["GET", "POST"])
def rule(request: MemberRequest, name: str) -> HttpResponse:
    """One rule and its history; the POST puts another value in force."""
    if request.method == "GET":
        return shown(request, name)
    found = queries.one(name, clock.now())
    typed = request.POST.get("number", ""), request.POST.get("unit", "")
    try:
        value = deciding.typed(*typed, name=found.name)
        keep(request, name, value)
    except Refused as refusal:
        return shown(request, name, refusal=refusal, typed=typed)
    return done(request, name)


@operator_required
@require_POST
def usual(request: MemberRequest, name: str) -> HttpResponse:
    """Back to the default."""
    queries.one(name, clock.now())
    try:
        keep(request, name, None)
    except Refused as refusal:
        return shown(request, name, refusal=refusal)
    return done(request, name)


def keep(request: MemberRequest, name: str, value: Any) -> None:
    text = request.POST.get("before", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 13 else -1
    actions.write(
        name=name, value=value, before=house.typed(name, number), operator=request.user.id,
        now=clock.now(),
    )  # fmt: skip


def done(request: MemberRequest, name: str) -> HttpResponse:
    messages.success(request, _("Kept. It holds for what starts from now on."))
    return redirect("ops:rule", name)


def shown(
    request: MemberRequest,
    name: str,
    *,
    refusal: Refused | None = None,
    typed: tuple[str, str] | None = None,
) -> HttpResponse:
    """The page, with what was typed where that was refused."""
    found = queries.one(name, clock.now())
    is_time = house.KINDS[name] is timedelta
    context = {
        "rule": found,
        "names": queries.operators([found]),
        "error": str(refusal or ""),
        "before": house.plain(found.value),
        "typed": typed
        or (deciding.split(found.value, found.limits.step) if is_time else (found.value, "")),
        "units": units(found.limits) if is_time else [],
    }
    return page(request, "ops/rule.html", context, status=refusal.status if refusal else 200)


def units(limits: house.Limits) -> list[tuple[str, str]]:
    """The units in which the rule's time can be written, the smallest first."""
    words = {"minutes": _("minutes"), "hours": _("hours"), "days": _("days")}
    return [(unit, words[unit]) for unit, one in deciding.UNITS.items() if one >= limits.step]
