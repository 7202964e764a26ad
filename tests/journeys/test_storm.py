"""A storm of six, from a friend's phone and from the seller's: one card, a fold, a schedule."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goodword.kit import clock
from goodword.reach.pacing import actions as pacing
from goodword.reach.selling.rhythm import hour

from ..conftest import Opens
from ..town import befriend, member, moment, show, tea_shop
from .steps import answered

pytestmark = pytest.mark.journey


def test_six_at_once_are_one_card_and_what_the_seller_puts_first_leads_the_next(opens: Opens):
    lin, chen, wen = member("Lin Xiaoman"), member("Chen Bo"), member("Wen Jing")
    friends = [chen, wen, *(member(f"Friend {n}") for n in range(10))]
    now = clock.now()
    for friend in friends:
        befriend(lin, friend)
        for day in range(36):
            pacing.note(reader=friend.id, hour=hour(now - timedelta(days=day)))
    cup = tea_shop(lin)
    for n in range(6):
        moment(lin, f"By the lake {n}.")
    for n in range(6):
        show(lin, cup, f"Number {n}.")

    page = opens(chen)
    page.goto("/")
    expect(page.locator("article.market")).to_have_count(1)
    expect(page.locator("article.market")).to_contain_text("Number 5.")
    page.get_by_role("link", name=re.compile("^5 more from ")).click()
    expect(page.locator("article.market")).to_have_count(6)
    for n in range(6):
        expect(page.get_by_text(f"Number {n}.", exact=True)).to_be_visible()

    mine = opens(lin, java_script_enabled=False)
    mine.goto(f"/shop/listings/{cup.id}/show")
    mine.get_by_role("link", name=re.compile("What to expect")).click()
    expect(mine.get_by_text("5 to 15 people").first).to_be_visible()
    mine.goto("/me/market/schedule")
    expect(mine.get_by_role("heading", name=re.compile("Your 6"))).to_be_visible()
    with answered(mine):
        mine.get_by_role("button", name=re.compile("^Move .* up$")).first.click()
    expect(mine.locator(".waits__one").first).to_contain_text("Leads")
    expect(mine.locator(".waits__one").nth(1)).to_contain_text("Folded behind")

    other = opens(wen)
    other.goto("/")
    expect(other.locator("article.market")).to_have_count(1)
    expect(other.locator("article.market")).to_contain_text("Number 4.")
    mine.locator(".waits__one").first.get_by_role("button", name=re.compile("^Keep ")).click()
    expect(mine.locator(".waits__one").first).to_contain_text("Not in circles")
