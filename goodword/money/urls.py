from django.urls import path

from . import views
from .banking import views as banking
from .invoices import views as papers
from .sharing import views as sharing

app_name = "money"
urlpatterns = [
    path("money", views.mine, name="mine"),
    path("money/statements", views.statements, name="statements"),
    path("money/statements/<slug:month>.csv", views.statement_table, name="statement_table"),
    path("money/fees", views.fees, name="fees"),
    path("money/books", views.books, name="books"),
    path("money/refunds/<uuid:refund>/retry", views.retry_refund, name="retry_refund"),
    path("money/refunds/<uuid:refund>/by-hand", views.pay_refund_by_hand, name="refund_by_hand"),
    path("money/sandbox", views.sandbox_cards, name="sandbox_cards"),
    path("money/sandbox/accounts/<slug:number>", sharing.sandbox_account, name="sandbox_account"),
    path("money/accounts/<slug:gateway>", sharing.account, name="account_there"),
    path("money/accounts/<slug:gateway>/forget", sharing.forget, name="forget_account"),
    path("money/sandbox/<uuid:payment>", views.sandbox, name="sandbox"),
    path("money/transfers/<uuid:payment>", views.transfer, name="transfer"),
    path("money/codes/<uuid:payment>", views.code, name="code"),
    path("money/bank/refunds", views.refund_file, name="refund_file"),
    path("money/bank/refunds/<uuid:file>", views.refund_file_bytes, name="refund_file_bytes"),
    path("money/bank/lines/<uuid:line>/payment", views.assign_line, name="assign_line"),
    path("money/callback/<slug:gateway>", views.callback, name="callback"),
    path("money/papers", papers.head, name="paper_head"),
    path("papers/<uuid:id>", papers.paper, name="paper"),
    path("papers/<uuid:id>/verify", papers.verify, name="verify_paper"),
    path("money/payouts", banking.mine, name="payouts"),
    path("money/payouts/<uuid:payout>/cancel", banking.cancel, name="cancel_payout"),
    path("money/payouts/<uuid:payout>/paid", banking.paid, name="payout_paid"),
    path("money/payouts/<uuid:payout>/returned", banking.returned, name="payout_returned"),
    path("money/deposit", banking.top_up, name="top_up"),
    path("money/deposit/withdrawals", banking.take_out, name="take_out"),
    path("money/bank-details", banking.bank_details, name="bank_details"),
    path("money/bank-details/drop", banking.drop_details, name="drop_details"),
    path("money/reconciliation", banking.reconciliation, name="reconciliation"),
    path("money/reconciliation/reports", banking.ask_reports, name="ask_reports"),
    path("money/bank", banking.bank, name="bank"),
    path("money/bank/account", banking.house_account, name="house_account"),
    path("money/bank/files", banking.make_file, name="make_file"),
    path("money/bank/files/<uuid:file>", banking.bank_file, name="bank_file"),
    path("money/bank/statements", banking.statement, name="statement"),
    path("money/bank/lines/<uuid:line>", banking.explain, name="explain_line"),
]
