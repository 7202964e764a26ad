import pytest
from django.db import connection, transaction
from psycopg import _queries

from goodword.kit import clock, rows
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule, RateBucket

pytestmark = pytest.mark.django_db
NOW = clock.now()


def rule(name: str, value: int) -> HouseRule:
    return HouseRule(name=name, value=value, since=NOW)


def test_what_is_inserted_is_what_the_orm_reads():
    made = [rule("fee_percent", 3), rule("market_every", 7)]
    rows.insert(made)
    rows.insert([])
    assert list(HouseRule.objects.order_by("id").values_list("id", "name", "value", "since")) == [
        (one.id, one.name, one.value, NOW) for one in made
    ]
    assert not made[0]._state.adding


def test_found_rows_are_whole_and_in_the_order_of_their_keys():
    made = [rule("fee_percent", value) for value in (1, 2, 3)]
    rows.insert([*made[::-1], rule("market_every", 1)])
    assert rows.find(HouseRule, name="fee_percent") == made
    assert [one.value for one in rows.find(HouseRule, id=[made[0].id, made[2].id])] == [1, 3]
    assert rows.find(HouseRule, name="fee_percent", value=2)[0].since == NOW
    assert rows.find(HouseRule, name="fee_percent", value=9) == []


def test_a_row_is_the_same_as_the_orm_makes_it():
    made = rule("fee_percent", 1)
    rows.insert([made])
    ours, orms = rows.find(HouseRule, id=made.id)[0], HouseRule.objects.get(id=made.id)
    assert facts(ours) == facts(orms)
    assert vars(ours._state) == vars(orms._state)
    ours.value = 2
    ours.save()
    assert HouseRule.objects.get().value == 2


def facts(row: HouseRule) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_key_that_is_taken_is_told_and_nothing_changes():
    assert rows.insert_new(RateBucket(key="a", full_until=NOW))
    assert not rows.insert_new(RateBucket(key="a", full_until=clock.now()))
    assert RateBucket.objects.get(key="a").full_until == NOW


def test_a_locked_row_is_changed_in_both_places():
    first = rule("fee_percent", 1)
    rows.insert([first, rule("fee_percent", 5)])
    seen = rows.locked(HouseRule, first.id)
    rows.change(seen, value=2)
    assert seen.value == 2
    assert sorted(HouseRule.objects.values_list("value", flat=True)) == [2, 5]
    assert rows.locked(HouseRule, new_id()) is None


def test_the_first_row_that_is_found_and_all_that_is_in_it_can_be_written_again():
    made = [rule("fee_percent", 1), rule("fee_percent", 5)]
    rows.insert(made)
    assert rows.first(HouseRule, name="fee_percent", how="FOR UPDATE") == made[0]
    assert rows.first(HouseRule, name="market_every") is None
    made[0].value, made[0].name = 9, "market_every"
    rows.rewrite(made[0])
    assert [(one.name, one.value) for one in HouseRule.objects.order_by("id")] == [
        ("market_every", 9), ("fee_percent", 5),
    ]  # fmt: skip


def test_what_is_not_there_is_not_asked_for():
    with pytest.raises(ValueError, match="HouseRule"):
        rows.find(HouseRule, name=None)


@pytest.mark.django_db(transaction=True)
def test_joined_is_one_transaction_with_the_caller_and_one_of_its_own_without():
    @rows.joined
    def add(*, fail: bool) -> int:
        rows.insert([rule("fee_percent", 1)])
        if fail:
            raise ValueError
        return len(connection.savepoint_ids)

    with transaction.atomic():
        assert add(fail=False) == 0
        transaction.set_rollback(True)
    assert HouseRule.objects.count() == 0
    with pytest.raises(ValueError):
        add(fail=True)
    assert HouseRule.objects.count() == 0
    add(fail=False)
    assert HouseRule.objects.count() == 1


def test_the_slots_of_a_long_statement_are_looked_for_once(db):
    long = f"SELECT %(value)s::int -- {'long ' * 4000}"  # as a page's
    with connection.cursor() as cursor:
        cursor.execute(long, {"value": 1})
        before = _queries._query2pg.cache_info()
        cursor.execute(long, {"value": 2})
        assert cursor.fetchall() == [(2,)]
    assert _queries._query2pg.cache_info().hits == before.hits + 1
