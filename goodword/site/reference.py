"""The API's reference page as plain data, read from its OpenAPI schema. Pure."""

from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Value:
    name: str
    type: str
    is_required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    type: str


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    about: str
    parameters: list[Value]
    body_kind: str  # "" for none, else its content type
    body: list[Value]
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: list[Operation]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    about: str
    values: list[Value]


def groups(schema: dict[str, Any]) -> list[Group]:
    """All operations by their tag, in the schema's order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if one := methods.get(method):
                tag = (one.get("tags") or ["other"])[0]
                found.setdefault(tag, []).append(_operation(schema, method, path, one))
    return [Group(name, operations) for name, operations in found.items()]


def shapes(schema: dict[str, Any]) -> list[Shape]:
    """All named objects that the answers are made of, by name."""
    parts = schema["components"]["schemas"]
    return [
        Shape(name, part.get("description", ""), _values(part))
        for name, part in sorted(parts.items())
        if "properties" in part
    ]


def _operation(schema: dict[str, Any], method: str, path: str, one: dict[str, Any]) -> Operation:
    kind, body = _body(schema, one)
    return Operation(
        id=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one.get("summary", ""),
        about=one.get("description", ""),
        parameters=[_parameter(each) for each in one.get("parameters", [])],
        body_kind=kind,
        body=body,
        answers=[_answer(status, each) for status, each in one["responses"].items()],
    )


def _parameter(one: dict[str, Any]) -> Value:
    part = one["schema"]
    about = one.get("description") or part.get("description", "")
    return Value(one["name"], type_of(part), bool(one.get("required")), about)


def _body(schema: dict[str, Any], one: dict[str, Any]) -> tuple[str, list[Value]]:
    content = one.get("requestBody", {}).get("content", {})
    for kind, each in content.items():
        return kind, _values(_resolved(schema, each["schema"]))
    return "", []


def _values(part: dict[str, Any]) -> list[Value]:
    required = part.get("required", [])
    return [
        Value(name, type_of(each), name in required, each.get("description", ""))
        for name, each in part.get("properties", {}).items()
    ]


def _answer(status: str, one: dict[str, Any]) -> Answer:
    for each in one.get("content", {}).values():
        return Answer(status, type_of(each.get("schema", {"type": "file"})))
    return Answer(status, "")


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in part:
        return dict(schema["components"]["schemas"][_name(part)])
    return part


def type_of(part: dict[str, Any]) -> str:
    """“string (uuid)”, “list of MomentOut”, “integer or null”."""
    if "$ref" in part:
        return _name(part)
    if "enum" in part:
        return " | ".join(f"“{value}”" for value in part["enum"])
    if "const" in part:
        return f"“{part['const']}”"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in part:
            return " or ".join(type_of(each) for each in part[several])
    kind = str(part.get("type", "any"))
    if kind == "array":
        return f"list of {type_of(part.get('items', {}))}"
    return f"{kind} ({part['format']})" if "format" in part else kind


def _name(part: dict[str, Any]) -> str:
    return str(part["$ref"]).rsplit("/", 1)[-1]
