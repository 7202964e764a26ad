"""Everything the importer says to people: a code, its values, and one English sentence each.

A `Message` keeps code and values and is put into words when it is read, so that a preview speaks
its reader's language and can be stored as JSON. Sentences say which row or column and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

Value = str | int


def gettext_noop(sentence: str) -> str:
    """`sentence` itself, marked for the catalogue; Django's own needs settings at import."""
    return sentence


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say; `values` fill the sentence's placeholders."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def sentence(self) -> str:
        """In the active language."""
        return gettext(SENTENCES[self.code]) % dict(self.values)

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "values": dict(self.values)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Mapping[str, Value] | str]) -> "Message":
        """The other way round; KeyError when the code is unknown to this version."""
        return say(str(stored["code"]), **dict(stored["values"]))  # type: ignore[arg-type]


def say(code: str, **values: Value) -> Message:
    """The message with `code`, which must be in SENTENCES (KeyError otherwise)."""
    if code not in SENTENCES:
        raise KeyError(code)
    return Message(code, tuple(sorted(values.items())))


FILE_SENTENCES: Mapping[str, str] = {
    "empty": gettext_noop(
        "The file is empty. Export it once more from your old shop and choose it again."
    ),
    "too_big": gettext_noop(
        "The file has %(size)s MB and at most %(limit)s MB can be imported at once. "
        "Export fewer items at a time."
    ),
    "zip": gettext_noop(
        "This is a ZIP archive. Unpack it and choose the .csv file that lies inside."
    ),
    "workbook": gettext_noop(
        "This is an Excel workbook. Open it, save it as “CSV UTF-8”, and choose that file."
    ),
    "wrong_kind": gettext_noop(
        "This is a file of the kind %(kind)s. Choose the .csv file that your old shop exported."
    ),
    "undecodable": gettext_noop(
        "The letters in this file cannot be read: they are neither UTF-8 nor UTF-16 nor GB18030 "
        "nor Big5. Save the file as “CSV UTF-8” and choose it again."
    ),
    "unknown_format": gettext_noop(
        "“%(name)s” is in no format that can be imported. What can: the exports of Taobao "
        "Assistant, Shopify and WooCommerce, a Google Merchant feed, JSON-LD, and any CSV table "
        "with a title and a price."
    ),
    "column_missing": gettext_noop(
        "The column %(columns)s is missing. Export the file once more with all columns."
    ),
    "columns_unsaid": gettext_noop(
        "Say which column holds the title and which one the price; then the items can be read."
    ),
    "xml_broken": gettext_noop(
        "Line %(line)s of the file is no XML. Export the file once more and choose it again."
    ),
    "xml_doctype": gettext_noop(
        "The file declares a document type, which a product feed has no need of and which can hide "
        "a trap. Export the feed once more without it."
    ),
    "xml_deep": gettext_noop(
        "The elements of the file lie deeper in each other than in any product feed. Choose "
        "another file."
    ),
    "no_feed": gettext_noop(
        "The file is XML, but holds no <item> or <entry> as a product feed does. Choose the feed."
    ),
    "json_broken": gettext_noop(
        "Line %(line)s is no JSON. Export the file once more and choose it again."
    ),
    "json_deep": gettext_noop(
        "The objects of the file lie deeper in each other than in any product. Choose another file."
    ),
    "no_items": gettext_noop("The file has names of columns, but no item below them."),
    "too_many_items": gettext_noop(
        "The file holds more than %(limit)s items. Export fewer items at a time; nothing was read."
    ),
    "letters_likely": gettext_noop(
        "The file does not say how its letters are written; it was read as %(encoding)s. "
        "Look at the titles below before you go on."
    ),
    "letters_damaged": gettext_noop(
        "Some letters of the file are damaged; they show as “�” below. "
        "If there are many, export the file once more."
    ),
    "nul_removed": gettext_noop(
        "The file held empty bytes between its letters; they were left out."
    ),
}

ROW_SENTENCES: Mapping[str, str] = {
    "row_unclosed": gettext_noop(
        "Row %(row)s (line %(line)s of the file): a quotation mark opens and never closes, so the "
        "end of the row cannot be found. Close it, or export this item once more."
    ),
    "row_cells": gettext_noop(
        "Row %(row)s (line %(line)s of the file): cells found %(cells)s, expected %(columns)s. "
        "Look for a stray tab, comma or quotation mark, or export this item once more."
    ),
    "row_cell_long": gettext_noop(
        "Row %(row)s (line %(line)s of the file) has a cell with more than %(limit)s characters. "
        "Shorten the description and export this item once more."
    ),
    "row_repeated": gettext_noop(
        "Row %(row)s is the item %(id)s, which row %(first)s already holds; the first one is used."
    ),
    "cell_missing": gettext_noop("Row %(row)s: the column %(column)s is empty. Fill it in."),
    "no_product": gettext_noop(
        "Row %(row)s describes no product. Products have the type Product or ProductGroup."
    ),
    "formula": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is a formula that a spreadsheet would carry "
        "out. Write what it should say."
    ),
    "currencies": gettext_noop(
        "Row %(row)s: the prices of one item are in several currencies (%(currencies)s). Make "
        "them one."
    ),
    "currency_fixed": gettext_noop(
        "Row %(row)s: the price is in %(currency)s, but the listing that it belongs to keeps its "
        "currency, %(kept)s. Choose that currency, or import it as a new item."
    ),
    "price_zero": gettext_noop("Row %(row)s: the price is 0. Fill in what the item costs."),
    "variants_many": gettext_noop(
        "Row %(row)s: variants found %(count)s, at most %(limit)s are taken. Split the item."
    ),
    "value_refused": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” cannot be read. Correct it and import again."
    ),
}

NOTICE_SENTENCES: Mapping[str, str] = {
    "value_unclear": gettext_noop(
        "“%(value)s” in the column %(column)s cannot be read and was left out."
    ),
    "value_cut": gettext_noop("“%(value)s” in the column %(column)s was too long and was cut."),
    "value_rounded": gettext_noop(
        "A spreadsheet program has rounded %(column)s to “%(value)s”; it was left out. "
        "Import the file as your old shop exported it, without saving it in between."
    ),
    "value_unknown": gettext_noop(
        "“%(value)s” in the column %(column)s means nothing to us. Choose it here."
    ),
    "cell_damaged": gettext_noop(
        "The column %(column)s holds damaged letters (“�”). Correct them here."
    ),
    "description_cut": gettext_noop(
        "The description is longer than %(limit)s characters and was cut there."
    ),
    "stock_differs": gettext_noop(
        "The item says %(stock)s in stock, its variants add up to %(sum)s. The variants count."
    ),
    "price_differs": gettext_noop(
        "The item says %(price)s, its cheapest variant costs %(lowest)s. The variants count."
    ),
    "variant_unclear": gettext_noop(
        "“%(value)s” in %(column)s is no variant that can be read and was left out."
    ),
    "variant_repeated": gettext_noop(
        "The variant %(options)s stands there twice; the first one is used."
    ),
    "options_without_variants": gettext_noop(
        "The item names %(options)s, but gives no price or stock for them. "
        "Add the variants here if you sell them."
    ),
    "option_unnamed": gettext_noop(
        "Values of “%(option)s” without a name in the file: %(count)s. They got numbers; "
        "name them here."
    ),
    "option_matched": gettext_noop(
        "The names of “%(option)s” stand under another property number (%(pid)s) in the file; "
        "they were matched by their value numbers."
    ),
    "stock_unsaid": gettext_noop(
        "In stock, but the file does not say how many; 1 was taken. Correct it in the listing."
    ),
    "pictures_linked": gettext_noop(
        "Pictures on the web that the file points to: %(count)s. They are not fetched; upload them "
        "here."
    ),
    "pictures_missing": gettext_noop("The item has no picture. Add at least one here."),
    "pictures_elsewhere": gettext_noop(
        "Pictures that the file only names: %(count)s. They lie in the folder beside it; "
        "upload them here."
    ),
    "pictures_local": gettext_noop(
        "Pictures of the description that lie on your own computer only: %(count)s. "
        "Upload them here."
    ),
    "picture_unclear": gettext_noop("“%(value)s” in %(column)s is no picture that can be read."),
    "twin": gettext_noop(
        "Row %(first)s has the same code and the same title. If it is the same item, remove one."
    ),
    "contact_wechat": gettext_noop(
        "The column %(column)s names a WeChat account (%(handle)s). Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_qq": gettext_noop(
        "The column %(column)s names a QQ number (%(handle)s). Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_phone": gettext_noop(
        "The column %(column)s names a phone number (%(handle)s). Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_email": gettext_noop(
        "The column %(column)s names an e-mail address (%(handle)s). Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_messenger": gettext_noop(
        "The column %(column)s names an account elsewhere (%(handle)s). Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_link": gettext_noop(
        "The column %(column)s leads to another site (%(handle)s). Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_code": gettext_noop(
        "The column %(column)s asks to scan a code. Remove it: outside of "
        "Goodword neither you nor the buyer is protected."
    ),
    "contact_invitation": gettext_noop(
        "The column %(column)s asks buyers to get in touch outside of Goodword. Remove it: there "
        "neither you nor the buyer is protected."
    ),
}

SENTENCES: Mapping[str, str] = {**FILE_SENTENCES, **ROW_SENTENCES, **NOTICE_SENTENCES}
