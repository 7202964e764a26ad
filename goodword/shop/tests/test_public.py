"""What machines read of public pages, and the poster."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit.tests.strictness import faults
from goodword.shop.poster import fitting, wrapped
from goodword.shop.public_data import block

from . import town

NASTY = "</script><script>alert('茶')</script> & <!-- \u2028"


def data_of(html):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


@given(st.text())
def test_no_text_ends_the_block(text):
    said = block({"name": text})
    assert json.loads(said) == {"name": text}
    assert not {"<", ">", "&"} & set(said)


@given(st.text(), st.integers(3, 30), st.integers(1, 3))
def test_lines_fit_and_only_the_last_is_cut(text, columns, lines):
    found = wrapped(text, columns, lines=lines)
    assert len(found) <= lines
    assert all(fitting(line, columns) == len(line) for line in found)
    whole = "".join("".join(found).split())
    assert whole.endswith("…") or whole == "".join(text.split())


@pytest.mark.django_db
def test_a_public_listing_tells_machines_what_people_read():
    lin = town.person("lin")
    town.open_shop(lin)
    cup = town.listing(lin, NASTY, town.variant(120, 5, Size="S"), town.variant(99, 0, Size="L"))
    html = Client().get(f"/listings/{cup.id}").content.decode()
    assert faults(html) == []
    found = data_of(html)
    assert (found["@type"], found["name"]) == ("Product", " ".join(NASTY.split()))
    assert [(one["price"], one["availability"][19:]) for one in found["offers"]] == [
        ("120.00", "InStock"), ("99.00", "OutOfStock"),
    ]  # fmt: skip
    assert found["image"][0].startswith("http://testserver/listings/pictures/")
    assert 'property="og:image" content="http://testserver/listings/pictures/' in html
    shop = Client().get(f"/shops/{cup.shop_id}").content.decode()
    assert faults(shop) == []
    assert data_of(shop)["makesOffer"][0]["price"] == "99.00"


@pytest.mark.django_db
def test_a_shop_for_friends_tells_machines_nothing():
    lin = town.person("lin")
    town.open_shop(lin, public=False)
    cup = town.listing(lin)
    hers = Client()
    hers.force_login(lin)
    for url in (f"/listings/{cup.id}", f"/shops/{cup.shop_id}"):
        html = hers.get(url).content.decode()
        assert "ld+json" not in html
        assert "og:title" not in html
    assert Client().get(f"/listings/{cup.id}/poster").status_code == 404


@pytest.mark.django_db
def test_the_poster_holds_all_it_needs_and_cannot_do_anything():
    lin = town.person("lin")
    town.open_shop(lin, promise="泡坏了包退。")
    cup = town.listing(lin, NASTY)
    answer = Client().get(f"/listings/{cup.id}/poster")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    root = ElementTree.fromstring(answer.content)  # our own, well-formed or not
    names = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert names <= {"svg", "title", "rect", "image", "path", "text"}
    text = " ".join(root.itertext())
    assert "泡坏了包退。" in text
    assert "120.00" in text
    links = [one.get("href", "") for one in root.iter() if one.get("href")]
    assert links[0].startswith("data:image/webp;base64,")
    assert len(links) == 1
