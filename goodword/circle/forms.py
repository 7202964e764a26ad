from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries, rules
from .models import Friendship, Group
from .states import AudienceKind, MarketDial

AUDIENCES = [
    (AudienceKind.EVERYONE.value, _("My circle"), _("All my friends.")),
    (AudienceKind.CHOSEN.value, _("Only some"), _("The groups and people I choose.")),
    (AudienceKind.EXCEPT.value, _("All but some"), _("My circle without those I choose.")),
    (AudienceKind.ONLY_ME.value, _("Only me"), _("Nobody else sees it.")),
]
WINDOWS = [
    ("always", _("Everything")),
    ("6m", _("The last half year")),
    ("1m", _("The last month")),
    ("3d", _("The last 3 days")),
]
DIALS = [
    (MarketDial.ON.value, _("In my circle")),
    (MarketDial.DIGEST.value, _("Once a day")),
    (MarketDial.OFF.value, _("Never")),
]


class AudienceForm(forms.Form):
    """Whom a moment is for; offers the author's own groups and friends only."""

    audience = forms.ChoiceField(
        choices=[(value, label) for value, label, _help in AUDIENCES],
        initial=AudienceKind.EVERYONE.value,
        required=False,
    )
    groups = forms.ModelMultipleChoiceField(Group.objects.none(), required=False)
    people = forms.ModelMultipleChoiceField(
        Friendship.objects.none(), required=False, to_field_name="friend_id"
    )

    def __init__(self, *args: Any, author: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["groups"]
        people: Any = self.fields["people"]
        groups.queryset = queries.own_groups(author.id)
        people.queryset = queries.own_friendships(author.id)

    def chosen(self) -> rules.Audience:
        """The audience as the rules know it; call after is_valid()."""
        kind = AudienceKind(self.cleaned_data["audience"] or AudienceKind.EVERYONE)
        if kind in (AudienceKind.EVERYONE, AudienceKind.ONLY_ME):
            return rules.Audience(kind)
        return rules.Audience(
            kind,
            tuple(group.id for group in self.cleaned_data["groups"]),
            tuple(edge.friend_id for edge in self.cleaned_data["people"]),
        )


class MomentForm(AudienceForm):
    text = forms.CharField(required=False, strip=True, widget=forms.Textarea(attrs={"rows": 5}))
    key = forms.CharField(max_length=64)


class FriendForm(forms.Form):
    nickname = forms.CharField(label=_("Name for me"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Note for me"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    life = forms.BooleanField(required=False)
    market = forms.ChoiceField(choices=DIALS)
    snoozed = forms.BooleanField(required=False)
    hides_mine = forms.BooleanField(required=False)
    groups = forms.ModelMultipleChoiceField(Group.objects.none(), required=False)

    def __init__(self, *args: Any, owner: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["groups"]
        groups.queryset = queries.own_groups(owner.id)
