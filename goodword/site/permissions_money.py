"""The lines of money in the table of `permissions`."""

from .doors import Who

MONEY = {
    "money:mine": Who.MEMBER,
    "money:statements": Who.MEMBER,
    "money:statement_table": Who.MEMBER,
    "money:fees": Who.MEMBER,  # operators write it
    "money:books": Who.OPERATOR,
    "money:retry_refund": Who.OPERATOR,
    "money:refund_by_hand": Who.OPERATOR,
    "money:sandbox_cards": Who.MEMBER,
    "money:paper": Who.OWNER,  # its buyer and its seller
    "money:verify_paper": Who.PUBLIC,  # whoever holds it knows its digest
    "money:ask_reports": Who.OPERATOR,
    "money:payouts": Who.MEMBER,
    "money:account_there": Who.MEMBER,
    "money:forget_account": Who.MEMBER,
    "money:sandbox_account": Who.MEMBER,  # its owner alone; a number tells nothing
    "money:cancel_payout": Who.OWNER,
    "money:payout_paid": Who.OPERATOR,
    "money:payout_returned": Who.OPERATOR,
    "money:top_up": Who.MEMBER,
    "money:take_out": Who.MEMBER,
    "money:bank_details": Who.MEMBER,
    "money:drop_details": Who.MEMBER,
    "money:reconciliation": Who.OPERATOR,
    "money:bank": Who.OPERATOR,
    "money:house_account": Who.OPERATOR,
    "money:make_file": Who.OPERATOR,
    "money:bank_file": Who.OPERATOR,
    "money:statement": Who.OPERATOR,
    "money:explain_line": Who.OPERATOR,
    "money:sandbox": Who.OWNER,  # the payer
    "money:transfer": Who.OWNER,  # the payer
    "money:code": Who.OWNER,  # the payer
    "money:refund_file": Who.OPERATOR,
    "money:refund_file_bytes": Who.OPERATOR,
    "money:assign_line": Who.OPERATOR,
    "money:callback": Who.PUBLIC,  # the gateway's signature is the proof
}

MONEY_API = {
    "GET /money/balance": Who.MEMBER,
    "GET /money/sales": Who.MEMBER,
    "GET /money/payments": Who.MEMBER,
    "GET /money/payments/{id}": Who.OWNER,
    "GET /money/payments/{id}/transfer": Who.OWNER,
    "GET /money/payments/{id}/code": Who.OWNER,
    "GET /money/bank/refunds": Who.OPERATOR,
    "POST /money/bank/refunds": Who.OPERATOR,
    "GET /money/bank/refunds/{file}": Who.OPERATOR,
    "POST /money/bank/lines/{line}/payment": Who.OPERATOR,
    "GET /money/orders/{order}/trail": Who.OWNER,
    "GET /money/gateways": Who.MEMBER,
    "GET /money/gateways/{name}": Who.MEMBER,
    "GET /money/statements": Who.MEMBER,
    "GET /money/statements/{month}": Who.MEMBER,
    "GET /money/fees": Who.MEMBER,
    "PUT /money/fees": Who.OPERATOR,
    "GET /money/books": Who.OPERATOR,
    "POST /money/refunds/{id}/retry": Who.OPERATOR,
    "POST /money/refunds/{id}/by-hand": Who.OPERATOR,
    "GET /money/bank-details": Who.MEMBER,
    "DELETE /money/bank-details/{currency}": Who.MEMBER,
    "POST /money/reconciliation/reports": Who.OPERATOR,
    "GET /money/claims": Who.MEMBER,
    "GET /money/accounts": Who.MEMBER,
    "DELETE /money/accounts/{gateway}": Who.MEMBER,
    "GET /money/shares": Who.MEMBER,
    "GET /money/payouts": Who.MEMBER,
    "GET /papers": Who.MEMBER,
    "GET /papers/{id}": Who.OWNER,
    "GET /papers/{id}/genuine": Who.MEMBER,
    "POST /money/payouts": Who.MEMBER,
    "DELETE /money/payouts/{id}": Who.OWNER,
    "POST /money/payouts/{id}/paid": Who.OPERATOR,
    "POST /money/payouts/{id}/returned": Who.OPERATOR,
    "POST /money/deposit": Who.MEMBER,
    "POST /money/deposit/withdrawals": Who.MEMBER,
    "GET /money/reconciliation": Who.OPERATOR,
    "GET /money/bank": Who.OPERATOR,
    "POST /money/bank/files": Who.OPERATOR,
    "GET /money/bank/files/{id}": Who.OPERATOR,
    "POST /money/bank/statements": Who.OPERATOR,
    "POST /money/bank/lines/{id}": Who.OPERATOR,
}
