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
from .listings import (
    add_evidence,
    add_pictures,
    change_picture,
    create,
    edit,
    offer,
    remove_evidence,
    withdraw,
)
from .mine import close_shop, edit_shop, many, mine, open_shop
from .public import evidence, listing, market, picture, shop
from .shipping import new_template, remove_template, template, templates
from .showing import show, tell

__all__ = [
    "add_evidence",
    "add_pictures",
    "apply_import",
    "change_picture",
    "close_shop",
    "create",
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
    "many",
    "market",
    "mine",
    "new_template",
    "offer",
    "open_shop",
    "picture",
    "read_import",
    "remove_evidence",
    "remove_template",
    "shop",
    "show",
    "start_import",
    "tell",
    "template",
    "templates",
    "undo_import",
    "withdraw",
]
