"""What is learnt, from whom, and what a reader gets of it: consent first."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import reverse

from goodword.circle import actions as circle
from goodword.kit import clock, jobs
from goodword.orders import actions as orders
from goodword.orders.models import Order
from goodword.orders.tests import town as ordering
from goodword.people.models import Member
from goodword.reach.models import Leaning, Learning, Lesson, Near
from goodword.reach.targeting import actions, queries, rules
from goodword.reach.targeting.rules import Facts, Why
from goodword.shop.models import Listing
from tests.town import befriend, member, show, tea_shop

pytestmark = pytest.mark.django_db


def like(person: Member, listing: Listing, moment) -> None:
    circle.like(member=person, moment=moment, now=clock.now())


@pytest.fixture
def street():
    """Two tea sellers and a bag seller, everybody's friends, and six who like what they show."""
    sellers = [member(name) for name in ("Lin", "Mei", "Bao")]
    listings = [tea_shop(one, f"Thing of {one.display_name}") for one in sellers]
    readers = [member(f"Reader{n}") for n in range(6)]
    for seller in sellers:
        for reader in readers:
            befriend(seller, reader)
    moments = [show(one, listing) for one, listing in zip(sellers, listings, strict=True)]
    for reader in readers[:4]:  # tea people like both teas
        like(reader, listings[0], moments[0])
        like(reader, listings[1], moments[1])
    like(readers[4], listings[2], moments[2])
    like(readers[5], listings[0], moments[0])
    return listings, readers


def agree(*people: Member) -> None:
    for one in people:
        actions.agree(member=one.id, now=clock.now())


def test_without_a_yes_nothing_is_learnt(street):
    listings, readers = street
    assert queries.town() == ([], [])
    assert actions.learn(now=clock.now()) is False
    assert not Near.objects.exists()
    assert not Lesson.objects.exists()
    assert not Learning.objects.exists()
    assert queries.learnt(readers[0].id) == queries.Learnt(None, ())
    ranked = queries.rank(readers[5].id, [one.id for one in listings], now=clock.now())
    assert {one.why for one in ranked} == {Why.NEW}


def test_the_lesson_is_learnt_apart_and_serves_in_one_statement(street, django_assert_num_queries):
    listings, readers = street
    tea, other_tea, bag = (one.id for one in listings)
    agree(*readers)
    assert actions.learn(now=clock.now()) is True
    assert Lesson.objects.get().people == 6
    house_rules = 1
    with django_assert_num_queries(1 + house_rules):
        ranked = queries.rank(readers[5].id, [bag, other_tea], now=clock.now())
    assert [one.listing for one in ranked] == [other_tea, bag]
    assert (ranked[0].why, ranked[0].because) == (Why.TASTE, tea)
    # The reason is the reader's own choice, and the sentence says which.
    found = queries.suggestions(readers[5].id, now=clock.now())
    best = next(one for one in found if one.card.id == other_tea)
    assert (best.why, best.sentence) == (Why.TASTE, "Because you chose “Thing of Lin”")


def test_who_did_not_agree_is_served_by_friends_who_did(street):
    listings, readers = street
    newcomer = member("Newcomer")
    for one in readers[:4]:
        befriend(newcomer, one)
    agree(*readers[:3])
    actions.learn(now=clock.now())
    ids = [one.id for one in listings]
    first = queries.rank(newcomer.id, ids, now=clock.now())[0]
    assert (first.why, first.count) == (Why.FRIENDS, 3)  # the fourth did not agree
    # Fewer than the house says: counted in the order, told to nobody.
    actions.take_back(member=readers[0].id, now=clock.now())
    first = queries.rank(newcomer.id, ids, now=clock.now())[0]
    assert first.why != Why.FRIENDS
    assert first.count == 0


def test_taking_it_back_deletes_at_once(street):
    listings, readers = street
    tea, other_tea, _bag = (one.id for one in listings)
    agree(*readers)
    actions.learn(now=clock.now())
    assert Near.objects.filter(listing=other_tea, other=tea).exists()
    actions.take_back(member=readers[0].id, now=clock.now())
    assert not Near.objects.filter(listing=other_tea, other=tea).exists()
    assert rows_about(readers[0]) == 0
    assert queries.learnt(readers[0].id).chosen == ()
    jobs.run_due()  # the lesson without this member
    assert Lesson.objects.get().people == 5


def rows_about(person: Member) -> int:
    """Rows of reach's learning tables with this member's id in any column."""
    found = 0
    with connection.cursor() as db:
        for table in ("reach_learning", "reach_near", "reach_leaning", "reach_lesson"):
            db.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{person.id}%"])
            found += db.fetchone()[0]
    return found


def test_a_lesson_is_dropped_when_somebody_took_it_back_meanwhile(street):
    _listings, readers = street
    agree(*readers)
    agreed = actions.consenting()
    actions.take_back(member=readers[0].id, now=clock.now())
    near = [Near(listing=uuid4(), other=uuid4(), weight=1.0, rest=1.0, people=3)]
    leanings = [Leaning(listing=uuid4(), tastes=[1.0], lift=1.0)]
    assert actions.keep(agreed, actions.Kept(near, leanings)) is False
    assert not Near.objects.exists()
    assert not Leaning.objects.exists()


def test_what_is_stored_gives_the_score_of_its_formula(street):
    listings, readers = street
    tea, other_tea, bag = (one.id for one in listings)
    reader = readers[0]  # chose both teas
    agree(reader)
    leanings = {tea: ([0.5, -1.0], 2.0), other_tea: ([0.25, 0.5], 1.0), bag: ([1.0, 0.75], 0.5)}
    pairs = {(tea, tea): (0.0, -2.5), (bag, tea): (0.5, 0.75), (bag, other_tea): (-0.125, -0.25)}
    near = [
        Near(listing=i, other=j, weight=w, rest=rest, people=3)
        for (i, j), (w, rest) in pairs.items()
    ]
    leant = [Leaning(listing=one, tastes=t, lift=lift) for one, (t, lift) in leanings.items()]
    lesson = Lesson(taught_at=clock.now(), people=1, listings=3, **WEIGHTS)
    actions.keep({reader.id}, actions.Kept(near, leant, lesson))

    def dot(one: UUID, other: UUID) -> float:
        """What choosing `one` says for `other`, by their leanings."""
        mine, (its, lift) = leanings[one][0], leanings[other]
        return sum(a * b for a, b in zip(mine, its, strict=True)) * lift

    found = taste_of(reader, [tea, bag])
    assert found[tea] == (pytest.approx(dot(other_tea, tea)), None)  # its own speaks not for it
    total = dot(tea, bag) + dot(other_tea, bag) + 0.75 - 0.25
    assert found[bag] == (pytest.approx(total), tea)
    # A listing that is newer than the lesson stands on nothing but its pairs: on none.
    Leaning.objects.filter(listing=bag).delete()
    Near.objects.filter(listing=bag).delete()
    assert taste_of(reader, [bag])[bag] == (0, None)
    actions.take_back(member=reader.id, now=clock.now())
    assert taste_of(reader, [tea])[tea] == (0, None)


def taste_of(reader: Member, listings: list[UUID]) -> dict[UUID, tuple[float, UUID | None]]:
    """What the one statement says of these: the sum, and what says most."""
    return {one.listing: (one.taste, one.because) for one in facts(reader, listings)}


def facts(reader: Member, listings: list[UUID]) -> list[Facts]:
    """What the one statement says of these."""
    asked = {"viewer": reader.id, "candidates": listings, "new": 3, "counted": 3}
    return queries.understood(queries.rows(queries.RANK, asked))[0]


WEIGHTS = {"person": 0.5, "friends": 0.1, "crowd": 0.01, "said": 0.1}


def test_a_pair_is_a_reason_from_three_others_on(street):
    listings, readers = street
    tea, other_tea, bag = (one.id for one in listings)
    reader = readers[0]  # chose both teas
    agree(reader)
    near = [
        Near(listing=bag, other=tea, weight=0.5, rest=0.5, people=2),
        Near(listing=bag, other=other_tea, weight=0.1, rest=0.1, people=3),
        # She is one of those who chose both teas.
        Near(listing=other_tea, other=tea, weight=0.5, rest=0.5, people=3),
    ]
    lesson = Lesson(taught_at=clock.now(), people=1, listings=3, **WEIGHTS)
    actions.keep({reader.id}, actions.Kept(near, (), lesson))
    # The strongest may not be said, and what is not the strongest would not be true.
    assert taste_of(reader, [bag, other_tea]) == {bag: (0.6, None), other_tea: (0.5, None)}
    Near.objects.update(people=4)
    assert taste_of(reader, [bag, other_tea]) == {bag: (0.6, tea), other_tea: (0.5, tea)}


def test_friends_move_nothing_while_fewer_than_three_agreed(street):
    """With one friend who agreed, the order of the offers would tell what that friend chose."""
    listings, readers = street
    newcomer = member("Newcomer")
    for one in readers[3:]:
        befriend(newcomer, one)
    agree(*readers[3:5])
    ids = [one.id for one in listings]
    assert [one.friends for one in facts(newcomer, ids)] == [0, 0, 0]
    agree(readers[5])
    assert [one.friends for one in facts(newcomer, ids)] == [2, 1, 1]


def test_the_crowd_are_people_who_kept_what_they_bought():
    seller, reader = ordering.person("lin"), ordering.person("reader")
    ordering.open_shop(seller)
    cup = ordering.offered(seller, stock=90)
    buyers = [ordering.person(f"buyer{n}") for n in range(3)]
    for one in (*buyers, reader):
        befriend(seller, one)
    order = ordering.held(buyers[0], cup, quantity=20)
    for one in (reader, buyers[0]):
        ordering.held(one, cup)
    assert crowd(reader, cup.listing_id) == (1, Why.NEW)
    returned = [ordering.shipped(one, seller, cup) for one in buyers[1:]]
    ordering.held(buyers[2], cup, quantity=2)
    assert crowd(reader, cup.listing_id) == (3, Why.POPULAR)
    for one in returned:
        give_back(one)
    assert crowd(reader, cup.listing_id) == (2, Why.NEW)  # one of the two bought again
    orders.cancel(member=seller, order=order.id, now=ordering.NOW)
    assert crowd(reader, cup.listing_id) == (2, Why.NEW)  # so did the first


def crowd(reader: Member, listing: UUID) -> tuple[int, Why]:
    """How many others bought it, and what is said of it."""
    (found,) = facts(reader, [listing])
    (ranked,) = queries.rank(reader.id, [listing], now=ordering.NOW)
    return found.crowd, ranked.why


def give_back(order: Order) -> None:
    """A case gave the buyer everything back."""
    locked = orders.lock(order.id)
    (line,) = locked.lines
    orders.stop_clocks(locked, line, until=ordering.NOW, now=ordering.NOW)
    orders.resolve(
        locked, line, back=line.goods, reason="case", key=f"{order.id}/1", now=ordering.NOW
    )


def test_what_was_sent_back_was_not_chosen():
    seller, reader = ordering.person("lin"), ordering.person("reader")
    ordering.open_shop(seller)
    befriend(seller, reader)
    cup = ordering.offered(seller)
    agree(reader)
    order = ordering.shipped(reader, seller, cup)
    assert queries.learnt(reader.id).chosen == (cup.listing_id,)
    give_back(order)
    assert queries.learnt(reader.id).chosen == ()
    assert queries.town() == ([], [])


def test_the_page_and_the_api_say_the_same(street, client):
    _listings, readers = street
    client.force_login(readers[0])
    page = client.get(reverse("reach:learning"))
    assert "checked" not in page.content.decode()
    client.post(reverse("reach:learning"), {"on": "1"})
    assert Learning.objects.filter(owner=readers[0]).exists()
    page = client.get(reverse("reach:learning")).content.decode()
    assert "2 things are learnt from." in page
    assert "Thing of Bao" in page
    client.post(reverse("reach:learning"), {})
    assert not Learning.objects.exists()


A, B, C = (UUID(int=n) for n in (51, 52, 53))


def fact(n: int, seller: UUID, **values) -> Facts:
    return Facts(UUID(int=100 + n), seller, **values)


def order(*facts: Facts, at_least: int = 3) -> list[int]:
    ranked = rules.rank(facts, rules.Lesson(), chosen=1, at_least=at_least)
    return [one.listing.int - 100 for one in ranked]


def test_one_seller_does_not_fill_the_street():
    facts = [fact(n, A, taste=1.0 - n / 100) for n in range(4)] + [fact(9, B, taste=0.6)]
    assert order(*facts) == [0, 9, 1, 2, 3]


def test_a_new_seller_gets_a_turn():
    facts = [fact(n, UUID(int=n + 1), taste=1.0 - n / 100) for n in range(6)]
    assert order(*facts, fact(7, C, is_new=True)) == [0, 1, 2, 7, 3, 4, 5]
    # Already among the first three: no second turn.
    assert order(fact(8, C, taste=2, is_new=True), *facts, fact(7, B, is_new=True))[:4] == [
        8, 0, 1, 2
    ]  # fmt: skip


def test_nothing_is_lost_and_equal_ones_keep_their_order():
    facts = [fact(n, UUID(int=n % 3 + 1), is_new=n % 2 == 0) for n in range(9)]
    assert sorted(order(*facts)) == list(range(9))
    assert order(*facts) == order(*facts)
    assert order(fact(1, A), fact(0, B)) == [1, 0]


def test_the_reason_is_the_largest_part_that_may_be_said():
    lesson = rules.Lesson(person=0, friends=1.0)

    def why(**values):
        return rules.rank([fact(0, A, **values)], lesson, chosen=1, at_least=3)[0].why

    assert why(taste=5, because=B, friends=4) == Why.TASTE
    assert why(taste=0.1, because=B, friends=4) == Why.FRIENDS
    assert why(taste=0.1, because=B, friends=2) == Why.TASTE
    assert why(friends=2) == Why.NONE
    assert why(crowd=1) == Why.NONE
    assert why(crowd=50) == Why.POPULAR
    assert why(shop=1) == Why.SHOP
    assert why(is_new=True) == Why.NEW
