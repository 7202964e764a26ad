"""Where a parcel goes. The seller sees it on the order and nowhere else."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from goodword.shop.regions import CODES, PROVINCES

from .refusals import BadAddress

MOST = {"name": 60, "phone": 30, "region": 6, "city": 80, "street": 200, "postcode": 12}
NEEDED = ("name", "phone", "region", "city", "street")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`region` is ISO 3166-1, or ISO 3166-2 at home ("CN-ZJ"); `city` is as much of city and
    district as is usual."""

    name: str = ""
    phone: str = ""
    region: str = "CN"
    city: str = ""
    street: str = ""
    postcode: str = ""

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Address":
        """From what an order keeps, or a form sent; unknown keys are left out."""
        known = {field.name for field in fields(cls)}
        return cls(
            **{name: " ".join(str(text).split()) for name, text in stored.items() if name in known}
        )

    def stored(self) -> dict[str, str]:
        return {name: said for name, said in asdict(self).items() if said or self.is_a_place}

    def check(self, *, digital: bool = False) -> None:
        """Raises BadAddress, which names every field that cannot be used.

        What is digital goes nowhere: of its buyer only the country is asked.
        """
        wrong: dict[str, str] = {}
        for name, most in MOST.items():
            value = getattr(self, name)
            if not value and name in (("region",) if digital else NEEDED):
                wrong[name] = _("Fill this in.")
            elif len(value) > most:
                wrong[name] = _("At most %(most)s characters.") % {"most": most}
        if self.region and self.region not in CODES:
            wrong["region"] = _("Choose a region of the list.")
        if self.phone and sum(map(str.isdigit, self.phone)) < 5:
            wrong["phone"] = _("Give a phone number that the courier can call.")
        if wrong:
            raise BadAddress(wrong)

    @property
    def country_alone(self) -> "Address":
        """What an order of digital goods keeps of it."""
        return Address(region=self.country)

    @property
    def is_a_place(self) -> bool:
        """Whether a parcel could go there."""
        return bool(self.street)

    @property
    def lines(self) -> list[str]:
        """As it is written on a parcel, the largest part first where Chinese is read."""
        if not self.is_a_place:
            return []
        if self.country in ("CN", "HK", "MO", "TW"):
            return [f"{self.province}{self.city} {self.street}", self.postcode]
        return [self.street, f"{self.postcode} {self.city}".strip(), self.region]

    @property
    def country(self) -> str:
        return self.region[:2]

    @property
    def province(self) -> str:
        """Its name, unless the city says it already."""
        if self.region not in PROVINCES:
            return ""
        name = str(PROVINCES[self.region])
        return "" if self.city.startswith(name) else f"{name} "
