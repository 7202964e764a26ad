"""One author and everybody who can stand to her in some way, as the rule table names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.models import Comment, LinkCard, LinkPicture, Moment, Voice
from goodword.circle.rules import EVERYONE, ONLY_ME, Audience
from goodword.circle.states import AudienceKind, Face, MarketDial
from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.voice import save_voice
from goodword.notices.models import Notice
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.reach import news
from goodword.reach.digests import actions as digests
from goodword.shop import actions as shop

from ..town import befriend, hum, picture, tea_shop

SAME_FRIENDS = frozenset({"friend", "muter", "digester", "deaf_to_life", "snoozer", "muted"})
FRIENDS = SAME_FRIENDS | {"in_group", "named", "hidden_from", "blocked", "blocker"}
OTHERS = frozenset({"stranger", "asked_her", "asked_by_her", "operator", "former"})
VIEWERS = sorted(FRIENDS | OTHERS | {"author"})

# The rule table: who may see a moment of each audience. Nobody else may, by any way.
MAY_SEE = {
    "everyone": SAME_FRIENDS | {"in_group", "named", "author"},
    "chosen_group": {"in_group", "author"},
    "chosen_person": {"named", "author"},
    "except_group": SAME_FRIENDS | {"named", "author"},
    "except_person": SAME_FRIENDS | {"in_group", "author"},
    "only_me": {"author"},
}
# To whom it is not brought, though they may go and see it.
NOT_WISHED = {
    Face.LIFE: {"deaf_to_life", "snoozer"},
    Face.MARKET: {"muter", "digester", "snoozer"},
}


@dataclass(slots=True)
class World:
    people: dict[str, Member]
    group: UUID
    now: datetime

    @property
    def author(self) -> Member:
        return self.people["author"]

    def audience(self, name: str) -> Audience:
        named = (self.people["named"].id,)
        return {
            "everyone": EVERYONE,
            "chosen_group": Audience(AudienceKind.CHOSEN, (self.group,)),
            "chosen_person": Audience(AudienceKind.CHOSEN, (), named),
            "except_group": Audience(AudienceKind.EXCEPT, (self.group,)),
            "except_person": Audience(AudienceKind.EXCEPT, (), named),
            "only_me": ONLY_ME,
        }[name]

    def publish(self, audience: str, face: Face) -> Moment:
        """The author's moment, with life of a common friend before and after it."""
        self.small_talk()
        if face == Face.LIFE:
            made = circle.publish(
                author=self.author, face=face, text="the thing to see", pictures=[picture()],
                audience=self.audience(audience), key=str(new_id()), now=self.now,
            )  # fmt: skip
        else:
            made = shop.show(
                seller=self.author, listing=tea_shop(self.author).id, text="the thing to see",
                audience=self.audience(audience), key=str(new_id()), now=self.now,
            )  # fmt: skip
        # No form sends all of these together; the look at one moment is to try every file.
        Voice.objects.create(moment=made, author=self.author, **save_voice(hum()))
        link = LinkCard.objects.create(moment=made, author=self.author, url="http://a.example")
        LinkPicture.objects.create(card=link, author=self.author, **picture())
        self.small_talk()
        jobs.run_due()
        return made

    def small_talk(self) -> None:
        # A market card has its place among five cards of life, so there must be some.
        for n in range(5):
            circle.publish(
                author=self.people["neighbour"], face=Face.LIFE, text=f"small talk {n}",
                key=str(new_id()), now=self.now,
            )  # fmt: skip


def make_world(now: datetime) -> World:
    names = [*VIEWERS, "neighbour"]
    handles = {name: f"x_{name}" for name in names}
    members = {
        name: people.register(handle=handles[name], display_name=name.title(), now=now)
        for name in names
    }
    author = members["author"]
    for name in FRIENDS | {"former"}:
        befriend(author, members[name])
    for name in names:
        if name != "neighbour":
            befriend(members["neighbour"], members[name])
    group = circle.make_group(owner=author, name="Family", now=now).id
    decide(members, group, now)
    jobs.run_due()
    return World(members, group, now)


def decide(members: dict[str, Member], group: UUID, now: datetime) -> None:
    """What each of them, and the author, has decided."""
    author = members["author"]
    on, off = MarketDial.ON, MarketDial.OFF
    circle.set_members(owner=author, group=group, friends=[members["in_group"].id], now=now)
    circle.set_dials(owner=members["muter"], friend=author.id, life=True, market=off)
    circle.set_dials(
        owner=members["digester"], friend=author.id, life=True, market=MarketDial.DIGEST
    )
    circle.set_dials(owner=members["deaf_to_life"], friend=author.id, life=False, market=on)
    circle.snooze(owner=members["snoozer"], friend=author.id, on=True, now=now)
    circle.set_dials(owner=author, friend=members["muted"].id, life=False, market=off)
    circle.hide_mine(owner=author, friend=members["hidden_from"].id, on=True, now=now)
    circle.block(owner=author, other=members["blocked"], now=now)
    circle.block(owner=members["blocker"], other=author, now=now)
    circle.unfriend(member=author, friend=members["former"], now=now)
    circle.ask(asker=members["asked_her"], asked=author, now=now)
    circle.ask(asker=author, asked=members["asked_by_her"], now=now)
    Member.objects.filter(id=members["operator"].id).update(is_operator=True)


class Eyes:
    """One viewer's browser and program, and where a moment shows for them."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.viewer = world, world.people[name]
        self.browser = Client()
        self.browser.force_login(self.viewer)
        _row, secret = people.issue_token(owner=self.viewer, name="eyes", now=world.now)
        self.program = Client(headers={"Authorization": f"Bearer {secret}"})

    def sights(self, moment: Moment) -> Iterator[tuple[str, bool]]:
        """Each surface's name, and whether the moment is there for this viewer."""
        id_, handle = str(moment.id), self.world.author.handle
        file = moment.pictures.order_by("position").first().id
        yield "permalink", self.there(self.browser, f"/moments/{id_}", id_)
        yield "api permalink", self.there(self.program, f"/api/v1/moments/{id_}", id_)
        yield "answers", self.there(self.browser, f"/moments/{id_}/answers?alone=1", id_)
        for form in ("thumb", "medium", "large"):
            yield f"picture {form}", self.exists(self.browser, f"/pictures/{file}/{form}")
        yield "voice", self.exists(self.browser, f"/voices/{moment.voice.id}")
        yield (
            "picture of a link",
            self.exists(self.browser, f"/pictures/{moment.link.picture.id}/thumb"),
        )
        yield "audience page", self.exists(self.browser, f"/moments/{id_}/audience")
        yield "history", self.exists(self.browser, f"/moments/{id_}/history")
        yield "api history", self.exists(self.program, f"/api/v1/moments/{id_}/history")
        yield "edit page", self.exists(self.browser, f"/moments/{id_}/edit")
        yield "api audience", self.exists(self.program, f"/api/v1/moments/{id_}/audience")
        yield "profile", self.there(self.browser, f"/@{handle}", id_)
        of_hers = f"/api/v1/members/{handle}/moments"
        yield "api profile", self.there(self.program, of_hers, id_)
        yield "count of profile", len(self.program.get(of_hers).json()["moments"]) == 1
        yield "search", self.there(self.browser, "/search?q=thing", id_)
        yield "search of moments", self.there(self.browser, "/search?q=thing&show=moments", id_)
        yield "api search", self.there(self.program, "/api/v1/search?q=thing", id_)
        if moment.face == Face.MARKET:
            yield "market lens", self.there(self.browser, "/?show=market", id_)
            yield "fold", self.exists(self.browser, f"/moments/{id_}/fold")
            yield "api market lens", self.there(self.program, "/api/v1/timeline?show=market", id_)
        yield "timeline", self.there(self.browser, "/", id_)
        yield "timeline part", self.there(self.browser, "/", id_, HX_Request="true")
        yield "api timeline", self.there(self.program, "/api/v1/timeline", id_)
        yield (
            "stream",
            self.viewer.id in news.readers_of(moment.id, [self.viewer.id], now=self.world.now),
        )
        yield "digest", self.digested(id_)
        yield "like", self.likes(id_)
        yield "comment", self.says(id_)

    def there(self, client: Client, path: str, id_: str, **headers: str) -> bool:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.get(path, headers=named)
        assert answer.status_code in (200, 404), path
        return id_ in answer.content.decode() if answer.status_code == 200 else False

    def exists(self, client: Client, path: str) -> bool:
        answer: Any = client.get(path)
        assert answer.status_code in (200, 404), path
        return bool(answer.status_code == 200)

    def digested(self, id_: str) -> bool:
        """Whether a digest of today is made for this viewer, and has it on the page and as data."""
        now = clock.now()
        made = digests.make(reader=self.viewer.id, now=now)
        if made is None:
            return False
        page = self.there(self.browser, f"/digests/{made.id}", id_)
        assert page == self.there(self.program, f"/api/v1/digests/{made.id}", id_)
        return page

    def likes(self, id_: str) -> bool:
        status = self.program.put(f"/api/v1/moments/{id_}/like").status_code
        told = Notice.objects.filter(kind="circle.liked", actor=self.viewer.id).exists()
        self.check_told(told)
        assert status in (204, 404)
        return status == 204

    def says(self, id_: str) -> bool:
        status = self.program.post(
            f"/api/v1/moments/{id_}/comments", {"text": "oh"}, content_type="application/json"
        ).status_code
        assert (status == 201) == Comment.objects.filter(member=self.viewer).exists()
        assert status in (201, 404)
        return status == 201

    def check_told(self, told: bool) -> None:
        # She muted this friend's life, so nothing of his is brought to her.
        assert not (told and self.viewer == self.world.people["muted"])
