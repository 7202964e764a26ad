"""Shapes that every domain's API answers with."""

from ninja import Field, Schema


class Problem(Schema):
    """A refusal; nothing has changed."""

    detail: str = Field(description="One sentence that says what to do.")
    fields: dict[str, str] = Field(
        default={}, description="The sentence for each value that cannot be used, by its name."
    )
