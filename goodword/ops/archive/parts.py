"""What goes into an archive: the domains' parts in the order in which the archive lists them."""

from goodword.care import exports as care
from goodword.circle import exports as circle
from goodword.journal import exports as journal
from goodword.kit.exports import Media, Part
from goodword.money import exports as money
from goodword.notices import exports as notices
from goodword.orders import exports as orders
from goodword.people import exports as people
from goodword.reach import exports as reach
from goodword.shop import exports as shop

PARTS: tuple[Part, ...] = (
    *people.PARTS,
    *circle.PARTS,
    *shop.PARTS,
    *orders.PARTS,
    *care.PARTS,
    *money.PARTS,
    *reach.PARTS,
    *notices.PARTS,
    *journal.PARTS,
)
MEDIA: tuple[Media, ...] = (
    *people.MEDIA,
    *circle.MEDIA,
    *shop.MEDIA,
    *orders.MEDIA,
    *care.MEDIA,
    *money.MEDIA,
)
READ = {part.name: part.read for part in PARTS}
