from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, UploadedFile

from goodword.kit import clock
from goodword.kit.schemas import Problem

from .. import import_schemas as schemas
from .. import importing, queries
from ..actions.listings import NoShop
from ..importing.previewing import too_long
from ..states import ImportState
from .base import FILES, MISSING, member, router


@router.post("/shop/imports", response={201: schemas.PreviewOut, **FILES})
def upload(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Read an old shop's export file, in any of the formats; nothing is imported yet."""
    shop = queries.my_shop(member(request).id)
    if shop is None:
        raise NoShop
    too_long(file.size or 0)
    found = importing.preview(
        owner=member(request), shop=shop, data=file.read(), file_name=file.name or "",
        now=clock.now(),
    )  # fmt: skip
    return 201, schemas.preview(found)


@router.get("/shop/imports/{uuid:id}", response={200: schemas.PreviewOut, **MISSING})
def preview(request: HttpRequest, id: UUID) -> Any:
    """What the file would do; while it is applied, how far it is; then, what it did."""
    return schemas.preview(importing.look(queries.import_run(member(request).id, id)))


@router.get("/shop/imports/{uuid:id}/rows", response={200: schemas.ImportRowsOut, **MISSING})
def rows(
    request: HttpRequest, id: UUID, show: str = "", page: int = Query(1, ge=1, le=10_000)
) -> Any:
    """The items of the file; `show` is create, update, unchanged, refused, flagged or stays."""
    found = importing.rows(queries.import_run(member(request).id, id), show=show, page=page)
    return {
        "rows": [schemas.import_row(row) for row in found.rows],
        "page": found.page,
        "pages": found.pages,
    }


@router.put(
    "/shop/imports/{uuid:id}/reading",
    response={200: schemas.PreviewOut, 409: Problem, **FILES},
)
def read_anew(request: HttpRequest, id: UUID, body: schemas.ReadingIn) -> Any:
    """Read the file of a preview anew: its currency, and what the columns of a table mean."""
    found = importing.choose(
        owner=member(request), run=id, currency=body.currency, columns=body.columns
    )
    return schemas.preview(found)


@router.put(
    "/shop/imports/{uuid:id}/fixes",
    response={200: schemas.PreviewOut, 409: Problem, **FILES},
)
def fix(request: HttpRequest, id: UUID, body: schemas.FixIn) -> Any:
    """Correct one cell of a preview's file, as if it had said so itself."""
    found = importing.fix(
        owner=member(request), run=id, row=body.row, column=body.column, text=body.text
    )
    return schemas.preview(found)


@router.get("/shop/imports/{uuid:id}/undo", response={200: schemas.UndoingOut, **MISSING})
def look_back(request: HttpRequest, id: UUID) -> Any:
    """How many listings an undo would take back, and how many stay: sold or changed since."""
    found = importing.look_back(queries.import_run(member(request).id, id))
    return {"takes_back": found.takes_back, "stays": found.stays}


@router.post(
    "/shop/imports/{uuid:id}/undo",
    response={202: schemas.PreviewOut, 409: Problem, **MISSING},
)
def undo(request: HttpRequest, response: HttpResponse, id: UUID) -> Any:
    """Have a whole import taken back, exactly; the rows say then what stays and why.

    `Location` is where to see when that is done.
    """
    importing.start_undo(owner=member(request), run=id)
    response["Location"] = request.path.removesuffix("/undo")
    return 202, schemas.preview(importing.look(queries.import_run(member(request).id, id)))


@router.post(
    "/shop/imports/{uuid:id}/apply",
    response={200: schemas.PreviewOut, 202: schemas.PreviewOut, 410: Problem, **FILES},
)
def apply(request: HttpRequest, response: HttpResponse, id: UUID, body: schemas.ApplyIn) -> Any:
    """Have the preview carried out, whole or not at all; a second time changes nothing.

    202 while that goes on: `Location` is where to see how far it is. 200 once it is done.
    """
    defaults = importing.Defaults(**body.dict())
    state = importing.start(owner=member(request), run=id, defaults=defaults, now=clock.now())
    found = importing.look(queries.import_run(member(request).id, id))
    if state == ImportState.APPLIED:
        return 200, schemas.preview(found)
    response["Location"] = request.path.removesuffix("/apply")
    return 202, schemas.preview(found)


@router.delete("/shop/imports/{uuid:id}", response={204: None, **MISSING})
def drop(request: HttpRequest, id: UUID) -> Any:
    """Give the import up."""
    importing.drop(owner=member(request), run=id, now=clock.now())
    return 204, None
