"""Who may pass a door, under the name by which all domains above ask for it."""

from django.http import HttpRequest

from goodword.kit.access import member_required, operator_required

from .models import Member

__all__ = ["MemberRequest", "member_required", "operator_required"]


class MemberRequest(HttpRequest):
    """What a view behind `member_required` is given."""

    user: Member
