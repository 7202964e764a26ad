"""What carriers call their columns and where a parcel is: exact words only.

“未签收” (not signed for) contains “签收” (signed for): a status is what stands there whole.
"""

from collections.abc import Mapping

from ..states import Scanned

S = Scanned
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(
        ("number", "tracking_number", "tracking", "waybill", "运单号", "快递单号", "单号"), "number"
    ),
    **dict.fromkeys(("time", "at", "timestamp", "event_time", "时间", "操作时间"), "time"),
    **dict.fromkeys(("status", "event", "state", "状态", "物流状态", "操作"), "status"),
    **dict.fromkeys(("place", "location", "city", "地点", "城市", "网点"), "place"),
    **dict.fromkeys(("text", "description", "remark", "描述", "说明", "备注"), "text"),
    **dict.fromkeys(("carrier", "courier", "快递公司"), "carrier"),
}
WORDS: Mapping[Scanned, tuple[str, ...]] = {
    S.ACCEPTED: ("accepted", "collected", "picked up", "揽收", "已揽收", "揽件", "收寄"),
    S.MOVING: (
        "moving", "in transit", "departed", "arrived", "运输中", "在途", "到达", "离开", "已发出",
    ),
    S.CUSTOMS: ("customs", "in customs", "清关", "清关中", "海关"),
    S.OUT: ("out", "out for delivery", "派件", "派件中", "派送中", "派送"),
    S.DELIVERED: ("delivered", "签收", "已签收", "妥投", "已妥投"),
    S.FAILED: ("failed", "delivery failed", "attempted", "派送失败", "派件异常", "未妥投"),
    S.RETURNING: ("returning", "returned", "return to sender", "退回", "退件", "退回中", "已退回"),
}  # fmt: skip
KINDS = {word: kind for kind, words in WORDS.items() for word in words}


def kind_of(status: str) -> Scanned | None:
    """None for a status that we do not know: it is not guessed at."""
    return KINDS.get(" ".join(status.casefold().replace("_", " ").split()))
