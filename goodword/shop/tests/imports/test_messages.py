import re

import pytest
from django.utils import translation

from goodword.shop.imports import Message
from goodword.shop.imports.messages import SENTENCES, say

HOLES = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_has_its_chinese_with_the_same_values(code):
    with translation.override("zh-hans"):
        chinese = translation.gettext(SENTENCES[code])
    assert chinese != SENTENCES[code]
    assert sorted(HOLES.findall(chinese)) == sorted(HOLES.findall(SENTENCES[code]))
    assert re.search("[\u4e00-\u9fff]", chinese)


def test_a_message_is_stored_as_data_and_read_in_any_language():
    message = say("stock_differs", stock=9999, sum=12)
    stored = message.as_json()
    assert stored == {"code": "stock_differs", "values": {"stock": 9999, "sum": 12}}
    assert Message.from_json(stored) == message
    assert "9999 in stock" in message.sentence
    with translation.override("zh-hans"):
        assert message.sentence == "商品写的库存是 9999，各规格加起来是 12，以规格为准。"


def test_an_unknown_code_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        say("no_such_thing")
