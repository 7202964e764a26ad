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
            ("money.reinstated", told.given_back, told.books),
        ):
            kinds.register(kind, sentence=sentence, url=url, group=told.GROUP)
        kinds.register_group(told.PAPERS, label=told.PAPERS_LABEL, mail=False, vital=False)
        kinds.register("money.paper", sentence=told.paper, url=told.paper_page, group=told.PAPERS)
        kinds.register(
            "money.paper_lacks", sentence=told.paper_lacks, url=told.head_page, group=told.PAPERS
        )
        banking.register()

        from .actions import transfers
        from .banking import statements

        statements.TAKERS += [transfers.take_transfer, transfers.take_refund]
        desk.lay_out()
