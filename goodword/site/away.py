"""What a browser shows while it cannot reach the house: docs/decisions/0040-away.md."""

import hashlib
import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

WORKER = Path(__file__).parent / "static/site/worker.js"
SHEETS = ("tokens", "base", "layout", "components", "forms", "moments", "market", "orders")
FILES = (*(f"kit/{sheet}.css" for sheet in SHEETS), "kit/early.js", "kit/icons.svg", "site/away.js")


@require_safe
def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Says that there is no connection. The same for everybody: it has no viewer."""
    return HttpResponse(render_to_string("site/away.html"))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The service worker. It is another one when the page is, as in another language."""
    files = [static(name) for name in FILES]
    said = render_to_string("site/away.html")
    version = hashlib.sha256("".join([said, *files]).encode()).hexdigest()[:16]
    house = {"version": version, "page": reverse("away"), "files": files}
    body = f"const HOUSE = {json.dumps(house)};\n{WORKER.read_text()}"
    answer = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
