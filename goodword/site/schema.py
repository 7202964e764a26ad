"""What every operation can answer besides its own, said once for the published schema. Pure."""

from typing import Any

PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
WITH_TOKEN = {
    401: "No token, or one that does not work.",
    429: "Too often; “Retry-After” says when to come back.",
}
WITH_BODY = {400: "The body cannot be read."}
WITH_TEXT = {400: "A value has a character that no text can have."}
WITH_VALUES = {422: "Some values are missing or cannot be used."}


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with the refusals that no domain declares, since all doors share them."""
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status, sentence in shared(operation).items():
                if not {status, str(status)} & operation["responses"].keys():
                    operation["responses"][status] = {"description": sentence, "content": PROBLEM}
    return schema


def shared(operation: dict[str, Any]) -> dict[int, str]:
    found: dict[int, str] = {}
    if operation.get("security"):
        found |= WITH_TOKEN
    if operation.get("parameters"):
        found |= WITH_TEXT
    if operation.get("requestBody"):
        found |= WITH_BODY
    if operation.get("requestBody") or operation.get("parameters"):
        found |= WITH_VALUES
    return found
