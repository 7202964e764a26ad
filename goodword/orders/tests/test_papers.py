"""Papers of orders: an invoice by itself, a receipt when asked, a credit for what goes back."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from goodword.kit import clock, jobs
from goodword.kit.errors import Invalid
from goodword.money import actions as money
from goodword.money.invoices import heading, printing
from goodword.money.invoices import queries as papers
from goodword.money.invoices.models import IssuedPaper, PaperFile
from goodword.notices.models import Notice
from goodword.orders import actions, pages
from goodword.orders.actions.billing import NothingToPaper
from goodword.orders.models import OrderLine
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers.states import Scheme
from goodword.shop.tests.town import picture

from . import town
from .town import DAY, NOW

pytestmark = pytest.mark.django_db
LATER = NOW + 20 * DAY


@pytest.fixture
def people():
    seller, buyer = town.person("lin", "Lin"), town.person("chen", "Chen")
    return seller, buyer, town.open_shop(seller)


def sold(people, *variants):
    """Bought, shipped, received, and the money is the seller's."""
    seller, buyer, _shop = people
    order = town.shipped(buyer, seller, *variants)
    actions.confirm(buyer=buyer, order=order.id, now=NOW + DAY)
    town.let_time_pass(LATER)
    assert all(line.released_at for line in OrderLine.objects.filter(order=order.id))
    return order


def business(people):
    seller, _buyer, _shop = people
    asked = sellers.ask_registration(
        owner=seller, scheme=Scheme.USCC, name="Tea Ltd", number="91110000600037341L",
        pages=[picture()], now=NOW - DAY,
    )  # fmt: skip
    sellers.accept(operator=town.person("olga"), declaration=asked.id, now=NOW - DAY)


def test_a_business_writes_an_invoice_when_the_money_is_hers(people):
    business(people)
    seller, buyer, _shop = people
    order = sold(people, town.offered(seller, price=120, shipping=town.yuan(9)))
    [one] = papers.papers(buyer.id, order.id)
    assert (one.kind, one.total.minor) == ("invoice", 12900)
    assert papers.papers(seller.id, order.id) == [one]
    assert papers.papers(town.person("wang").id, order.id) == []
    content = IssuedPaper.objects.get().content
    assert [item["text"] for item in content["items"]] == ["Celadon cup", ""]
    assert (content["buyer"]["name"], content["buyer"]["country"]) == ("王芳", "CN")
    assert PaperFile.objects.count() == 2
    for language, word in (("en", "Shipping"), ("zh-hans", "运费")):
        _file, data = printing.file_of(IssuedPaper.objects.get(), language, LATER)
        assert word in text(data)
    with pytest.raises(NothingToPaper):
        actions.ask_for_paper(buyer=buyer, order=order.id, now=LATER)


def test_an_invoice_says_who_sells_and_asks_once_for_what_it_lacks(people):
    business(people)
    seller, buyer, _shop = people
    sold(people, town.offered(seller, price=120))
    party = IssuedPaper.objects.get().content["seller"]
    assert (party["name"], party["number"], party["address"]) == (
        "Lin's tea (Tea Ltd)", "91110000600037341L", [],
    )  # fmt: skip
    assert told(seller) >= {"money.paper_lacks"}
    assert told(buyer) >= {"money.paper"}
    keep = {"seller": seller.id, "now": LATER}
    for wrong in ("", "a\nb\nc\nd", "x" * 81):
        with pytest.raises(Invalid):
            heading.keep_head(address=wrong, country="DE", **keep)
    with pytest.raises(Invalid):
        heading.keep_head(address="Lane 3", country="ZZ", **keep)
    heading.keep_head(address=" Lane  3 \n\n10115 Berlin", country="DE", **keep)
    Notice.objects.all().delete()
    sold(people, town.offered(seller, "Pot", price=50))
    newest = IssuedPaper.objects.latest("number")
    assert newest.content["seller"]["address"] == ["Lane 3", "10115 Berlin"]
    assert newest.content["seller"]["country"] == "DE"
    assert "money.paper_lacks" not in told(seller)
    with clock.at(LATER):
        client = Client()
        client.force_login(buyer)
        pdf = client.get(reverse("money:paper", args=[newest.id]), {"language": "en"}).content
        for part in ("Lane 3", "10115 Berlin", "Germany", "Tea Ltd", "91110000600037341L"):
            assert part in text(pdf)


def test_where_it_says_nothing_else_a_vat_number_says_the_country(people):
    seller, _buyer, _shop = people
    asked = sellers.ask_registration(
        owner=seller, scheme=Scheme.VAT, name="Tsai AE", number="EL094259216", pages=[picture()],
        now=NOW - DAY,
    )  # fmt: skip
    sellers.accept(operator=town.person("olga"), declaration=asked.id, now=NOW - DAY)
    sold(people, town.offered(seller, price=120))
    assert IssuedPaper.objects.get().content["seller"]["country"] == "GR"


def told(member):
    return set(Notice.objects.filter(owner=member.id).values_list("kind", flat=True))


def test_a_private_seller_writes_a_receipt_when_asked(people):
    seller, buyer, _shop = people
    order = town.shipped(buyer, seller, town.offered(seller))
    with pytest.raises(NothingToPaper):
        actions.ask_for_paper(buyer=buyer, order=order.id, now=NOW)
    actions.confirm(buyer=buyer, order=order.id, now=NOW + DAY)
    town.let_time_pass(LATER)
    assert not IssuedPaper.objects.exists()
    with pytest.raises(NothingToPaper):
        actions.ask_for_paper(buyer=seller, order=order.id, now=LATER)
    assert actions.ask_for_paper(buyer=buyer, order=order.id, now=LATER).kind == "receipt"


def test_money_that_goes_back_is_credited_in_the_same_transaction(people):
    business(people)
    seller, buyer, _shop = people
    order = sold(people, town.offered(seller, price=120), town.offered(seller, "Pot", price=50))
    cup = OrderLine.objects.get(order=order.id, unit_minor=12000)
    money.take_back(
        order=order.id, parts={cup.id: town.yuan(20)}, reason="chipped", key="k", now=LATER
    )
    again = {"order": order.id, "parts": {cup.id: town.yuan(20)}, "reason": "chipped", "key": "k"}
    money.take_back(**again, now=LATER)
    invoice, credit = papers.papers(buyer.id, order.id)
    assert (invoice.kind, credit.kind, credit.of) == ("invoice", "credit", invoice.number)
    assert credit.total == town.yuan(20)


def shared(order, back, now=NOW):
    """A case gave `back` of it to the buyer, and the rest to the seller."""
    locked = actions.lock(order.id)
    (line,) = locked.lines
    actions.stop_clocks(locked, line, until=now, now=now)
    actions.resolve(locked, line, back=back, reason="case", key="case/1", now=now)


def test_of_what_a_case_shared_out_the_papers_say_what_was_paid_in_the_end(people):
    business(people)
    seller, buyer, _shop = people
    order = town.shipped(buyer, seller, town.offered(seller, price=120))
    shared(order, town.yuan(45))
    invoice, credit = papers.papers(buyer.id, order.id)
    assert (invoice.kind, invoice.total) == ("invoice", town.yuan(120))
    assert (credit.kind, credit.of, credit.total) == ("credit", invoice.number, town.yuan(45))


def test_for_what_went_back_whole_there_is_no_paper(people):
    seller, buyer, _shop = people
    order = town.shipped(buyer, seller, town.offered(seller, price=120))
    actions.confirm(buyer=buyer, order=order.id, now=NOW + DAY)
    town.let_time_pass(NOW + 9 * DAY)
    assert pages.order_page(buyer.id, order.id, now=LATER).may_ask_for_paper
    shared(order, town.yuan(120), NOW + 9 * DAY)
    assert not pages.order_page(buyer.id, order.id, now=LATER).may_ask_for_paper
    with pytest.raises(NothingToPaper):
        actions.ask_for_paper(buyer=buyer, order=order.id, now=LATER)


def test_on_the_pages_and_over_the_api(people):
    seller, buyer, _shop = people
    order = sold(people, town.offered(seller, price=120))
    client, stranger = Client(), Client()
    client.force_login(buyer)
    stranger.force_login(town.person("wang"))
    with clock.at(LATER):
        here = reverse("orders:order", args=[order.id])
        assert "Ask for a receipt" in client.get(here).content.decode()
        assert stranger.post(reverse("orders:ask_paper", args=[order.id])).status_code == 404
        client.post(reverse("orders:ask_paper", args=[order.id]))
        jobs.run_due()
        [one] = papers.papers(buyer.id, order.id)
        address = reverse("money:paper", args=[one.id])
        page = client.get(here).content.decode()
        assert f'href="{address}"' in page
        assert "Ask for a receipt" not in page
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert "This is no invoice." in text(answer.content)
        assert "这不是发票" in text(client.get(address, {"language": "zh-hans"}).content)
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302

        row = IssuedPaper.objects.get()
        verify = reverse("money:verify_paper", args=[one.id])
        seen = Client().get(verify, {"d": row.digest[:16]}).content.decode()
        for part in ("Genuine", one.number, "CN¥120.00", "Lin&#39;s tea (Lin)"):
            assert part in seen, part
        assert "王芳" not in seen
        assert Client().get(verify, {"d": "0" * 16}).status_code == 404
        assert Client().get(verify, {"d": row.digest[:8]}).status_code == 400


def text(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
