"""What is written can be found, and Python reads a query as the index does."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from goodword.kit import search

HAN = "龙井茶叶西湖春天的水壶一二三"
han = st.text(HAN, min_size=1, max_size=12)
words = st.text("abcdeéßøÅñ0189", min_size=1, max_size=8)
marks = st.sampled_from([" ", "，", ", ", "-", "。", "🍵", "\n", "'"])
texts = st.lists(st.one_of(han, words, marks), max_size=14).map("".join)
anything = st.text(max_size=40)


def asked(vector: str, query: search.Query) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query.sql])
        return cursor.fetchone()[0]


@given(before=texts, run=han, after=texts, data=st.data())
def test_every_run_of_two_or_more_characters_of_a_text_finds_it(before, run, after, data):
    assume(len(run) >= 2)
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    assert search.parse(run[start:end]).matches(before + run + after)


@given(before=texts, run=han, after=texts, data=st.data())
def test_one_character_of_a_text_finds_it(before, run, after, data):
    assert search.parse(data.draw(st.sampled_from(run))).matches(before + run + after)


@given(before=texts, word=words, after=texts, data=st.data())
def test_every_beginning_of_a_word_finds_it(before, word, after, data):
    beginning = word[: data.draw(st.integers(1, len(word)))]
    assert search.parse(beginning).matches(f"{before} {word} {after}")
    assert search.parse(beginning.upper()).matches(f"{before} {word} {after}")


@pytest.mark.django_db
@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.one_of(texts, anything), other=texts, data=st.data())
@example(text="龙, 井茶", other="", data=None)
def test_the_index_answers_as_python_does(text, other, data, db):
    asking = ["龙井", "井茶", '"龙 井"', "井"]
    if data is not None:
        asking = [data.draw(st.one_of(texts, anything))]
        if text:
            start = data.draw(st.integers(0, len(text) - 1))
            asking.append(text[start : start + data.draw(st.integers(1, 12))])
            asking.append(f'"{asking[-1]}" {other[:3]}')
    for one in asking:
        query = search.parse(one)
        if query.phrases:
            assert asked(search.vector(text, other), query) == query.matches(text, other), one


@given(text=st.one_of(texts, anything), query=st.one_of(texts, anything))
def test_marking_changes_no_character_and_marks_when_it_matches(text, query):
    asked = search.parse(query)
    pieces = asked.marked(text)
    assert search.units("".join(piece.text for piece in pieces)) == search.units(text)
    assert all(piece.text for piece in pieces)
    if asked.matches(text):
        assert any(piece.hit for piece in pieces)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("龙井 tea 2026", "２０２６年的龙井茶 (TEA)"),
        ("ZURICH", "in Zürich"),
        ("zürich", "Zurich, in summer"),
        ("strasse", "An der Straße"),
        ("西湖龙井", "今天喝西湖龙井。"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("🍵", "早上🍵好"),
        ("👍🏽", "thumbs 👍"),
        ("t-shirt", "A T-Shirt, washed"),
        ("“west lake” spr", "Spring by the West Lake"),
        ('"west la', "the west lake"),
        ("龙井tea", "龙井Tea"),
        ("C++", "I write C++"),
    ],
)
def test_found(query, text):
    assert search.parse(query).matches(text)
    assert "".join(piece.text for piece in search.parse(query).snippet(text)) == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("龙井", "井边有龙"),
        ("西湖龙井", "西湖边的龙井"),
        ("龙井", "龙，井"),
        ('"lake west"', "the west lake"),
        ('"west lak"', "the west lake"),
        ("ea", "tea"),
        ("te lake", "tea by the lake"),
        ("", "anything"),
        ("?!…", "anything?!…"),
    ],
)
def test_not_found(query, text):
    assert not search.parse(query).matches(text)


def test_a_phrase_does_not_go_from_one_text_into_the_next():
    assert not search.parse('"one two"').matches("one", "two")
    assert search.parse("one two").matches("one", "two")


def test_a_snippet_is_around_the_hit_and_says_where_it_was_cut():
    text = "a " * 200 + "needle" + " b" * 200
    pieces = search.parse("needle").snippet(text, 60)
    assert [piece.text for piece in pieces if piece.hit] == ["needle"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert len("".join(piece.text for piece in pieces)) == 62


def test_a_key_is_equal_for_what_is_written_alike():
    assert search.key(" 王 芳 ") == search.key("王芳") == "王 芳"
    assert search.key("José  LÓPEZ") == search.key("jose lopez")
    assert search.key("Wang") != search.key("Wan G")
