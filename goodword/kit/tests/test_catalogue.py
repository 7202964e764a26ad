"""The catalogues of all domains are one when the house runs."""

from babel.messages.catalog import Catalog

from goodword.kit import catalogue


def held(**said: str) -> Catalog:
    made = Catalog(locale="zh_Hans")
    for sentence, chinese in said.items():
        made.add(sentence, chinese)
    return made


def test_two_domains_that_say_one_sentence_differently_are_named():
    found = catalogue.differences(
        {
            "money": held(Receipt="收据", Paid="已付款"),
            "shop": held(Receipt="购物小票", Paid="已付款", Open=""),
            "orders": held(Open="打开"),
        }
    )
    assert found == ["'Receipt' is said twice: money '收据', shop '购物小票'"]


def test_no_domain_speaks_over_another(capsys):
    assert catalogue.main(["--check"]) == 0, capsys.readouterr().out
