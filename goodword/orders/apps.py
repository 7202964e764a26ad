from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "goodword.orders"
    label = "orders"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from goodword.kit import clock, desk
        from goodword.notices import kinds

        from . import queries, told, tracking

        for name, label in told.GROUPS.items():
            kinds.register_group(name, label=label, mail=True, vital=True)
        for kind, sentence in told.SENTENCES.items():
            kinds.register(kind, sentence=sentence, url=told.order_page, group=told.group)
        desk.register(
            desk.Desk(
                "timers", _("Clocks that are late"),
                _("They should have rung; the worker may be standing still."),
                "clock", "orders:timer_health", lambda: queries.timers_late(clock.now()),
            )
        )  # fmt: skip
        tracking.lay_out()
