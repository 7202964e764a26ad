from django.urls import path

from . import views

app_name = "shop"
urlpatterns = [
    path("market", views.market, name="market"),
    path("listings/<uuid:id>", views.listing, name="listing"),
    path("listings/<uuid:id>/tell", views.tell, name="tell"),
    path("listings/pictures/<uuid:id>/<slug:variant>", views.picture, name="picture"),
    path("evidence/pictures/<uuid:id>/<slug:variant>", views.evidence, name="evidence"),
    path("shops/<uuid:id>", views.shop, name="shop"),
    path("shop", views.mine, name="mine"),
    path("shop/open", views.open_shop, name="open"),
    path("shop/about", views.edit_shop, name="edit_shop"),
    path("shop/close", views.close_shop, name="close"),
    path("shop/many", views.many, name="many"),
    path("shop/listings/new", views.create, name="create"),
    path("shop/listings/<uuid:id>", views.edit, name="edit"),
    path("shop/listings/<uuid:id>/offer", views.offer, name="offer"),
    path("shop/listings/<uuid:id>/withdraw", views.withdraw, name="withdraw"),
    path("shop/listings/<uuid:id>/show", views.show, name="show"),
    path("shop/listings/<uuid:id>/pictures", views.add_pictures, name="add_pictures"),
    path("shop/listings/<uuid:id>/evidence", views.add_evidence, name="add_evidence"),
    path("shop/pictures/<uuid:id>", views.change_picture, name="change_picture"),
    path("shop/evidence/<uuid:id>/remove", views.remove_evidence, name="remove_evidence"),
    path("shop/shipping", views.templates, name="templates"),
    path("shop/shipping/new", views.new_template, name="new_template"),
    path("shop/shipping/<uuid:id>", views.template, name="template"),
    path("shop/shipping/<uuid:id>/remove", views.remove_template, name="remove_template"),
    path("shop/import", views.start_import, name="import"),
    path("shop/import/<uuid:id>", views.import_run, name="import_run"),
    path("shop/import/<uuid:id>/apply", views.apply_import, name="import_apply"),
    path("shop/import/<uuid:id>/drop", views.drop_import, name="import_drop"),
    path("shop/import/<uuid:id>/pictures", views.import_pictures, name="import_pictures"),
]
