from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "goodword.money"
    label = "money"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told
        from .banking import desk
        from .banking import told as banking

        kinds.register_group(told.GROUP, label=told.LABEL, mail=True, vital=True)
        for kind, sentence, url in (
            ("money.refund_stuck", told.stuck, told.order_page),
            ("money.refund_by_hand", told.by_hand, told.order_page),
            ("money.refund_to_send", told.to_send, told.books),
            ("money.reversed", told.taken_back, told.books),
        ):
            kinds.register(kind, sentence=sentence, url=url, group=told.GROUP)
        banking.register()

        from .actions import transfers
        from .banking import statements

        statements.TAKERS += [transfers.take_transfer, transfers.take_refund]
        desk.lay_out()
