"""docs/algorithms/escrow.md, carried out: its commands must give its postings and balances."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from goodword.kit.ids import new_id
from goodword.kit.money import Money, parse_amount
from goodword.money import actions, queries
from goodword.money.banking import deposit
from goodword.money.states import CHART, AccountKind

from .town import Town, check_books

pytestmark = pytest.mark.django_db
DOC = (Path(__file__).parents[3] / "docs/algorithms/escrow.md").read_text()
ROW = re.compile(r"^\| (\w+) \| (\w+) \| (\w+) \| ([\d.]+) \|$", re.MULTILINE)


@dataclass
class Flow:
    title: str
    commands: list[str]
    postings: list[tuple[str, str, str, Money]]
    after: dict[str, Money]


def yuan(text: str) -> Money:
    return parse_amount(text, "CNY")


def flows() -> list[Flow]:
    sections = re.split(r"^### ", DOC.split("## Flows")[1].split("\n## ")[0], flags=re.MULTILINE)
    return [
        Flow(
            title=section.splitlines()[0],
            commands=re.search(r"```\n(.*?)\n```", section, re.DOTALL)[1].splitlines(),
            postings=[(*row[:3], yuan(row[3])) for row in ROW.findall(section)],
            after={
                name: yuan(amount)
                for name, amount in re.findall(
                    r"(\w+) ([\d.]+)", re.search(r"^After: (.*)$", section, re.MULTILINE)[1]
                )
            },
        )
        for section in sections[1:]
    ]


@pytest.mark.parametrize("flow", flows(), ids=lambda flow: flow.title)
def test_the_flow_is_as_written(town: Town, flow: Flow):
    order = new_id()
    for number, command in enumerate(flow.commands):
        carry_out(town, order, command, key=f"step {number}")
    assert [
        (step.kind, step.from_kind, step.to_kind, step.amount) for step in queries.trail(order)
    ] == flow.postings
    balances = {
        name: town.escrow(order) if name == "escrow" else town.stands(AccountKind(name))
        for name in flow.after
    }
    assert balances == flow.after
    assert set(flow.after) == {"gateway", "escrow", "payable", "fees", "refund"}
    check_books()


def carry_out(town, order, command, *, key):
    match command.split():
        case ["fee", percent]:
            town.fee(int(percent))
        case ["pay", amount]:
            town.pay(yuan(amount), order=order)
        case ["pay", first, "+", second]:
            town.pay_lines(order, yuan(first), yuan(second))
        case ["release", "line", number]:
            town.release(order, key, line=int(number))
        case ["refund", "line", number]:
            town.refund(order, None, key, line=int(number))
        case ["refund", amount, "of", "line", number]:
            town.refund(order, yuan(amount), key, line=int(number))
        case ["pay", amount, "by", method]:
            town.pay(yuan(amount), order=order, method=method)
        case ["release"]:
            town.release(order, key)
        case ["refund", amount]:
            town.refund(order, None if amount == "all" else yuan(amount), key)
        case ["deposit", amount]:
            deposit.top_up(seller=town.seller.id, amount=yuan(amount), key=key, now=town.now)
        case ["take", "back", amount]:
            town.take_back(order, yuan(amount), key)
        case ["expire"]:
            assert actions.expire_payment(order=order, now=town.now)
        case ["wait", minutes, "minutes"]:
            town.work(after=timedelta(minutes=int(minutes)))
        case ["send", "refunds"]:
            town.work()
        case _:
            raise AssertionError(f"the page has an unknown command: {command}")


def test_the_page_lists_the_chart_of_accounts():
    written = re.findall(r"^\| `(\w+)` \| (\w+) \|", DOC, re.MULTILINE)
    assert written == [(kind.value, CHART[kind].nature.value) for kind in AccountKind]
