"""A page that records and plays, so that the browser's tests need no other domain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import engines
from django.urls import path

from goodword.kit import blobs
from goodword.kit.tests.voice import making
from goodword.kit.voice import refusals, save_voice, serve_voice
from goodword.kit.voice.models import VoiceRow
from goodword.kit.voice.waveform import bars

PAGE = """{% extends "kit/base.html" %}{% import "kit/voice.html" as voice %}
{% set layout = "card" %}
{% block head %}{{ voice.assets() }}{% endblock %}
{% block main %}<h1>Voice</h1>
{% for note in notes %}{{ voice.voice_note(note, "/heard/" ~ loop.index0, "Lin") }}{% endfor %}
{% if missing %}{{ voice.voice_note(notes[0], "/missing") }}{% endif %}
<form class="form" method="post" enctype="multipart/form-data">
{{ voice.voice_recorder(seconds=limit) }}
<input name="text" aria-label="Text"><button class="btn btn--main">Send</button></form>
<p id="said">{{ said }}</p>{% endblock %}"""
asked: list[str] = []
notes: list["Note"] = []


class Note:
    """What a VoiceRow gives a template and `serve_voice`, without a table."""

    seconds = VoiceRow.seconds

    def __init__(self, raw: object) -> None:
        values = save_voice(raw)  # type: ignore[arg-type]
        self.key, self.duration, self.peaks = values["key"], values["duration"], values["peaks"]
        self.bars = bars(self.peaks)


def show(request: HttpRequest) -> HttpResponse:
    said = ""
    if request.method == "POST":
        upload = request.FILES.get("voice")
        if upload is None:
            return redirect("/voice?said=nothing")
        try:
            notes.append(Note(upload))
        except refusals.Invalid as refusal:
            return redirect(f"/voice?said={refusal}")
        return redirect(f"/voice?said={upload.name} {upload.content_type}")
    if not notes:
        notes.append(Note(making.good("phone")))
    said = request.GET.get("said", "")
    context = {"notes": notes, "said": said, "limit": int(request.GET.get("limit", 60))}
    context["missing"] = "missing" in request.GET
    return HttpResponse(engines["jinja2"].from_string(PAGE).render(context, request))


def hear(request: HttpRequest, number: int) -> HttpResponse:
    asked.append(request.headers.get("Range", ""))
    return serve_voice(request, notes[number])  # type: ignore[arg-type]


def miss(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(blobs.NoSuchFile()), status=404)


urlpatterns = [
    path("voice", show),
    path("heard/<int:number>", hear),
    path("missing", miss),
]
