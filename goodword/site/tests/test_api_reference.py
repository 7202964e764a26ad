import pytest
from django.test import Client

from goodword.site import reference
from goodword.site.api import api

from .addresses import operations


def test_the_schema_is_openapi_3_1(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    schema = answer.json()
    assert schema["openapi"].startswith("3.1")
    assert schema["info"]["title"] == "Goodword"
    assert schema["components"]["securitySchemes"]["Bearer"] == {"type": "http", "scheme": "bearer"}
    assert "/api/v1/me" in schema["paths"]


def test_every_operation_says_what_it_does() -> None:
    schema = api.get_openapi_schema(path_prefix="/")
    silent = [
        f"{method} {path}"
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
        if not one.get("description") or not one.get("tags")
    ]
    assert silent == []


def test_the_reference_shows_every_operation_and_shape(client: Client) -> None:
    words = client.get("/api/v1/docs").content.decode()
    for operation in operations():
        assert f"</b> /api/v1{operation.template}</code>" in words
    for shape in reference.shapes(api.get_openapi_schema(path_prefix="/")):
        assert f'id="{shape.name}"' in words


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "string", "format": "uuid"}, "string (uuid)"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/X"}}, "list of X"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer or null"),
        ({"enum": ["a", "b"]}, "“a” | “b”"),
        ({"const": "a"}, "“a”"),
        ({}, "any"),
    ],
)
def test_types_are_said_in_words(part: dict[str, object], words: str) -> None:
    assert reference.type_of(part) == words
