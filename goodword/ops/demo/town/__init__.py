"""The town of Qingxi as data: sixty people, their days, their shops, what they bought.

Plain frozen values in both languages (`shapes`), without Django and without a clock: every time is
relative to the day on which somebody builds the town. `TOWN` is all of it; `ops.demo` plays it
through the app's real actions.
"""

from goodword.ops.demo.town.assembly import TOWN

__all__ = ["TOWN"]
