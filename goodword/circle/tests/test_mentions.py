"""Naming a friend: a link for those who know them, news for those who may read it."""

import pytest
from django.test import Client

from goodword.circle import actions, cards, mentions, queries
from goodword.circle.rules import ONLY_ME
from goodword.circle.tests.worlds import NOON, all_but, befriend, chosen, member, moment
from goodword.kit import clock
from goodword.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin():
    return member("lin")


@pytest.fixture
def chen(lin):
    chen = member("chen")
    befriend(lin, chen)
    return chen


@pytest.fixture
def wen(lin):
    wen = member("wen")
    befriend(lin, wen)
    return wen


def told(who):
    return Notice.objects.filter(owner=who.id, kind="circle.mentioned").count()


def links(viewer, made):
    card = queries.moment_card(viewer.id, made.id, now=NOON)
    texts = [card.parts, *(answer.parts for answer in card.answers)]
    return [part.href for parts in texts for part in parts if part.inside]


def test_a_name_is_a_link_for_those_who_know_that_person_alone(lin, chen, wen):
    made = moment(lin, "With @Chen, at the kiln.")
    assert links(lin, made) == links(chen, made) == ["/@chen"]
    assert links(wen, made) == []  # no friend of Chen's: not even that there is such a person
    befriend(chen, wen)
    assert links(wen, made) == ["/@chen"]
    actions.block(owner=chen, other=wen, now=NOON)
    assert links(wen, made) == []
    type(chen).objects.filter(id=chen.id).update(is_active=False)
    assert links(lin, made) == []  # there is no such page any more


def test_a_stranger_who_is_named_is_plain_text_and_hears_nothing(lin, chen):
    stranger = member("zhou")
    made = moment(lin, "Not @zhou, nor @nobody.")
    assert links(chen, made) == links(lin, made) == []
    assert told(stranger) == 0


def test_who_is_named_is_told_once_if_they_may_see_it(lin, chen, wen):
    moment(lin, "@chen and @chen, for @wen.", audience=all_but(wen))
    assert (told(chen), told(wen)) == (1, 0)
    moment(lin, "@chen", audience=ONLY_ME)
    assert told(chen) == 1
    actions.snooze(owner=chen, friend=lin.id, on=True, now=NOON)
    moment(lin, "@chen again")
    assert told(chen) == 1


def test_one_names_ones_friends_alone_and_across_a_block_nobody(lin, chen, wen):
    """All three see Lin's moment; Chen and Wen meet there, or keep away from each other."""
    made = moment(lin)

    def name_wen():
        actions.comment(moment=made, member=chen, text="Look, @wen", now=NOON)
        return told(wen)

    assert name_wen() == 0
    befriend(chen, wen)
    assert name_wen() == 1
    actions.block(owner=wen, other=chen, now=NOON)
    assert name_wen() == 0


def test_an_edit_and_a_smaller_audience_settle_what_was_told(lin, chen, wen):
    made = moment(lin, "With @chen.")
    actions.edit_moment(moment=made, author=lin, text="With @wen.", now=NOON)
    assert (told(chen), told(wen)) == (0, 1)
    Notice.objects.filter(owner=wen.id).update(read_at=NOON)
    actions.edit_moment(moment=made, author=lin, text="With @wen and @chen.", now=NOON)
    assert (told(chen), told(wen)) == (1, 1)  # who read it is not told again
    actions.narrow(moment=made, author=lin, audience=chosen(chen), now=NOON)
    assert (told(chen), told(wen)) == (1, 0)
    actions.delete_moment(moment=made, author=lin, now=NOON)
    assert told(chen) == 0


def test_a_comment_names_friends_of_its_writer_who_see_the_moment(lin, chen, wen):
    made = moment(lin, "A day at the kiln.", audience=chosen(chen))
    befriend(chen, wen)
    actions.comment(moment=made, member=chen, text="Ask @wen, @lin!", now=NOON)
    assert (told(wen), told(lin)) == (0, 0)  # she may not see it; the author hears of it anyway
    actions.comment(moment=made, member=lin, text="You, @chen?", now=NOON)
    said = actions.comment(moment=made, member=lin, text="Only you, @chen.", now=NOON)
    assert told(chen) == 2
    assert links(chen, made) == ["/@wen", "/@lin", "/@chen", "/@chen"]
    actions.delete_comment(comment=said, member=lin)
    assert told(chen) == 1


def test_only_friends_are_suggested(lin, chen, wen):
    befriend(wen, member("chenyu"))
    client = Client()
    client.force_login(lin)
    with clock.at(NOON):
        found = client.get("/friends/names?begin=che").json()
    assert found == {"names": [{"handle": "chen", "name": "Chen"}]}
    type(chen).objects.filter(id=chen.id).update(is_active=False)
    assert client.get("/friends/names?begin=che").json() == {"names": []}
    assert client.get("/friends/names?begin=").json() == {"names": []}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@chen", ["chen"]),
        ("你好@chen！", ["chen"]),
        ("See @Chen.B. And @lin,", ["chen.b", "lin"]),
        ("mail chen@lin.example or https://a.example/@chen", []),
        ("@@chen @", []),
    ],
)
def test_what_names_somebody(text, named):
    assert mentions.handles(text) == named


def test_the_text_stays_as_it_was_written():
    text = "With @Chen. and @wen, see https://a.example/@chen."
    parts = mentions.parts(text, {"chen"})
    assert "".join(part.text for part in parts) == text
    assert [part.href for part in parts if part.inside] == ["/@chen"]


def test_no_name_costs_no_statement(lin, django_assert_num_queries):
    made = moment(lin, "A day.")
    with django_assert_num_queries(1):
        cards.read(queries.ONE, {"id": made.id, "now": NOON}, viewer=lin.id)
