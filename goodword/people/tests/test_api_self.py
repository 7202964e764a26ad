"""One's face and sessions over the API, like the pages have them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from goodword.kit import clock
from goodword.people import actions
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def wen():
    return actions.register(
        handle="wen", display_name="Wen", password="a long enough one", now=clock.now()
    )


@pytest.fixture
def api(wen, client):
    _row, plain = actions.issue_token(owner=wen, name="test", now=clock.now())

    def call(method, path, **values):
        return client.generic(
            method, f"/api/v1{path}", headers={"Authorization": f"Bearer {plain}"}, **values
        )

    call.post = lambda path, data: client.post(
        f"/api/v1{path}", data, headers={"Authorization": f"Bearer {plain}"}
    )
    return call


def test_a_face_is_set_and_removed(api, wen):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    face = SimpleUploadedFile("me.png", out.getvalue(), content_type="image/png")
    assert api.post("/me/face", {"face": face}).status_code == 200
    assert Member.objects.get(id=wen.id).avatar_version
    assert api("DELETE", "/me/face").status_code == 200
    assert not Member.objects.get(id=wen.id).avatar_version


def test_a_session_is_ended_from_outside(api, wen):
    browser = Client()
    browser.post("/account/login/", {"login": "wen", "password": "a long enough one"})
    (session,) = api("GET", "/me/sessions").json()
    assert api("DELETE", f"/me/sessions/{session['ref']}").status_code == 204
    assert browser.get("/friends").status_code == 302
    assert api("DELETE", f"/me/sessions/{session['ref']}").status_code == 404
