"""Checks an order's evidence file with nothing but Python: python3 verify_order.py FILE

FILE is the .zip, or the folder in which it was unpacked. Each thing that is checked is said in one
sentence: whether a byte was changed since the house signed it, whether the deeds follow one from
the other, whether what was promised is what the house signed when it was ordered, whether the money
adds up. With --key the signature must be by that key (compare it with /.well-known/jwks.json at the
house's address); --other FILE holds another evidence file about the same order against it,
--archive FILE the buyer's archive, --ledger FILE an export of the house's ledger.
"""

import argparse
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from functools import partial

try:  # these two lie beside this one
    import order_checks as checks  # type: ignore[import-not-found]
    from order_checks import BUYER, FORMAT, MANIFEST, ODD, Broken, Parts
except ImportError:
    from goodword.care.evidence import order_checks as checks
    from goodword.care.evidence.order_checks import BUYER, FORMAT, MANIFEST, ODD, Broken, Parts

# What is said of each check when it holds, in English and in Chinese; {} is filled in.
HOLDS = {
    "zip": ("The ZIP is as the house wrote it, byte for byte.", "压缩包与平台写出的逐字节一致。"),
    "files": ("All files ({count}) are as the list says.", "全部 {count} 个文件都与清单一致。"),
    "signature": ("The list was signed with the key {key}.", "清单由密钥 {key} 签名。"),
    "key": ("That is the key that you asked for.", "这正是您指定的密钥。"),
    "journal": (
        "The deeds ({count}) follow one from the other, and all are about this order.",
        "{count} 条记录环环相扣，且都属于这笔订单。",
    ),
    "places": (
        "Each deed bears the digest that it has in the buyer's chain.",
        "每条记录的摘要都与买家记录链中的一致。",
    ),
    "promises": (
        "What was promised, line by line ({count}), is what the house signed when it was ordered.",
        "逐行的承诺（{count}）正是下单时平台签名的内容。",
    ),
    "money": (
        "Each transfer ({count}) comes to zero; what is held is what came in less what went out.",
        "{count} 笔转账各自收支相抵；保管中的钱等于收入减去支出。",
    ),
    "facts": (
        "order.json says what the deeds, the promises and the transfers say.",
        "order.json 与记录、承诺和转账相符。",
    ),
    "pictures": ("All pictures ({count}) that it names are there.", "提到的 {count} 张图片都在。"),
    "jury": (
        "The jurors are those whom the published seed draws.",
        "评审正是由公布的种子抽出的。",
    ),
    "other": ("{name} tells the same story.", "{name} 所述一致。"),
    "archive": ("Each deed stands in the chain of {name}.", "每条记录都在 {name} 的记录链中。"),
    "ledger": ("Each transfer stands in the ledger {name}.", "每笔转账都在账本 {name} 中。"),
}  # fmt: skip
REMARKS = {
    "whose": (
        "Whose key that is no program can know: compare it with {house}/.well-known/jwks.json, or "
        "with a file that you got earlier.",
        "程序无法知道密钥属于谁：请与 {house}/.well-known/jwks.json 或您更早得到的文件核对。",
    ),
    "unsigned": (
        "Promises that are older than the house's signatures and bear none: {count}.",
        "{count} 份承诺早于平台启用签名，没有签名。",
    ),
    "lost": ("Pictures that the house has no more: {names}.", "平台已不再保存的图片：{names}。"),
}
WORDS = {
    "holds": ("HOLDS", "属实"),
    "fails": ("FAILS", "不符"),
    "good": ("Nothing is wrong with it.", "未发现任何问题。"),
    "bad": ("DO NOT RELY ON IT: {count} of the checks failed.", "请勿采信：有 {count} 项不符。"),
}


COMPARED = (("other", checks.other), ("archive", checks.archive), ("ledger", checks.ledger))


class Report:
    """What was found, in the order in which it was looked for."""

    def __init__(self, language: int = 0) -> None:
        self.language = language
        self.lines: list[str] = []
        self.failed: list[str] = []

    def look(self, what: str, check: Callable[[], dict], **said: object) -> None:
        """Carry out one check; what it answers fills its sentence in."""
        try:
            found = check()
        except (Broken, OSError, zipfile.BadZipFile) as broken:
            why = str(broken)
        except ODD as odd:
            why = f"something in it is not what an evidence file holds ({odd!r})"
        else:
            sentence = HOLDS[what][self.language].format(**said, **found)
            self.lines.append(f"{self.word('holds')}  {sentence}")
            return
        self.failed.append(what)
        self.lines.append(f"{self.word('fails')}  {what}: {why}")

    def remark(self, name: str, **said: object) -> None:
        self.lines.append(f"       {REMARKS[name][self.language].format(**said)}")

    def word(self, name: str, **said: object) -> str:
        return WORDS[name][self.language].format(**said)

    @property
    def last(self) -> str:
        bad = len(self.failed)
        return self.word("bad", count=bad) if bad else self.word("good")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file")
    parser.add_argument("--key", help="the key that must have signed it")
    parser.add_argument("--other", help="another evidence file about the same order")
    parser.add_argument("--archive", help="the archive of the buyer's own data")
    parser.add_argument("--ledger", help="an export of the house's ledger")
    parser.add_argument("--language", choices=("en", "zh"), help="instead of the file's own")
    asked = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console may not know Chinese
    report = checked(asked.file, key=asked.key, language=asked.language)
    for name, against in COMPARED:
        if (path := getattr(asked, name)) is not None:
            shown = os.path.basename(path)
            report.look(name, partial(compared, against, asked.file, path), name=shown)
    sys.stdout.write("\n".join([*report.lines, "", report.last, ""]))
    return 1 if report.failed else 0


def compared(against: Callable[[Parts, str], dict], file: str, path: str) -> dict:
    return against(checks.parts_of(file), path)


def checked(path: str, *, key: str | None = None, language: str | None = None) -> Report:
    """Everything that one file shows by itself."""
    try:
        parts = checks.parts_of(path)
        raw = None if os.path.isdir(path) else checks.bytes_of(path)
    except (Broken, OSError, zipfile.BadZipFile) as broken:
        report = Report(language == "zh")
        report.look("zip", raising(broken))
        return report
    return verify(parts, raw=raw, key=key, language=language)


def verify(
    parts: Parts, *, raw: bytes | None = None, key: str | None = None, language: str | None = None
) -> Report:
    """Each check of a file's `parts`; `raw` is the ZIP in which they came."""
    try:
        about = json.loads(parts[MANIFEST])
        if about["format"] != FORMAT:
            raise Broken("this is no evidence file that this program knows")
        report = Report((language or about["language"]).startswith("zh"))
    except (Broken, *ODD) as broken:
        report = Report(language == "zh")
        report.look("files", raising(broken))
        return report
    if raw is not None:
        report.look("zip", partial(checks.check_zip, parts, about, raw))
    report.look("files", partial(checks.check_files, parts, about))
    report.look("signature", partial(checks.check_signature, parts, about))
    if key is not None:
        report.look("key", partial(checks.check_key, parts, about, key))
    else:
        report.remark("whose", house=about.get("house", ""))
    for name, check in checks.INSIDE.items():
        if name not in ("places", "jury") or concerns(name, parts):
            report.look(name, partial(check, parts, about))
    remarks(report, parts, about)
    return report


def concerns(name: str, parts: Parts) -> bool:
    """Whether there is anything of the kind; what cannot be read is looked at."""
    try:
        if name == "places":
            return about_whom(parts) == BUYER or "places.json" in parts
        return any(case["panel"] for case in json.loads(parts["order.json"])["cases"])
    except ODD:
        return True


def about_whom(parts: Parts) -> str:
    return str(json.loads(parts[MANIFEST])["for"])


def remarks(report: Report, parts: Parts, about: dict) -> None:
    try:
        bare = [one for one in json.loads(parts["promises.json"]) if not one["signature"]]
    except ODD:
        bare = []  # said above
    if bare:
        report.remark("unsigned", count=len(bare))
    if about.get("left_out"):
        report.remark("lost", names=", ".join(map(str, about["left_out"])))


def raising(broken: Exception) -> Callable[[], dict]:
    def check() -> dict:
        raise broken

    return check


if __name__ == "__main__":
    sys.exit(main())
