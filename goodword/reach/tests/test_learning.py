"""The model against its formula worked in plain Python, and the measures against hand examples."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from goodword.reach.targeting.learning import inverse, measures, ridge, tuning
from goodword.reach.targeting.learning.choices import choices, hide, marks, split
from goodword.reach.targeting.learning.near import near
from goodword.reach.targeting.learning.ridge import Settings
from goodword.reach.targeting.learning.weighing import CROWD, FRIENDS, SAID, tastes, weigh

PLAIN = Settings(person=0, item=0, vote=0, ridge=2.0, friends=0, popularity=0, leverage=0)
LEANT = Settings(
    person=0.25, item=0.3, vote=0.1, ridge=3.0, friends=0.5, circle=0.5, popularity=-0.2, leverage=0
)


def oracle(chosen, friends, people, items, s):
    """score = −K⁻¹X lifted, with lists and Gauss only."""
    chosen = set(chosen)
    near = {(a, b) for a, b in friends if a != b} | {(b, a) for a, b in friends if a != b}
    du = [max(sum((u, i) in chosen for i in range(items)), 1) for u in range(people)]
    di = [max(sum((u, i) in chosen for u in range(people)), 1) for i in range(items)]
    x = [
        [((u, i) in chosen) * du[u] ** -s.person * di[i] ** -s.item for i in range(items)]
        for u in range(people)
    ]
    circle = [[float(u == v or (u, v) in near) for v in range(people)] for u in range(people)]
    size = [sum(row) ** -s.circle for row in circle]
    t = [[size[u] * circle[u][v] * size[v] for v in range(people)] for u in range(people)]
    parts = [(1.0, x), (s.friends if near else 0.0, t)]
    k = [[s.ridge * (u == v) for v in range(people)] for u in range(people)]
    for weight, z in parts:
        total = sum(value * value for row in z for value in row)
        if not total:
            continue
        for u in range(people):
            for v in range(people):
                inner = sum(p * q for p, q in zip(z[u], z[v], strict=True))
                k[u][v] += weight * people / total * inner
    right = [[-((u, i) in chosen) * du[u] ** -s.vote for i in range(items)] for u in range(people)]
    scores = gauss(k, right)
    return [[value * di[i] ** s.popularity for i, value in enumerate(row)] for row in scores]


def gauss(matrix, right):
    rows = [list(a) + list(b) for a, b in zip(matrix, right, strict=True)]
    size = len(matrix)
    for p in range(size):
        rows[p] = [value / rows[p][p] for value in rows[p]]
        for q in range(size):
            if q != p:
                factor = rows[q][p]
                rows[q] = [a - factor * b for a, b in zip(rows[q], rows[p], strict=True)]
    return [row[size:] for row in rows]


@st.composite
def towns(draw):
    people, items = draw(st.integers(1, 6)), draw(st.integers(0, 6))
    pair = st.tuples(st.integers(0, people - 1), st.integers(0, max(items - 1, 0)))
    chosen = draw(st.lists(pair, max_size=20)) if items else []
    link = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1))
    return chosen, draw(st.lists(link, max_size=10)), people, items


@settings(max_examples=40, deadline=None)
@given(town=towns(), chosen_settings=st.sampled_from([PLAIN, LEANT]), dense=st.booleans())
def test_the_model_is_its_formula(town, chosen_settings, dense):
    chosen, friends, people, items = town
    learnt = choices(chosen=chosen, friends=friends, people=people, items=items)
    model = ridge.fit(learnt, chosen_settings, dense=people if dense else 0)
    found = model.scores(np.arange(people))
    expected = np.array(oracle(*town, chosen_settings)).reshape(people, items)
    np.testing.assert_allclose(found, expected, atol=2e-4)


def test_the_worked_example_of_the_docs():
    # Ann chose cup and pot, Bo cup, pot and tray, Cai nothing; Bo and Cai are friends.
    town = choices(
        chosen=[(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)], friends=[(1, 2)], people=3, items=3
    )
    s = Settings(
        person=0, item=0, vote=0, ridge=1.0, friends=1.0, circle=0.25, popularity=0, leverage=0
    )
    kernel = ridge.whole(ridge.kernel(town, s), s.ridge)
    np.testing.assert_allclose(kernel, [[3.2, 1.2, 0], [1.2, 3.8, 1], [0, 1, 2]], atol=1e-6)
    scores = ridge.fit(town, s).scores(np.arange(3))
    np.testing.assert_allclose(scores[0, 2], 0.1316, atol=5e-5)  # the tray for Ann, by taste
    np.testing.assert_allclose(scores[2], [0.1096, 0.1096, 0.1754], atol=5e-5)  # Cai, by friends


def test_the_inverse_strip_by_strip(monkeypatch):
    monkeypatch.setattr(inverse, "STRIP", 5)
    rows = np.random.default_rng(1).normal(size=(61, 30)).astype(np.float32)
    matrix = rows @ rows.T + 2 * np.eye(61, dtype=np.float32)
    found = matrix.copy()
    inverse.invert(found)
    np.testing.assert_allclose(found, np.linalg.inv(matrix.astype(np.float64)), atol=1e-4)
    with pytest.raises(inverse.NotPositive):
        inverse.invert(-matrix)


def test_recall_and_ndcg_by_hand():
    # Found: a hit, a miss, a hit; three to find. 1 + 1/2 of 1 + 0.6309 + 1/2 at three.
    hit = np.array([[True, False, True]])
    recall, ndcg = measures.of_hits(hit, np.array([3]), 3)
    assert recall[0] == pytest.approx(2 / 3)
    assert ndcg[0] == pytest.approx(1.5 / 2.1309, abs=1e-4)
    # At two, the best possible is two hits, though there are three to find.
    recall, ndcg = measures.of_hits(hit, np.array([3]), 2)
    assert (recall[0], ndcg[0]) == (pytest.approx(1 / 3), pytest.approx(1 / 1.6309, abs=1e-4))


def test_the_known_are_left_out_and_ties_go_to_the_popular():
    known = marks(np.array([[0, 1]]), (1, 5))
    scores = np.array([[1, 9, 1, 3, 1]], dtype=np.float32)
    found = measures.top(scores, known, np.array([2, 0, 5, 1, 2], dtype=np.float32), most=3)
    assert found.tolist() == [[3, 2, 0]]
    assert measures.top(scores, known, scores[0], most=9).tolist() == [[3, 0, 2, 4, -1]]


def test_people_without_train_stay_in_the_mean():
    town = choices(chosen=[(0, 0)], friends=[], people=3, items=2)
    sought = marks(np.array([[0, 1], [1, 0]]), (3, 2))
    figures = measures.measure(
        lambda people: np.tile(np.float32([0, 1]), (len(people), 1)), town, sought, at=(1,)
    )
    assert (figures.people, figures.recall[1], figures.ndcg[1]) == (2, 0.5, 0.5)


@pytest.mark.parametrize(("people", "items"), [(1, 0), (1, 1), (3, 0), (0, 0)])
def test_almost_nothing_to_learn_from(people, items):
    town = choices(chosen=[(0, 0)] if items else [], friends=[], people=people, items=items)
    settings_, trials = tuning.tune(town)
    assert (settings_, trials) == (Settings(), [])
    scores = ridge.fit(town, settings_).scores(np.arange(people))
    assert scores.shape == (people, items)
    assert np.isfinite(scores).all()


def tribes(seed=3, people=90, items=60):
    """Three tribes, each with its own third of the items and friends among themselves."""
    rng = np.random.default_rng(seed)
    chosen = {
        (u, int(rng.integers(items // 3)) * 3 + u % 3) for u in range(people) for _ in range(9)
    }
    friends = [(u, v) for u in range(people) for v in range(u) if (u - v) % 3 == 0 and v % 4 == 0]
    return choices(chosen=sorted(chosen), friends=friends, people=people, items=items)


def test_tuning_is_repeatable_better_than_where_it_began_and_drops_clear_losers_early():
    town, few = tribes(), tuning.AXES[:2]
    chosen, trials = tuning.tune(town, axes=few)
    assert (chosen, trials) == tuning.tune(town, axes=few)
    found = next(trial for trial in trials if trial.settings == chosen)
    assert found.worth > trials[0].worth
    assert len(found.seen) == tuning.REHEARSALS
    assert any(len(trial.seen) < tuning.REHEARSALS for trial in trials)


def test_only_the_people_of_a_rehearsal_lose_choices():
    town = tribes()
    rest, hidden = hide(town, np.arange(30), share=0.5, seed=1)
    assert ((rest.chosen + hidden) != town.chosen).nnz == 0
    assert np.flatnonzero(np.diff(hidden.indptr)).max() < 30
    assert 0.4 < hidden.nnz / town.chosen[:30].nnz < 0.6


def test_one_look_solves_for_every_ridge():
    rng = np.random.default_rng(2)
    part = sparse.csr_array(rng.normal(size=(9, 6)).astype(np.float32))
    right = rng.normal(size=(9, 4)).astype(np.float32)
    right[:, 3] = 0
    seen = ridge.krylov([part], right, steps=9)
    for strength in (0.5, 4.0):
        whole = (part @ part.T).toarray() + strength * np.eye(9)
        np.testing.assert_allclose(seen.solved(strength), np.linalg.solve(whole, right), atol=1e-4)


def test_taste_is_found_again():
    rest, held = split(tribes())
    figures = measures.measure(ridge.fit(rest, Settings()).scores, rest, held, at=(20,))
    assert figures.recall[20] > 0.9  # a third of the items is the tribe's; chance would be a third


@pytest.mark.parametrize("dense", [0, 100])
def test_the_pairs_are_the_model_seen_from_the_items(dense):
    rng = np.random.default_rng(5)
    pairs = np.argwhere(rng.random((30, 12)) < 0.3)
    town = choices(chosen=pairs, friends=[], people=30, items=12)
    s = Settings(person=0.3, item=0.2, vote=0.3, ridge=3, friends=0, popularity=-0.1, leverage=0)
    found = near(town, s, keep=12, common=3, dense=dense)
    assert not found.places.tastes.size  # so few items are told by their pairs
    weights = np.zeros((12, 12))
    weights[found.other, found.item] = found.weight
    chosen = town.chosen.toarray()
    seen, expected = chosen @ weights, ridge.fit(town, s).scores(np.arange(30))
    for person in range(30):
        new = chosen[person] == 0
        most = np.abs(expected[person] * new).argmax()
        factor = seen[person, most] / expected[person, most]
        assert factor > 0
        np.testing.assert_allclose(
            seen[person, new], expected[person, new] * factor, atol=2e-3 * abs(factor)
        )


@pytest.mark.parametrize("common", [0, 3, 59])
def test_few_pairs_and_the_places_tell_what_all_pairs_would(common):
    town = tribes()
    s = Settings(person=0.3, item=0.2, ridge=30, friends=0, popularity=-0.1, leverage=0)
    every, found = (near(town, s, keep=keep, common=common) for keep in (60, 5))
    whole, told = np.zeros((60, 60)), np.zeros((60, 60))
    whole[every.item, every.other] = every.weight
    told[found.item, found.other] = found.rest
    told += found.places.block(0, 60)
    kept = np.zeros((60, 60), dtype=bool)
    kept[found.item, found.other] = found.weight != 0
    both = (town.chosen.T @ town.chosen).toarray()
    assert (found.people == both[found.item, found.other]).all()
    # The strongest are kept, and stand as they are; nothing speaks for itself.
    assert kept.sum(axis=1).tolist() == [5] * 60
    weakest, size = np.abs(whole)[kept].reshape(60, 5).min(axis=1), np.abs(whole * ~kept)
    assert (weakest >= size.max(axis=1)).all()
    np.testing.assert_allclose(told[kept], whole[kept], atol=1e-5)
    np.testing.assert_allclose(np.diag(told), 0, atol=1e-5)
    # Of the others three tastes tell most where there are three tribes; all but one, nearly all.
    missed = ((told - whole)[~kept] ** 2).sum() / (size**2).sum()
    assert {0: missed == 1, 3: missed < 0.5, 59: missed < 0.02}[common], missed


def test_weighed_is_what_is_served():
    """The taste that weights are chosen beside is the sum of the pairs that are stored."""
    town = tribes(people=60, items=30)
    s = Settings(person=0.3, item=0.2, vote=0.1, ridge=4, friends=0.5, popularity=-0.1)
    found = near(town, s, keep=30, common=0)
    weights = np.zeros((30, 30))
    weights[found.other, found.item] = found.weight
    chosen, own = town.chosen.toarray(), tastes(town, s)(np.arange(60))
    served = chosen @ weights / ridge.power(town.activity, 0.3)[:, None]
    new = chosen == 0
    np.testing.assert_allclose(own[new], served[new], atol=1e-4)
    assert served[new].max() > 0.05


@pytest.mark.parametrize("told", [True, False])
def test_friends_weigh_what_they_tell(told):
    """In one town everybody chooses what their friends do, in the other friends are anybody."""
    rng = np.random.default_rng(4)
    liked = rng.integers(0, 300, size=(40, 12))
    chosen = [(p, i) for p in range(120) for i in rng.choice(liked[p // 3], 8, replace=False)]
    order = np.arange(120) if told else rng.permutation(120)
    friends = [
        (order[3 * n + a], order[3 * n + b]) for n in range(40) for a, b in ((0, 1), (0, 2), (1, 2))
    ]
    town = choices(chosen=chosen, friends=friends, people=120, items=300)
    s = Settings(friends=0.0, ridge=4.0)
    found = weigh(town, s)
    assert found.said == SAID / 4  # also where the model itself has no use for friends
    assert (found.friends > FRIENDS[2] / 4) == told
    assert found.crowd in [one / 4 for one in CROWD]


def test_the_newcomer_is_ranked_through_friends():
    town = choices(
        chosen=[(0, 0), (0, 1), (1, 0), (2, 2), (3, 2), (4, 2)], friends=[(5, 0), (5, 1)],
        people=6, items=3,
    )  # fmt: skip
    scores = ridge.fit(town, Settings(friends=1.0)).scores(np.array([5]))[0]
    assert scores[0] > scores[1] > scores[2]


def test_neither_the_web_nor_the_worker_loads_numpy():
    code = (
        "import sys, django; django.setup(); import goodword.site.urls, goodword.site.wsgi;"
        "import goodword.ops.up.working; from procrastinate.contrib.django import app;"
        "assert app.tasks; print([m for m in ('numpy', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.stdout.strip() == "[]", run.stderr[-500:]
