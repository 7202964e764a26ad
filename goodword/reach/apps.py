from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "goodword.reach"
    label = "reach"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told

        kinds.register_group(told.GROUP, label=told.LABEL)
        kinds.register("reach.digest", sentence=told.digest, url=told.page, group=told.GROUP)
