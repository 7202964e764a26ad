"""Pages and forms of the shop: load what the viewer may see, call one action, answer."""

from .exporting import export, export_file
from .imports import (
    apply_import,
    drop_import,
    fix_import,
    import_pictures,
    import_run,
    read_import,
    start_import,
    undo_import,
)
from .interests import say_interests
from .listings import (
    add_pictures,
    change_picture,
    create,
    edit,
    offer,
    withdraw,
)
from .mine import edit_shop, many, mine, open_shop
from .papers import add_evidence, look_at_paper, papers, remove_evidence, show_paper_to
from .planning import plan
from .public import evidence, listing, market, picture, poster, shop
from .quotes import (
    accept_quote,
    answer_quote,
    ask,
    decline_quote,
    my_quotes,
    quote,
    withdraw_quote,
)
from .sheet import sheet
from .shipping import new_template, remove_template, template, templates
from .showing import show, tell

__all__ = [
    "accept_quote",
    "add_evidence",
    "add_pictures",
    "answer_quote",
    "apply_import",
    "ask",
    "change_picture",
    "create",
    "decline_quote",
    "drop_import",
    "edit",
    "edit_shop",
    "evidence",
    "export",
    "export_file",
    "fix_import",
    "import_pictures",
    "import_run",
    "listing",
    "look_at_paper",
    "many",
    "market",
    "mine",
    "my_quotes",
    "new_template",
    "offer",
    "open_shop",
    "papers",
    "picture",
    "plan",
    "poster",
    "quote",
    "read_import",
    "remove_evidence",
    "remove_template",
    "say_interests",
    "sheet",
    "shop",
    "show",
    "show_paper_to",
    "start_import",
    "tell",
    "template",
    "templates",
    "undo_import",
    "withdraw",
    "withdraw_quote",
]
