"""One tap makes a visitor one of the demo's people: there, and nowhere else."""

from dataclasses import replace

import pytest
from django.conf import settings as configured
from django.test import Client

from goodword.kit import clock
from goodword.ops.demo.cast import first_sentence
from goodword.ops.models import Town
from goodword.people import actions as people

pytestmark = pytest.mark.django_db
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def client():
    """A browser on this machine."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def lin():
    lin = people.register(handle="lin", display_name="Lin Wan", bio="Potter. Tea.", now=clock.now())
    Town.objects.create(language="en", begun_at=clock.now(), built_at=clock.now(), cast=[lin.id])
    return lin


@pytest.fixture
def demo(settings, lin):
    settings.CONFIG = replace(configured.CONFIG, demo=True)


def enter(client, handle="lin", **extra):
    return client.post("/demo/sign-in", {"person": handle}, **extra)


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.usefixtures("demo")
def test_one_tap(client, lin):
    answer = enter(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(lin.id)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("page", ["/", "/account/login/"])
def test_the_pages_for_strangers_offer_it_and_say_that_it_is_a_demo(client, page):
    html = client.get(page).content.decode()
    assert "This is a demo town" in html
    assert 'value="lin"' in html
    assert "Potter." in html
    assert "demo town" not in Client(**ELSEWHERE).get(page).content.decode()


@pytest.mark.usefixtures("lin")
def test_without_the_demo_there_is_no_such_page(client):
    assert enter(client).status_code == 404
    assert client.get("/demo/faces/lin").status_code == 404
    assert "demo" not in client.get("/").content.decode()
    assert not signed_in(client)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "caller", [ELSEWHERE, {"headers": {"X-Real-IP": "203.0.113.9"}}], ids=["far", "proxied"]
)
def test_from_elsewhere_there_is_no_such_page(client, caller):
    assert enter(client, **caller).status_code == 404
    assert not signed_in(client)


@pytest.mark.usefixtures("demo")
def test_from_elsewhere_where_the_operator_gave_the_demo_a_name(client, settings):
    settings.CONFIG = replace(settings.CONFIG, hosts=("demo.example",))
    settings.ALLOWED_HOSTS = ["demo.example", "localhost"]
    far = ELSEWHERE | {"HTTP_HOST": "localhost"}
    assert enter(client, **far).status_code == 404
    assert enter(client, **ELSEWHERE, HTTP_HOST="demo.example").status_code == 302


@pytest.mark.usefixtures("demo")
def test_only_as_somebody_on_offer(client):
    people.register(handle="chen", display_name="Chen", now=clock.now())
    assert enter(client, "chen").status_code == 404
    assert enter(client, "").status_code == 404
    assert not signed_in(client)


@pytest.mark.usefixtures("demo")
def test_no_other_site_can_do_it_for_somebody():
    assert enter(Client(enforce_csrf_checks=True)).status_code == 403


def test_the_first_sentence_of_a_bio():
    assert first_sentence("编辑。养了一只猫。") == "编辑。"
    assert first_sentence("Baker. Up at 4.30 a.m.") == "Baker."
    assert first_sentence("Measure first") == "Measure first"


@pytest.mark.usefixtures("demo")
def test_everybody_else_is_in_the_list_beneath(client):
    town = Town.objects.get()
    for n in range(8):
        other = people.register(handle=f"person{n}", display_name=f"Person {n}", now=clock.now())
        town.cast.append(other.id)
    town.save()
    html = client.get("/").content.decode()
    assert html.count('<button class="person" name="person"') == 6
    assert '<option value="person4">Person 4</option>' not in html
    assert '<option value="person5">Person 5</option><option value="person6">' in html
    assert enter(client, "person7").status_code == 302
    assert signed_in(client)
