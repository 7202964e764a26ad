"""The kinds of paper, one sentence each."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    INVOICE = "invoice"  # of a business whose licence was checked
    RECEIPT = "receipt"  # of a private seller; it says that it is no invoice
    CREDIT = "credit"  # takes back an invoice or a receipt, whole or in part


KIND_WORDS = {
    Kind.INVOICE: _("Invoice"),
    Kind.RECEIPT: _("Receipt"),
    Kind.CREDIT: _("Credit note"),
}
CODES = {Kind.INVOICE: "380", Kind.RECEIPT: "380", Kind.CREDIT: "381"}  # UNTDID 1001
