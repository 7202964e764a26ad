"""Statements as banks write them, for the tests."""

from textwrap import dedent

SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
HOUSE = "DE02120300000000202051"


def camt(
    *entries: str,
    opening: str = "1000.00",
    closing: str = "1000.00",
    ccy: str = "EUR",
    space: str = SPACE,
    number: str = "2026-05-04",
) -> bytes:
    """A camt.053 of one statement."""
    return dedent(f"""\
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="{space}"><BkToCstmrStmt>
        <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-05-04T20:00:00</CreDtTm></GrpHdr>
        <Stmt><Id>{number}</Id><Acct><Id><IBAN>{HOUSE}</IBAN></Id><Ccy>{ccy}</Ccy></Acct>
        {bal("OPBD", opening, ccy)}{bal("CLBD", closing, ccy)}
        {"".join(entries)}
        </Stmt></BkToCstmrStmt></Document>""").encode()


def bal(kind: str, sum_: str, ccy: str) -> str:
    side = "DBIT" if sum_.startswith("-") else "CRDT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{ccy}">{sum_.lstrip("-")}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        "<Dt><Dt>2026-05-04</Dt></Dt></Bal>"
    )


def entry(
    sum_: str,
    *,
    side: str = "CRDT",
    ccy: str = "EUR",
    status: str = "<Cd>BOOK</Cd>",
    id: str = "",
    details: str = "",
    day: str = "2026-05-04",
    more: str = "",
) -> str:
    ref = f"<AcctSvcrRef>{id}</AcctSvcrRef>" if id else ""
    return (
        f'<Ntry><Amt Ccy="{ccy}">{sum_}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}'
        f"<Sts>{status}</Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"{ref}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def detail(
    *,
    name: str = "Hong Mei",
    iban: str = "NL91ABNA0417164300",
    text: str = "GW-7Q2K",
    e2e: str = "NOTPROVIDED",
    amount: str = "",
    more: str = "",
    who: str = "Dbtr",
) -> str:
    return (
        f"<TxDtls><Refs><EndToEndId>{e2e}</EndToEndId></Refs>{amount}{more}"
        f"<RltdPties><{who}><Pty><Nm>{name}</Nm></Pty></{who}>"
        f"<{who}Acct><Id><IBAN>{iban}</IBAN></Id></{who}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )


MT940 = dedent("""\
    {1:F01BANKDEFFAXXX0000000000}{2:I940BANKDEFFXXXXN}{4:
    :20:STARTUMSE
    :25:12030000/0000202051
    :28C:00124/001
    :60F:C260503EUR1000,00
    :61:2605040504CR128,00NTRFNONREF//B-77
    :86:166?00GUTSCHRIFT?109249?20EREF+e2e-1?21SVWZ+GW-7Q2K Tee
    ?30ABNANL2A?31NL91ABNA0417164300?32Hong Mei
    :61:2605040504DR28,01NTRFPO-3//B-78
    :86:/NAME/Lin Tea/IBAN/CN0000/REMI/Payout PO-3/
    :62F:C260504EUR1099,99
    -}
    """).encode()  # fmt: skip
