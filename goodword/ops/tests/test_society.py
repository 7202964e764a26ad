"""The society simulator: its people, its arithmetic, and small towns that live by the app."""

import json
from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import product
from random import Random
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from goodword.circle.models import Block, Friendship, Moment
from goodword.ops.cli import main
from goodword.ops.errors import Stop
from goodword.ops.society import picture, plain, plans, report, sensitivity
from goodword.ops.society.agents import Agent, Thing
from goodword.ops.society.assumptions import LAYERS, Assumptions
from goodword.ops.society.job import Job, Policy, Result
from goodword.ops.society.measures import MEASURES, differences, intervals, over_seeds
from goodword.ops.society.people import born
from goodword.ops.society.playing import play
from goodword.ops.society.shelf import Shelf
from goodword.orders.models import OrderLine
from goodword.people.models import Member
from goodword.reach.models import Impression

from .houses import forget_everything, goodword

pytestmark = pytest.mark.django_db
HELD = Assumptions()
# So that all that can happen does within two days.
LIVELY = replace(
    HELD, sellers=0.1, storms=1.0, offers_a_day=9.0, patience=0.5, acting=0.9, needs=1.0,
    open_needed=1.0, open_warm=0.6, buy_needed=1.0, buy_impulse=1.0, life_a_day=0.5, visits=0.5,
    liking=1.0,
)  # fmt: skip
MEMBERS, DAYS = 20, 2


@dataclass
class Lived:
    """A small town after its days: what was counted, what was watched, and what the tables say."""

    result: Result
    seen: list[tuple[str, datetime, int, UUID | int]]
    author: dict[UUID, int]
    face: dict[UUID, str]
    friends: set[tuple[int, int]]
    off: set[tuple[int, int]]
    blocks: set[tuple[int, int]]
    shown: set[tuple[int, UUID]]  # that came before readers' eyes
    laid: int  # cards that were laid on a page
    paid: Counter[int]


def lived(policy: Policy, seed: int = 5) -> Lived:
    seen: list[tuple[str, datetime, int, UUID | int]] = []
    job = Job(policy, seed, MEMBERS, DAYS, LIVELY)
    result = play(job, watch=lambda *what: seen.append(what))
    number = {one.id: int(one.handle[1:]) for one in Member.objects.all()}
    edges = list(Friendship.objects.all())
    return Lived(
        result,
        seen,
        author={one.id: number[one.author_id] for one in Moment.objects.all()},
        face={one.id: one.face for one in Moment.objects.all()},
        friends={(number[one.owner_id], number[one.friend_id]) for one in edges},
        off={(number[e.owner_id], number[e.friend_id]) for e in edges if e.market == "off"},
        blocks={(number[b.owner_id], number[b.blocked_id]) for b in Block.objects.all()},
        shown={
            (number[one.reader_id], one.moment) for one in Impression.objects.exclude(seen_at=None)
        },
        laid=Impression.objects.exclude(after_at=None).count(),
        paid=Counter(number[one.buyer_id] for one in OrderLine.objects.exclude(state="expired")),
    )


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker):  # there must be a database
    """A town under each policy and, last, the first paced one again."""
    found = []
    with django_db_blocker.unblock():
        for policy in (*Policy, Policy.PACED):
            try:
                found.append(lived(policy))
            finally:
                forget_everything()
    return found


def test_whoever_saw_a_moment_might_see_it(towns):
    """Only a friend's, never after a block, and no offer of a shop that was muted."""
    for town in towns:
        ended: dict[tuple[int, int], set[str]] = {}
        for what, _at, who, which in town.seen:
            if what in ("muted", "blocked"):
                ended.setdefault((who, which), set()).add(what)
                continue
            author = town.author[which]
            assert (who, author) in town.friends
            over = ended.get((who, author), set())
            assert "blocked" not in over | ended.get((author, who), set())
            assert "muted" not in over or town.face[which] == "life"


def test_what_was_counted_is_what_the_tables_hold(towns):
    for town in towns:
        total = {name: sums[0] for name, sums in town.result.items()}
        read = {(who, which) for what, _at, who, which in town.seen if what == "read"}
        faces = Counter(town.face[which] for _who, which in read)
        assert total["life_read"] == faces["life"] > 0
        assert total["market_seen"] == faces["market"] > 0
        assert total["blocks"] == len(town.blocks) > 0
        assert total["mutes"] == len(town.off) > 0
        assert total["sales"] == town.paid.total() > 0
        assert total["sales"] >= total["sales_in_circle"]
        assert total["opens"] >= total["sales"]


def test_the_paced_circle_keeps_what_it_shows_and_the_unpaced_one_knows_no_pace(towns):
    unpaced, *paced = towns
    assert not unpaced.laid
    for town in paced:
        offers = {
            (who, which) for what, _at, who, which in town.seen
            if what == "read" and town.face[which] == "market"
        }  # fmt: skip
        assert offers <= town.shown
    storms = Counter(
        (at, who, unpaced.author[which]) for what, at, who, which in unpaced.seen
        if what == "read" and unpaced.face[which] == "market"
    )  # fmt: skip
    assert max(storms.values()) >= 6  # a classic feed shows six of one seller in a row


@pytest.mark.parametrize("policy", [Policy.UNPACED, Policy.PACED])
def test_a_town_is_what_plain_python_makes_of_the_same_plans(towns, policy):
    """Every visible and wished card once, where time or the pace's pure rules put it."""
    through_the_app = towns[list(Policy).index(policy)].result
    assert plain.play(Job(policy, 5, MEMBERS, DAYS, LIVELY)) == through_the_app


def test_the_same_seed_gives_the_same_town(towns):
    first, again = towns[1], towns[3]
    assert first.result == again.result
    assert [one[:3] for one in first.seen] == [one[:3] for one in again.seen]


def test_the_picture_and_the_data_hold_every_policy(towns):
    found = {policy: [town.result] * 2 for policy, town in zip(Policy, towns, strict=False)}
    measured = report.together(found, members=MEMBERS)
    drawn = ElementTree.fromstring(picture.svg(measured, title="A < B", note="&"))
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    words = "".join(drawn.itertext())
    assert all(policy.value in words for policy in Policy)
    said = report.data(found, members=MEMBERS, days=DAYS, seeds=[5, 6])
    assert set(said["policies"]) == {"unpaced", "paced", "paced+targeted"}
    for measures in said["policies"].values():
        assert set(measures) == set(MEASURES)
        assert all(one["low"] <= one["mean"] <= one["high"] for one in measures.values())
    assert set(said["against_unpaced"]) == {"paced", "paced+targeted"}


def test_a_single_policy_stands_at_the_top_of_the_data(towns):
    found = {Policy.PACED: [towns[1].result]}
    said = report.data(found, members=MEMBERS, days=DAYS, seeds=[5])
    for name in ("blocks", "mutes", "sales", "life_read", "market_seen"):
        assert said[name] == said["policies"]["paced"][name]
        assert said[name]["over"] == "members"
        assert said[name]["low"] < said[name]["mean"] < said[name]["high"]


def test_people_are_the_same_for_the_same_seed_and_friendship_has_two_sides():
    one, same, other = (born(members=300, seed=seed, held=HELD) for seed in (3, 3, 4))
    assert [a.ties for a in one.agents] == [a.ties for a in same.agents]
    assert [a.ties for a in one.agents] != [a.ties for a in other.agents]
    for agent in one.agents:
        assert all(
            one.agents[friend].ties[agent.number] == tie for friend, tie in agent.ties.items()
        )
        assert agent.number not in agent.ties
    close = [sum(tie > 0.5 for tie in agent.ties.values()) for agent in one.agents]
    assert sum(close) / len(close) == pytest.approx(LAYERS[0].friends + LAYERS[1].friends, abs=0.5)


def test_plans_keep_the_rates_that_are_assumed():
    people = born(members=200, seed=1, held=HELD)
    beats = [beat for day in range(10) for beat in plans.day(people, day, seed=1, held=HELD)]
    acts = Counter(beat.act for beat in beats)
    assert acts[plans.Act.LOOK] / 2000 == pytest.approx(HELD.sessions, rel=0.05)
    assert acts[plans.Act.TELL] / 2000 == pytest.approx(HELD.life_a_day, rel=0.15)
    assert acts[plans.Act.SHOW] / 10 / len(people.sellers) == pytest.approx(5, rel=0.3)
    assert beats == sorted(beats)


def agent(**values) -> Agent:
    told = {
        "number": 0,
        "interests": [0.05] * 12,
        "patience": 4.0,
        "mind": Random(1),
        "ties": {7: 0.0},
    }
    return Agent(**(told | values))


def met(one: Agent, times: int, *, crowd: float = 0.0, at: float = 0.0) -> float:
    for earlier in range(times):
        one.meet(Thing(7, 2), crowd=crowd, earlier=earlier, at=at, held=HELD)
    return one.annoyance(7, at=at, held=HELD)


def test_the_worked_example_of_the_docs():
    """A storm of six annoys a stranger beyond patience; interest, closeness and time soothe."""
    assert met(agent(), 1) == pytest.approx(0.96)
    assert met(agent(), 6, crowd=0.5) == pytest.approx(14.04)
    assert met(agent(interests=[1.0] * 12), 1) == pytest.approx(0.2)
    assert met(agent(ties={7: 1.0}), 1) == pytest.approx(0.48)
    bored = agent()
    met(bored, 1)
    assert bored.annoyance(7, at=3.0, held=HELD) == pytest.approx(0.48)
    assert not bored.is_annoyed
    met(bored, 6, crowd=0.5, at=3.0)
    assert bored.is_annoyed


def test_intervals_of_the_docs():
    three = over_seeds([10, 12, 14])
    assert (three.mean, three.low, three.high) == pytest.approx((12, 7.032, 16.968), abs=0.01)
    result: Result = {name: [8, 16] for name in MEASURES}
    alone = intervals([result], members=100)["sales"]
    assert (alone.mean, alone.low, alone.high) == pytest.approx((8, 0.32, 15.68), abs=0.02)
    fewer: Result = {name: [5, 9] for name in MEASURES}
    assert differences([fewer, fewer], [result, result])["blocks"].mean == -3


def test_the_sensitivity_run_touches_every_assumption_both_ways():
    changed = [case for case, _held in sensitivity.cases(Policy.TARGETED)]
    assert Counter(name for name, _factor in changed) == {
        "as assumed": 1, **{one.name: 2 for one in fields(Assumptions)}
    }  # fmt: skip
    assert ("agreeing", 2.0) not in [case for case, _held in sensitivity.cases(Policy.PACED)]
    two = [case for case, _held in sensitivity.cases(Policy.PACED, ["patience"])]
    assert two == [("as assumed", 1.0), ("patience", 0.5), ("patience", 2.0)]
    jobs = sensitivity.jobs(policy=Policy.PACED, seeds=[1, 2], members=20, days=1)
    results: list[Result] = [
        {name: [10 if job.policy == Policy.UNPACED else 4 + job.seed, 20] for name in MEASURES}
        for job in jobs
    ]
    found = sensitivity.read(results, policy=Policy.PACED, seeds=[1, 2])
    assert {one["blocks"].mean for one in found.values()} == {-4.5}
    assert len(found) * 4 == len(jobs)


@pytest.mark.parametrize(
    ("after", "word"),
    [([-9, -9.1], ""), ([9, 9.1], "turns"), ([-25, -25.1], "doubles"), ([-3, -3.1], "halves"),
     ([-30, 20], "unsure")],
)  # fmt: skip
def test_a_verdict_says_how_a_difference_changed(after, word):
    assert sensitivity.verdict(over_seeds([-10, -10]), over_seeds(after)) == word


def test_a_kept_result_is_of_exactly_that_town(tmp_path):
    shelf, job = Shelf(tmp_path / "kept"), Job(Policy.PACED, 1, 20, 1)
    assert shelf.result(job) is None
    shelf.keep(job, {"sales": [3, 5]})
    assert shelf.result(job) == {"sales": [3, 5]}
    assert shelf.result(replace(job, held=LIVELY)) is None
    assert shelf.result(replace(job, seed=2)) is None
    next((tmp_path / "kept").iterdir()).write_text("half of it")
    with pytest.raises(Stop, match="holds no result of a town"):
        shelf.result(job)


def test_a_kept_town_is_not_played_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shelf = Shelf(tmp_path / "kept")
    for seed, policy in product((4, 5), Policy):
        shelf.keep(Job(policy, seed, 200, 10), {name: [seed, 30] for name in MEASURES})
    asked = ["simulate", "--seed", "4", "--seeds", "2", "--json", "--keep", "kept"]
    answer = CliRunner().invoke(main, asked)
    assert answer.exit_code == 0, answer.stderr
    assert json.loads(answer.stdout)["policies"]["paced"]["sales"]["values"] == [4, 5]
    assert (tmp_path / "society.svg").read_text().startswith("<svg")
    table = CliRunner().invoke(main, [*asked[:5], *asked[6:]])
    assert "paced+targeted" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--sensitivity", "--policy", "unpaced"], "choose another --policy"),
        (["--sensitivity"], "say --seeds 2"),
        (["--plain", "--policy", "paced+targeted"], "leave out --plain"),
        (["--sensitivity", "--assumption", "luck"], "Nothing is assumed of luck. There are: cir"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(arguments, sentence):
    answer = CliRunner().invoke(main, ["simulate", *arguments])
    assert answer.exit_code == 1
    assert sentence in answer.stderr


def asked(*arguments: object) -> dict[str, Any]:
    answer = goodword("simulate", "--members", 30, "--days", 2, "--json", *arguments)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.deep
def test_the_command_on_scratch_databases_and_in_plain_python(tmp_path):
    drawn = ("--seeds", 2, "--picture", tmp_path / "town.svg")
    said = asked(*drawn)
    assert said["seeds"] == [1, 2]
    assert set(said["policies"]) == {"unpaced", "paced", "paced+targeted"}
    assert said["policies"]["paced"]["life_read"]["over"] == "seeds"
    assert ElementTree.parse(tmp_path / "town.svg").getroot().tag.endswith("svg")
    plainly = asked(*drawn, "--plain")["policies"]
    assert plainly == {name: said["policies"][name] for name in ("unpaced", "paced")}
    shaken = asked(*drawn, "--plain", "--sensitivity", "--assumption", "patience")
    assert [one["factor"] for one in shaken] == [1, 0.5, 2]
