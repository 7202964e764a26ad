"""Writes files that look like Taobao Assistant's, with every trap that real ones have set."""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import product

_NAMES = """
title cid seller_cids stuff_status location_state location_city item_type price auction_increment
num valid_thru freight_payer post_fee ems_fee express_fee has_invoice has_warranty approve_status
has_showcase list_time description cateProps postage_id has_discount modified upload_fail_msg
picture_status auction_point picture video skuProps inputPids inputValues outer_id propAlias
auto_fill num_id local_cid navigation_type user_name syncStatus is_lighting_consigment is_xinpin
foodparame features buyareatype global_stock_type global_stock_country sub_stock_type item_size
item_weight sell_promise custom_design_flag wireless_desc barcode sku_barcode newprepay subtitle
cpv_memo input_custom_cpv qualification add_qualification o2o_bind_service
"""
_CHINESE = """
宝贝名称 宝贝类目 店铺类目 新旧程度 省 城市 出售方式 宝贝价格 加价幅度
宝贝数量 有效期 运费承担 平邮 EMS 快递 发票 保修 放入仓库
橱窗推荐 开始时间 宝贝描述 宝贝属性 邮费模版ID 会员打折 修改时间 上传状态
图片状态 返点比例 新图片 视频 销售属性组合 用户输入ID串 用户输入名-值对 商家编码 销售属性别名
代充类型 数字ID 本地ID 宝贝分类 用户名称 宝贝状态 闪电发货 新品
食品专项 尺码库 采购地 库存类型 国家地区 库存计数 物流体积
物流重量 退换货承诺 定制工具 无线详情 商品条形码 sku条形码 7天退货 宝贝卖点
属性值备注 自定义属性值 商品资质 增加商品资质 关联线下服务
"""
NAMES, CHINESE = _NAMES.split(), _CHINESE.split()
MOJIBAKE = [name.encode("gbk").decode("cp932", errors="ignore") for name in CHINESE]

USUAL = {
    "cid": "50013932",
    "stuff_status": "1",
    "location_state": "福建",
    "location_city": "泉州",
    "item_type": "1",
    "price": "88",
    "num": "12",
    "valid_thru": "7",
    "freight_payer": "2",
    "post_fee": "9.70802e-39",
    "ems_fee": "2.8026e-45",
    "express_fee": "10.00",
    "has_invoice": "0",
    "has_warranty": "0",
    "list_time": "2016-02-28 17:30:41 ",
    "modified": "2016-02-28 18:34:24 ",
    "picture": "6932804c057b9ab26e7b92d6d0fbc79f:1:0:|https://img.example.com/cup.jpg;",
    "num_id": "0",
    "newprepay": "1",
    "qualification": "%7B%7D",
}
COLOUR, SIZE = "1627207", "20509"


def item(title: str = "德化白瓷茶杯", **cells: str) -> dict[str, str]:
    return {**USUAL, "title": title, **cells}


def tee(**cells: str) -> dict[str, str]:
    """An item in two colours and two sizes, all named, 3 pieces each."""
    own = {
        "skuProps": sku_props([("-1001", "28381"), ("-1001", "28313"), ("-1002", "28381")]),
        "input_custom_cpv": f"{COLOUR}:-1001:天青;{COLOUR}:-1002:月白;",
        "propAlias": f"{SIZE}:28381:大;{SIZE}:28313:小;",
        "num": "9",
    }
    return {**item("汝窑开片杯"), **own, **cells}


def sku_props(
    values: Sequence[tuple[str, str]], *, price: str = "88", stock: str = "3", code: str = ""
) -> str:
    return "".join(
        f"{price}:{stock}:{code}:{COLOUR}:{colour};{SIZE}:{size};" for colour, size in values
    )


def grid(colours: int, sizes: int) -> list[tuple[str, str]]:
    return list(
        product([str(-1001 - n) for n in range(colours)], [str(28313 + n) for n in range(sizes)])
    )


def taobao_text(
    items: Sequence[Mapping[str, str]],
    *,
    delimiter: str = "\t",
    line_end: str = "\n",
    names: Sequence[str] = NAMES,
    third_row: Sequence[str] | None = CHINESE,
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(["version 1.00"])
    writer.writerow(names)
    if third_row is not None:
        writer.writerow(third_row[: len(names)])
    for cells in items:
        writer.writerow([cells.get(name, "") for name in names])
    return out.getvalue()


def taobao_file(
    items: Sequence[Mapping[str, str]], *, encoding: str = "utf-16-le", mark: bool = True, **how
) -> bytes:
    text = taobao_text(items, **how)
    return (("\ufeff" if mark else "") + text).encode(encoding)
