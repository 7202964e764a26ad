from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "goodword.reach"
    label = "reach"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told
        from .digests.queries import DAILY_LEFT, IN_VAIN_LEFT
        from .selling import desk

        kinds.register_group(told.GROUP, label=told.LABEL)
        kinds.register(
            "reach.digest", sentence=told.digest, url=told.page, group=told.GROUP, stands=DAILY_LEFT
        )
        # The market asks for nobody's attention by itself: the bell does not count these.
        kinds.register_group(told.IN_VAIN, label=told.IN_VAIN_LABEL, quiet=True)
        kinds.register(
            "reach.in_vain", sentence=told.in_vain, url=told.page, group=told.IN_VAIN,
            stands=IN_VAIN_LEFT,
        )  # fmt: skip
        desk.lay_out()
