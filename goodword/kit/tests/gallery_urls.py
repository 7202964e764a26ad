"""An address for the gallery alone, so that the kit's tests need no other domain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from goodword.kit import views


def gallery(request: HttpRequest) -> HttpResponse:
    """Its first form is accepted with the title “yes”; otherwise the page comes back, refused."""
    if request.POST.get("title") == "yes":
        names = ",".join(file.name or "" for file in request.FILES.getlist("pictures"))
        return redirect(
            f"/gallery?took={names}&alt={','.join(request.POST.getlist('pictures_alt'))}"
        )
    response = views.gallery(request)
    response.status_code = 422 if request.method == "POST" else 200
    return response


urlpatterns = [path("gallery", gallery)]
