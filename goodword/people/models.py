from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from goodword.kit import pictures
from goodword.kit.ids import new_id
from goodword.kit.models import Row
from goodword.kit.pictures.models import PictureRow

# As `reverse("people:avatar")` has it; written out because a page of moments asks for many.
AVATAR = "/avatars/%s/small/%s"


class MemberManager(BaseUserManager["Member"]):
    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(handle=(username or "").lower())


class Member(AbstractBaseUser):
    """A person. `handle` and `email` are claimed in `Claim`, which alone makes them unique."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handle = models.CharField(max_length=30)  # lower case
    email = models.EmailField(blank=True)  # lower case; claimed for good once it is verified
    display_name = models.CharField(max_length=60)
    bio = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, blank=True)  # empty: as the browser asks
    region = models.CharField(max_length=2, default="CN")  # ISO 3166-1
    theme = models.CharField(max_length=5, blank=True)  # "light", "dark"; empty: as the device asks
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    leaving_at = models.DateTimeField(null=True)  # when the account is deleted, once asked for
    left_at = models.DateTimeField(null=True)  # since then nobody: the row stands for orders only
    avatar_version = models.CharField(max_length=12, blank=True)  # empty: no picture yet

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    objects = MemberManager()

    class Meta:
        indexes = [
            models.Index(fields=["handle"]),
            models.Index(fields=["email"]),
            models.Index(
                fields=["leaving_at"],
                condition=models.Q(leaving_at__isnull=False),
                name="people_leaving",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def avatar_url(self) -> str:
        """A small square picture; its address changes when the picture does."""
        return AVATAR % (self.id, self.avatar_version or "none")


class Face(PictureRow):
    """A member's picture of themselves, as square files."""

    variants = pictures.AVATAR

    owner = models.OneToOneField(Member, on_delete=models.CASCADE)

    @property
    def version(self) -> str:
        """What stands in the picture's address, so that a new picture has a new one."""
        return self.id.hex[-12:]


class Claim(models.Model):
    """A value that only one member may have; the key is the value itself, so it shards by value."""

    value = models.CharField(max_length=300, primary_key=True)  # "handle:lin", "email:a@b.example"
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="claims")
    claimed_at = models.DateTimeField()


class ApiToken(Row):
    """A bearer token of its owner's; only the digest is kept."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32, unique=True)  # SHA-256 of the token
    hint = models.CharField(max_length=8)  # its last characters, to tell tokens apart
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Shelved(models.Model):
    """One value of Django's cache, kept here so that all processes see the same (`shelf`)."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField(null=True)
    until = models.DateTimeField(null=True)  # NULL: for good

    class Meta:
        indexes = [models.Index(fields=["until"])]


class Findable(models.Model):
    """How strangers may find a member by name. Apart from the member, whom every request reads."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True)
    name = models.TextField()  # `kit.search.key` of the display name
    by_name = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"], condition=models.Q(by_name=True), name="people_by_name")
        ]
