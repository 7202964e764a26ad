"""A reader and the market's manners: why this, not this, what I like, and none at all."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goodword.kit import clock

from ..conftest import Opens
from ..town import befriend, member, moment, show, tea_shop
from .steps import answered

pytestmark = pytest.mark.journey


def test_a_reader_asks_why_waves_away_chooses_and_turns_the_market_off(opens: Opens):
    reader, lin, bo = member("Chen Bo"), member("Lin Xiaoman"), member("Bo Hai")
    for friend in (lin, bo):
        befriend(reader, friend)
    for n in range(8):
        moment(lin, f"By the lake, morning {n}.")
    chair, cup = tea_shop(bo, "A chair of oak"), tea_shop(lin, "Celadon teacup")
    show(lin, cup)
    with clock.at(clock.now() + timedelta(seconds=1)):
        show(bo, chair)
    phone = opens(reader)

    phone.goto("/me/settings")
    phone.get_by_role("link", name="What you like").click()
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(0)
    phone.get_by_role("checkbox", name="Tea", exact=True).check()
    with answered(phone):
        phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Nobody else can see this.")).to_be_visible()

    phone.goto("/")
    cards = phone.get_by_role("article", name=re.compile("^Market: "))
    expect(cards).to_have_count(2)
    first, second = cards.first, cards.nth(1)
    expect(first.get_by_role("link", name="You like tea Why this?")).to_be_visible()
    expect(second.get_by_role("link", name="Why this?", exact=True)).to_be_visible()
    first.get_by_role("link", name="You like tea").click()
    expect(phone.get_by_role("heading", name="Why you see it")).to_be_visible()
    expect(phone.get_by_role("listitem").get_by_text("You like tea")).to_be_visible()

    phone.goto("/")
    second.get_by_role("button", name="Not this").click()
    expect(phone.get_by_text("You will not meet this one again.")).to_be_visible()
    expect(cards).to_have_count(1)

    phone.goto("/me/market")
    phone.locator(".choice", has_text="None in my circle").click()
    with answered(phone):
        phone.get_by_role("button", name="Save").click()
    phone.goto("/")
    expect(phone.get_by_role("article", name=re.compile("’s moment$")).first).to_be_visible()
    expect(cards).to_have_count(0)
    phone.goto("/?show=market")
    expect(cards).to_have_count(2)
