"""Shapes that every domain's API answers with."""

from ninja import Field, Schema


class MoneyOut(Schema):
    minor: int = Field(description="In minor units: fen, cents, yen.")
    currency: str = Field(description="ISO 4217.")


class Problem(Schema):
    """A refusal; nothing has changed."""

    detail: str = Field(description="One sentence that says what to do.")
    fields: dict[str, str] = Field(
        default={}, description="The sentence for each value that cannot be used, by its name."
    )
