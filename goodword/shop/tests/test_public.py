"""What machines read of public pages, and the poster."""

import json
import re
from io import BytesIO

import pytest
import segno
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from goodword.kit.tests.strictness import faults
from goodword.shop.poster import CODE, HEIGHT, ROOM, SIDE, WIDTH, fitting, said, wrapped
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
def test_lines_fit_and_only_the_last_is_cut(text, room, lines):
    found = wrapped(text, len, room, lines)
    assert len(found) <= lines
    assert all(len(line) <= room for line in found)
    whole = "".join("".join(found).split())
    assert whole.endswith("…") or whole == "".join(text.split())


@given(st.text(max_size=60), st.integers(20, 80))
def test_what_stands_beside_the_code_stays_there(text, size):
    words = said(text)
    letters = fitting(words, size)
    assert letters.size == 1 or letters.getlength(words) <= ROOM


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
def test_the_poster_is_a_picture_whose_code_leads_to_the_listing():
    lin = town.person("lin")
    town.open_shop(lin, promise="泡坏了包退。")
    cup = town.listing(lin, "手工茶杯 🍵 " + NASTY)
    answer = Client().get(f"/listings/{cup.id}/poster")
    assert answer["Content-Type"] == "image/jpeg"
    assert ".jpg" in answer["Content-Disposition"]
    poster = Image.open(BytesIO(answer.content)).convert("L")
    assert poster.size == (WIDTH, HEIGHT)
    matrix = segno.make(f"http://testserver/listings/{cup.id}", error="m", micro=False).matrix
    size = SIDE // (len(matrix) + 4)
    edge = (SIDE - size * len(matrix)) // 2 + size // 2
    read = [
        [
            poster.getpixel((CODE[0] + edge + x * size, CODE[1] + edge + y * size)) < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert read == [[bool(dark) for dark in row] for row in matrix]
