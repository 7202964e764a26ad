"""The vocabulary of interests, and what a title is recognised as."""

import re

import pytest
from django.utils import translation

from goodword.kit import interests
from goodword.kit.errors import Invalid


def test_it_is_small_and_every_word_means_one_thing():
    assert 40 <= len(interests.INTERESTS) <= 60
    assert len(interests.GROUPS) == 8
    words = [word for one in interests.INTERESTS.values() for word in one.words]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() for word in words)
    assert all(re.fullmatch("[a-z_]{1,20}", key) for key in interests.INTERESTS)


def test_it_has_its_names_in_both_languages():
    for language, differs in (("en", False), ("zh-hans", True)):
        with translation.override(language):
            names = [interests.name(key) for key in interests.INTERESTS]
        assert len(set(names)) == len(names)
        assert any(re.search("[一-鿿]", name) for name in names) is differs
    assert interests.name("gone") == ""


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("Celadon teacup", ("ceramics", "tea")),
        ("梅子青盖碗，不烫手的那种", ("ceramics", "tea")),
        ("苏老师的高山绿茶，今年的", ("tea",)),
        ("茶几，樱桃木", ("furniture",)),  # no tea, no fruit
        ("Coffee table of cherry wood", ("furniture",)),
        ("Tea towels of linen", ("bedding",)),
        ("玉米面条", ("pantry",)),
        ("跑鞋 42 码", ("running",)),
        ("Children’s books, five of them", ("children_books",)),
        ("笔记本电脑", ("computers",)),
        ("不会塌腰的书架", ("furniture",)),  # no books
        ("TEAPOTS", ("tea",)),
        ("Steam iron", ()),  # holds “tea”
        ("A thing", ()),
        ("Tea, coffee, books, shoes", ("tea", "coffee", "books")),
    ],
)
def test_a_title_is_recognised_by_its_longest_words(title, keys):
    assert interests.recognised(title) == keys


def test_what_is_chosen_is_in_the_vocabulary_each_once():
    assert interests.chosen(["books", "tea", "books"]) == ("tea", "books")
    with pytest.raises(Invalid):
        interests.chosen(["tea", "politics"])
    with pytest.raises(Invalid):
        interests.chosen(["tea", "coffee", "books", "cats"], at_most=3)
