import pytest
from django.test import Client

from goodword.people import queries
from goodword.people.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"display_name": "Lin Xiaoman", "username": "Lin.Tea", "email": "", "password1": PASSWORD}


def test_a_stranger_opens_an_account_and_is_inside(client: Client) -> None:
    answer = client.post("/account/signup/", NEW)
    assert answer.status_code == 302, answer.content.decode()
    member = queries.by_handle("lin.tea")
    assert member
    assert (member.display_name, member.email) == ("Lin Xiaoman", "")
    assert client.get("/me").context["viewer"] == member
