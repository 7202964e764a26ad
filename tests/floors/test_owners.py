"""Every row that is a member's names that member in a column, by which it can go to one machine."""

from django.apps import apps

from .house import floors

OWNERS = {"owner", "author", "buyer", "seller", "holder", "reader", "member", "asker", "actor"}

# Tables that are nobody's, and why.
NOBODYS = {
    "kit.HouseRule": "the house's",
    "kit.RateBucket": "counts by any key, an address too",
    "ops.Town": "the house's",
    "reach.Lesson": "the house's",
    "reach.Leaning": "of a listing, by its id alone",
    "reach.Near": "of two listings, by their ids alone",
    "reach.Week": "the house's",
    "people.Member": "the member",
    "people.Shelved": "counts and challenges of signing in, by any key",
    "money.HouseAccount": "the house's",
    "money.LastLook": "the house's",
    "money.Snapshot": "of an account, by its id alone",
    "money.Heard": "the messages of other companies, by their numbers",
    "money.OutsideDay": "the house's, of a gateway",
    "money.OutsideReport": "the house's, of a gateway",
    "money.OutsideCharge": "of a payment, by its key alone",
    "money.OutsideMove": "of a refund, by its key alone",
    "money.AwaitedTransfer": "of a payment, by its key alone",
    "orders.StrayScan": "what carriers say and no parcel fits",
    "orders.TrackingSource": "the carriers' files",
    "money.TransferRefund": "of a refund, by its key alone",
    "money.SandboxAccount": "another company's memory",
    "money.SandboxShare": "another company's memory",
    "money.SandboxCharge": "another company's memory",
    "money.SandboxRefund": "another company's memory",
}


def test_every_row_of_a_member_names_its_owner():
    wrong = []
    for model in apps.get_models():
        if model._meta.app_label not in floors() or model._meta.label in NOBODYS:
            continue
        columns = {field.name for field in model._meta.get_fields() if field.concrete}
        if not columns & OWNERS:
            wrong.append(model._meta.label)
    assert wrong == []


def test_nothing_is_called_nobodys_that_is_gone():
    assert {model._meta.label for model in apps.get_models()} >= NOBODYS.keys()


def test_no_number_is_counted_up_where_people_could_see_it():
    """Sequences tell strangers how many there are: ids of rows are UUIDs or natural keys."""
    counted = {"AutoField", "BigAutoField", "SmallAutoField"}
    found = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in floors()
        and model._meta.pk is not None
        and model._meta.pk.get_internal_type() in counted
    }
    assert found == set()
