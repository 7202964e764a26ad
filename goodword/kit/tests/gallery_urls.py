"""An address for the gallery alone, so that the kit's tests need no other domain."""

from django.urls import path

from goodword.kit import views

urlpatterns = [path("gallery", views.gallery)]
