"""One simulated town out of one seed: it opens, so many carts are filled, and all comes to an end.

Alone, to see how it went or to play a failure again:

    script/simulation SEED [CARTS]
"""

from collections import Counter
from datetime import timedelta

from django.db import connection

from goodword.care.models import Case
from goodword.care.states import Reason
from goodword.journal import queries as journal
from goodword.money.banking import reconciling
from goodword.money.models import Hold, Payment
from goodword.orders.models import OrderLine, Timer
from goodword.orders.states import FINAL

from .books import must
from .desk import Bank, Desk
from .lives import DAY, HOUR
from .people import NOW, Town

KEPT_BY = {"care.agreed", "care.against_return", "care.accepted_by_silence"}
PACE = timedelta(hours=1)  # between two carts
HEARD_NOTHING = """
SELECT p."order" FROM money_payment p JOIN money_sandboxcharge c ON c.key = p.id::text
 WHERE c.reversed > 0 AND p.state <> 'reversed'"""


class Simulation(Desk):
    def __init__(self, seed: int, carts: int) -> None:
        super().__init__(seed, now=NOW)
        self.carts = carts
        self.lives, self.carried_out = {}, set()

    def play(self) -> None:
        """Raises Broken, with the seed and the last steps, when something does not hold."""
        try:
            with self.world():
                # Enough that most find one, too few for all: the last ones are fought for.
                self.town, self.bank = Town.founded(pots=9 + self.carts // 8), Bank()
                self.books.check_whole()
                self.open_doors()
                self.live()
                self.end()
        except BaseException as fault:
            fault.add_note(self.how_to_see_it_again())
            raise

    def open_doors(self) -> None:
        for number in range(self.carts):
            wait = PACE * number + self.between(0, 4 * HOUR)
            self.later(wait, lambda number=number: self.shop_around(number))
        self.last_day = self.now + PACE * self.carts + timedelta(days=30)
        self.later(self.between(0, DAY), self.day)
        self.later(self.between(0, DAY), self.market)

    def end(self) -> None:
        """Everything has ended by itself, and everybody's books agree."""
        self.books.check_whole()
        orders = list(self.lives)
        for start in range(0, len(orders), 100):
            self.books.check(orders[start : start + 100])
        open_ = OrderLine.objects.exclude(state__in=[str(state) for state in FINAL])
        must(not open_.exists(), "still open:", list(open_.values("order", "state")[:5]))
        must(not Timer.objects.filter(done_at=None).exists(), "a clock still runs")
        must(not Hold.objects.filter(state="held").exists(), "something is still held")
        must(not Payment.objects.filter(final=False).exists(), "a payment has no end")
        self.goods_went_back()
        self.reconcile()
        for member in self.town.members:
            must(journal.broken_link(member) is None, "a chain of the journal is broken")

    def goods_went_back(self) -> None:
        """Nobody was given goods and all of their price, but for one of the reasons that there are:
        they were sent back, or the seller did not say where to, or agreed, or it was said why not.
        """
        given = Case.objects.filter(back_minor__gt=0, number="", stays="")
        for case in given.exclude(reason=Reason.NOT_ARRIVED).select_related("line"):
            if case.back_minor < case.price.minor:
                continue
            deeds = {
                deed.verb for deed in journal.story(case.order_id)
                if deed.facts.get("case") == str(case.id)
            }  # fmt: skip
            must(bool(deeds & KEPT_BY), "all of the price, and the goods too:", case.id, deeds)

    def reconcile(self) -> None:
        """Every machine agrees, but where a bank took money back and its message was lost."""
        with connection.cursor() as cursor:
            cursor.execute(HEARD_NOTHING)
            unheard = {order for (order,) in cursor.fetchall()}
        for check in reconciling.reconcile():
            for difference in check.differences:
                must(difference.order in unheard, difference.sentence, difference.amount)

    def how_to_see_it_again(self) -> str:
        lately = "\n".join(self.lately)
        return (
            f"{lately}\n\nThis was seed {self.seed} after {self.steps} steps, "
            f"{self.now:%m-%d %H:%M}. See it again:\n    script/simulation {self.seed} {self.carts}"
        )

    def figures(self) -> dict[str, int]:
        """What was played, and how often what went wrong."""
        return {
            "orders": len(self.lives), "steps": self.steps, "orders read": self.books.checked,
            "wholes": self.books.whole, **self.faults.said,
        }  # fmt: skip

    def how_it_went(self) -> str:
        ends = Counter(line.state for lines in self.books.seen.values() for line in lines)
        return "\n".join((
            f"\nseed {self.seed}: {len(self.lives)} orders, {self.steps} steps, "
            f"{self.books.checked} orders read after one, {self.books.whole} times all; "
            f"until {self.now:%Y-%m-%d}; story {self.story.hexdigest()[:16]}",
            "lines: " + ", ".join(f"{count} {state}" for state, count in ends.most_common()),
            "faults: " + ", ".join(f"{n} {what}" for what, n in self.faults.said.most_common()),
            *(f"{count:6} {what}" for what, count in sorted(self.outcomes.items())),
        ))  # fmt: skip
