"""A carrier that drops its files as real ones do: doubled, late, broken, half-written."""

import json
import os
import random
from datetime import timedelta
from zoneinfo import ZoneInfo

HEAD = "运单号,时间,状态,地点,描述"
CHINESE = {
    "accepted": "已揽收", "moving": "运输中", "out": "派件中", "delivered": "已签收",
    "failed": "派送失败", "returning": "退回中",
}  # fmt: skip
BEIJING = ZoneInfo("Asia/Shanghai")


class Carrier:
    """Writes into `folder`/`code`; `written` says since when its files lie there untouched."""

    def __init__(self, folder, code="sf"):
        self.place = folder / code
        self.place.mkdir(parents=True, exist_ok=True)

    def csv(self, name, *events, written, encoding="utf-8", end="\n"):
        """Events are (number, at, kind, place); a text is a line as it stands."""
        lines = [HEAD, *(one if isinstance(one, str) else row(*one) for one in events)]
        self.put(name, ("\n".join(lines) + end).encode(encoding), written)

    def jsonl(self, name, *events, written):
        lines = [
            one if isinstance(one, str) else json.dumps(
                {"number": one[0], "time": one[1].isoformat(), "status": one[2], "place": one[3]}
            )
            for one in events
        ]  # fmt: skip
        self.put(name, ("\n".join(lines) + "\n").encode(), written)

    def put(self, name, data, written):
        path = self.place / name
        path.write_bytes(data)
        os.utime(path, (written.timestamp(), written.timestamp()))
        return path


def row(number, at, kind, place=""):
    """As Chinese carriers write it: their own clock, without saying so."""
    here = at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    return f"{number},{here},{CHINESE[kind]},{place},"


def misbehave(events, seed):
    """The same events doubled, out of order, between unknown numbers and broken lines."""
    chance = random.Random(seed)
    mess = list(events) + [one for one in events if chance.random() < 0.5]
    for _n in range(chance.randrange(1, 4)):
        number = f"SF{chance.randrange(10**12, 10**13)}"
        mess.append((number, events[0][1] + timedelta(hours=1), "moving", "武汉"))
        mess.append(chance.choice(['"half a', "a,b", "SF1234567890123,昨天,已签收,,"]))
    chance.shuffle(mess)
    return mess
