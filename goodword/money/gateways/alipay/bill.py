"""Alipay's file of a day: a ZIP of tables in the national code, with comment lines around them."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from goodword.kit.money import Money

from ..base import Report
from ..bills import MOST_BYTES, NotABill, Sums, letters, yuan

PAID, BACK = "交易", "退款"
HEAD = "支付宝交易号"
TOTALS = re.compile(r"#(交易|退款)合计：(\d+)笔，商家实收(?:退款)?共(-?[\d.]+)元")
NOTHING = Money(0, "CNY")
# What `zipfile` says of an archive that was cut, spoilt or locked.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError,
)  # fmt: skip

Row = Mapping[str, str]


def trades(data: bytes) -> Report:
    """What was paid and refunded, by our number of the charge. Raises NotABill."""
    text = details(data)
    sums = Sums("alipay")
    got = {PAID: (0, NOTHING), BACK: (0, NOTHING)}
    for row in table(text):
        kind = row["业务类型"]
        if kind not in got:
            raise NotABill(f"nobody knows what {kind} moves")
        amount, received = yuan(row["订单金额(元)"]), yuan(row["商家实收(元)"])
        count, sum_ = got[kind]
        got[kind] = (count + 1, sum_ + received)
        # A refund is written with a minus; were it not, it would be money that came.
        back = kind == BACK and amount.minor > 0
        sums.add(row["商户订单号"], row[HEAD], -amount if back else amount)
    said = {kind: (int(count), yuan(sum_)) for kind, count, sum_ in TOTALS.findall(text)}
    if said != got:
        raise NotABill("the bill does not add up")
    return sums.report()


def details(data: bytes) -> str:
    """The table with the lines, not the one with sums alone, whatever the two are called."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist()[:10]:
                if info.file_size > MOST_BYTES:
                    raise NotABill("the bill is larger than any day")
                text = letters(archive.read(info))
                if any(line.startswith(HEAD) for line in text.splitlines()):
                    return text
    except UNREADABLE as error:
        raise NotABill("the bill is no archive that can be opened") from error
    raise NotABill("the archive has no bill in it")


def table(text: str) -> list[Row]:
    """The lines by their heads. Raises NotABill."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    heads = [_plain(head) for head in lines[0].split(",")]
    rows: list[Row] = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split(",")]
        # Only the goods have a comma within: what there is too much of belongs to them.
        more = len(cells) - len(heads)
        if more < 0:
            raise NotABill("a line of the bill has not as many cells as it has heads")
        at = heads.index("商品名称")
        rows.append(dict(zip(heads, [*cells[:at], *cells[at + more :]], strict=True)))
    return rows


def _plain(head: str) -> str:
    return head.strip().replace("（", "(").replace("）", ")")
