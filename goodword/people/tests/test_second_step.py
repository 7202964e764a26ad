"""The authenticator app, the recovery codes and the pages of passkeys."""

import json
import re
import time
from html import unescape
from importlib import import_module

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from goodword.kit.tests.strictness import faults
from goodword.people.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def page(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    words = str(answer.content.decode())
    assert faults(words) == []
    return words


@pytest.fixture
def proved(lin: Member) -> Client:
    """Lin, signed in, who has just shown once more that it is her."""
    client = Client()
    client.post("/account/login/", {"login": "lin", "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def secret(proved: Client) -> str:
    """The secret of the app that Lin has added."""
    words = page(proved, "/account/2fa/totp/activate/")
    found = re.search(r'value="([A-Z2-7]{32})" readonly', words)
    assert found
    answer = proved.post("/account/2fa/totp/activate/", {"code": code_of(found[1])})
    assert answer["Location"] == "/account/2fa/codes/"
    return found[1]


def first_step() -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": "lin", "password": PASSWORD})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert client.get("/me").status_code == 302  # not inside yet
    return client


def test_adding_an_app_wants_the_right_code(proved: Client, lin: Member) -> None:
    answer = proved.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert "This code is not right." in answer.content.decode()
    assert not Authenticator.objects.filter(user=lin).exists()


def test_adding_an_app_asks_who_one_is(lins_browser: Client) -> None:
    answer = lins_browser.get("/account/2fa/totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/")


def test_the_qr_code_stands_on_white(proved: Client) -> None:
    import base64

    words = page(proved, "/account/2fa/totp/activate/")
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', words)
    assert found
    picture = base64.b64decode(found[1]).decode()
    assert 'fill="white"' in picture


def test_signing_in_asks_for_the_code_and_takes_it_once(secret: str) -> None:
    client = first_step()
    page(client, "/account/2fa/authenticate/")
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right." in wrong.content.decode()
    with time_machine.travel(time.time() + 60, tick=False):
        code = code_of(secret)
        answer = client.post("/account/2fa/authenticate/", {"code": code})
        assert answer["Location"] == "/"
        assert client.get("/me").status_code == 200
        again = first_step().post("/account/2fa/authenticate/", {"code": code})
        assert "This code is not right." in again.content.decode()


def test_a_recovery_code_opens_the_account_once(secret: str, proved: Client) -> None:
    text = proved.get("/account/2fa/codes/download/")
    assert text["Content-Type"].startswith("text/plain")
    codes = text.content.decode().split()
    assert len(codes) == 10
    assert all(code in page(proved, "/account/2fa/codes/") for code in codes)
    assert first_step().post("/account/2fa/authenticate/", {"code": codes[0]})["Location"] == "/"
    again = first_step().post("/account/2fa/authenticate/", {"code": codes[0]})
    assert "This code is not right." in again.content.decode()
    assert "9 codes are left" in page(proved, "/account/2fa/")


def kept() -> dict[str, str]:
    """What the database knows of Lin's second steps, by their kind, as text."""
    rows = Authenticator.objects.values_list("type", "data")
    return {kind: json.dumps(data) for kind, data in rows}


def test_the_database_alone_passes_no_second_step(secret: str, proved: Client) -> None:
    rows = kept()
    assert secret not in rows["totp"]
    [found] = re.findall(r'"seed": "([^"]+)"', rows["recovery_codes"])
    assert not re.fullmatch("[0-9a-f]+", found)


def test_secrets_from_before_are_sealed_and_still_work(secret: str, proved: Client) -> None:
    codes = proved.get("/account/2fa/codes/download/").content
    migration = import_module("goodword.people.migrations.0002_seal_second_steps")
    with transaction.atomic():
        migration.unseal(apps, connection.schema_editor())
    assert secret in kept()["totp"]
    with transaction.atomic():
        migration.seal(apps, connection.schema_editor())
    assert secret not in kept()["totp"]
    assert proved.get("/account/2fa/codes/download/").content == codes
    with time_machine.travel(time.time() + 60, tick=False):
        answer = first_step().post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert answer["Location"] == "/"


def test_without_the_house_s_secret_there_is_a_sentence(secret: str) -> None:
    Authenticator.objects.filter(type="totp").update(data={"secret": "sealed by another house"})
    answer = first_step().post("/account/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 410
    assert "Ask the operator to bring its secrets back." in unescape(answer.content.decode())


def test_codes_cannot_be_guessed(secret: str) -> None:
    client = first_step()
    for _try in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert "Too many tries" in answer.content.decode()


def test_the_app_can_be_removed(secret: str, proved: Client, lin: Member) -> None:
    page(proved, "/account/2fa/totp/deactivate/")
    proved.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=lin).exists()  # the codes went with it


def test_new_codes_replace_the_old(secret: str, proved: Client) -> None:
    before = proved.get("/account/2fa/codes/download/").content
    page(proved, "/account/2fa/codes/generate/")
    proved.post("/account/2fa/codes/generate/")
    assert proved.get("/account/2fa/codes/download/").content != before


def test_the_passkey_page_has_what_the_browser_needs(proved: Client, lin: Member) -> None:
    words = page(proved, "/account/2fa/passkeys/add/")
    found = re.search(r"data-options='([^']+)'", words)
    assert found
    options = json.loads(unescape(found[1]))["publicKey"]
    assert options["rp"]["id"] == "testserver"
    assert options["user"]["name"] == "lin"
    assert options["user"]["displayName"] == "Lin Xiaoman"
    assert len(options["challenge"]) >= 43  # 32 random bytes
    assert '<script type="module" src="/static/people/passkeys.js">' in words


def test_signing_in_by_passkey_names_nobody(client: Client, lin: Member) -> None:
    answer = client.get("/account/2fa/passkeys/login/", headers={"Accept": "application/json"})
    options = answer.json()["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    assert not options.get("allowCredentials")
    refused = client.post("/account/2fa/passkeys/login/", {"credential": '{"made": "up"}'})
    assert refused["Location"] == "/account/login/"


def test_passkeys_are_named_by_references_and_only_to_their_owner(
    proved: Client, lin: Member, join: object
) -> None:
    mine = Authenticator.objects.create(user=lin, type="webauthn", data={"name": "My phone"})
    words = page(proved, "/account/2fa/passkeys/")
    assert "My phone" in words
    [edit] = re.findall(r'href="(/account/2fa/passkeys/\w+/edit/)"', words)
    assert f"/{mine.pk}/" not in edit
    proved.post(edit, {"name": "Old phone"})
    assert "Old phone" in page(proved, "/account/2fa/passkeys/")
    chens = Client()
    chens.force_login(join("chen"))  # type: ignore[operator]
    assert chens.get(edit).status_code == 404
    assert chens.post(edit.replace("edit", "remove")).status_code == 404
    page(proved, edit.replace("edit", "remove"))
    proved.post(edit.replace("edit", "remove"))
    assert not Authenticator.objects.filter(pk=mine.pk).exists()
