"""WeChat Pay's files of a day: what was paid and refunded, and what was shared with sellers.

Each cell has a ` in front. After the lines come the heads and the figures of a summary, found by
their places, and the file counts only if its lines come to them.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO

from django.db.models import Q

from goodword.kit.ids import parse_id
from goodword.kit.money import Money

from ..base import Report
from ..bills import MOST_BYTES, NotABill, Sums, letters, yuan
from ..memory import OutsideMove
from .reading import number_of

PAID, BACK = "SUCCESS", ("REFUND", "REVOKED")
LOST = ("FAIL", "CHANGE", "CLOSED")  # of refunds that did not go through: the money stays
SHARED, UNSHARED = "分账", "分账回退"
NOTHING = Money(0, "CNY")

Row = Mapping[str, str]


def unpacked(data: bytes, *, kind: str, digest: str) -> bytes:
    """The file itself, if it is the one whose SHA-1 was signed for. Raises NotABill."""
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=BytesIO(data)) as file:
                data = file.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise NotABill("the bill is not whole") from error
    if len(data) > MOST_BYTES:
        raise NotABill("the bill is larger than any day")
    found = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    if kind != "SHA1" or found != digest.lower():
        raise NotABill("the bill is not the one that WeChat Pay signed for")
    return data


def trades(data: bytes) -> Report:
    """`/v3/bill/tradebill`: by our number of the charge. Raises NotABill."""
    rows, summary = table(data)
    sums, paid, back = Sums("wechatpay"), NOTHING, NOTHING
    for row in rows:
        if row["交易状态"] == PAID:
            amount = yuan(row["订单金额"])
            paid += amount
            sums.add(row["商户订单号"], row["微信订单号"], amount)
        elif row["交易状态"] in BACK:
            amount = yuan(row["申请退款金额"])
            back += amount
            if row["退款状态"] not in LOST:
                sums.add(row["商户订单号"], row["微信退款单号"], -amount)
    if (yuan(summary[5]), yuan(summary[6])) != (paid, back):
        raise NotABill("the bill does not add up")
    return sums.report()


def shares(data: bytes) -> Report:
    """`/v3/bill/fundflowbill`: only what went to sellers and came back. Raises NotABill."""
    rows, summary = table(data)
    sums = Sums("wechatpay")
    amounts = {"收入": NOTHING, "支出": NOTHING}
    of = charges_of(rows)
    for row in rows:
        amount, way = yuan(row["收支金额(元)"]), row["收支类型"]
        amounts[way] += amount
        if row["业务名称"] in (SHARED, UNSHARED):
            theirs = row["微信支付业务单号"]
            charge = of.get(theirs) or of.get(row["业务凭证号"][:32], "")
            sums.add(charge, theirs, amount if way == "收入" else -amount)
    said = (int(summary[0]), yuan(summary[2]), yuan(summary[4]))
    if said != (len(rows), amounts["收入"], amounts["支出"]):
        raise NotABill("the bill does not add up")
    return sums.report()


def charges_of(rows: list[Row]) -> dict[str, str]:
    """The charges that were shared, by WeChat Pay's number of the share and by ours."""
    theirs = [row["微信支付业务单号"] for row in rows]
    ours = [str(id_) for row in rows if (id_ := parse_id(row["业务凭证号"][:32]))]
    moves = OutsideMove.objects.filter(charge__gateway="wechatpay")
    found: dict[str, str] = {}
    for move in moves.filter(Q(number__in=theirs) | Q(key__in=ours)):
        found |= {move.number: move.charge_id, number_of(move.key): move.charge_id}
    return found


def table(data: bytes) -> tuple[list[Row], list[str]]:
    """The lines by their heads, and the summary's figures. Raises NotABill."""
    lines = [line for line in letters(data).splitlines() if line.strip()]
    if len(lines) < 3 or lines[-2].startswith("`"):
        raise NotABill("the bill has no summary")
    heads = [_plain(head) for head in lines[0].split(",")]
    try:
        rows: list[Row] = [
            dict(zip(heads, cells, strict=True)) for cells in map(_cells, lines[1:-2])
        ]
    except ValueError as error:
        raise NotABill("a line of the bill has not as many cells as it has heads") from error
    return rows, list(_cells(lines[-1]))


def _plain(head: str) -> str:
    return head.strip().replace("（", "(").replace("）", ")")


def _cells(line: str) -> Iterator[str]:
    if not line.startswith("`"):
        raise NotABill("a line of the bill does not begin with its mark")
    yield from (cell.strip() for cell in line[1:].split(",`"))
