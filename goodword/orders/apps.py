from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "goodword.orders"
    label = "orders"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told

        for kind, sentence in told.SENTENCES.items():
            kinds.register(kind, sentence=sentence, url=told.order_page)
