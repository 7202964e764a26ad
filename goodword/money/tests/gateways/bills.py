"""The bills of a day as WeChat Pay and Alipay write them, by their public documents."""

import zipfile
from io import BytesIO

TRADES = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
TRADE_SUMS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
FLOWS = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,"
    "资金变更提交申请人,备注,业务凭证号"
)
FLOW_SUMS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"


def yuan(fen):
    return f"{fen / 100:.2f}"


def ticked(*cells):
    return ",".join(f"`{cell}" for cell in cells)


def bill_of_trades(machine, day):
    """With a mark at the beginning and Windows' line ends, as theirs comes."""
    lines, paid, back = [TRADES], 0, 0
    moves = [(trade, refund) for at, trade, refund in machine.moves if at == day]
    for trade, refund in moves:
        whole, sent = (0, refund["amount"]["refund"]) if refund else (trade["amount"]["total"], 0)
        paid, back = paid + whole, back + sent
        lines.append(ticked(
            f"{day} 16:33:45", "wx2421b1c4370ec43b", "1900000109", "0", "",
            trade["transaction_id"], trade["out_trade_no"], "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
            "NATIVE", "REFUND" if refund else "SUCCESS", "OTHERS", "CNY", yuan(whole), "0.00",
            refund["refund_id"] if refund else "0", refund["out_refund_no"] if refund else "0",
            yuan(sent), "0.00", "ORIGINAL" if refund else "", refund["status"] if refund else "",
            "Goodword, a cup", "", "0.00000", "0.60%", yuan(whole), yuan(sent), "",
        ))  # fmt: skip
    sums = (str(len(moves)), yuan(paid), yuan(back), "0.00", "0.00000", yuan(paid), yuan(back))
    return ("\ufeff" + "\r\n".join([*lines, TRADE_SUMS, ticked(*sums)]) + "\r\n").encode()


def bill_of_flows(machine, day):
    rows = [one for one in machine.flows if one[0] == day]
    lines = [FLOWS]
    for n, (_day, word, way, theirs, ours, fen) in enumerate(rows):
        lines.append(ticked(
            f"{day} 16:33:45", theirs, f"41{n}", word, word, way, yuan(fen), "0.10", "system", "",
            ours,
        ))  # fmt: skip
    come = [one[5] for one in rows if one[2] == "收入"]
    gone = [one[5] for one in rows if one[2] == "支出"]
    sums = (len(rows), len(come), yuan(sum(come)), len(gone), yuan(sum(gone)))
    return "\r\n".join([*lines, FLOW_SUMS, ticked(*sums)]).encode()


def bill_of_alipay(moves, day):
    """A ZIP of two tables in GBK; the cells end with a tab, the comment lines begin with a #."""
    heads = (
        "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
        "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,"
        "券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,"
        "分润（元）,备注"
    )
    lines, got = [], {"交易": [0, 0], "退款": [0, 0]}
    for at, trade, number, moved in moves:
        if at != day:
            continue
        word, fen = ("退款", -moved) if number else ("交易", moved)
        got[word] = [got[word][0] + 1, got[word][1] + fen]
        cells = [
            trade["trade_no"], trade["out_trade_no"], word, "Goodword, a cup", f"{day} 10:00:00",
            f"{day} 10:01:00", "", "", "", "", "*芳(138****8000)", yuan(fen), yuan(fen), "0.00",
            "0.00", "0.00", "0.00", "0.00", "", "0.00", "0.00", number, "0.00", "0.00", "",
        ]  # fmt: skip
        lines.append(",".join(f"{cell}\t" for cell in cells))
    text = "\r\n".join([
        "#支付宝业务明细查询", "#账号：[20880000000000010156]",
        "#-----------------------------------------业务明细列表----------------------------------------",
        heads, *lines,
        "#-----------------------------------------业务明细列表结束------------------------------------",
        f"#交易合计：{got['交易'][0]}笔，商家实收共{yuan(got['交易'][1])}元，商家优惠共0.00元",
        f"#退款合计：{got['退款'][0]}笔，商家实收退款共{yuan(got['退款'][1])}元，商家优惠退款共0.00元",
        f"#导出时间：[{day} 03:08:22]", "",
    ])  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2088_业务明细(汇总).csv", "#支付宝业务汇总查询\r\n".encode("gbk"))
        archive.writestr("2088_业务明细.csv", text.encode("gbk"))
    return out.getvalue()
