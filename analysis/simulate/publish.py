"""Drafts -> items with words, ids, authors, versions and replies; then their edits and removals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from analysis.simulate.drafts import BACKGROUND, Draft, stream
from analysis.simulate.plans import ReleasePlan, Scenario
from analysis.simulate.texts import Dice, write
from analysis.simulate.world import Edit, Removal
from collector.records import RawItem
from collector.times import DAY_US, from_us, to_us

ADOPTION_DAYS = 9.0  # e-folding time of a release among reviewers
PLAY_WITHOUT_VERSION = 0.22  # share of Google Play reviews that name no version
HOME_COUNTRY = {"en": "us", "es": "mx", "de": "de", "fr": "fr", "id": "id", "ko": "kr"}
_FIRST = [
    "amber",
    "brisk",
    "cedar",
    "dusty",
    "early",
    "fern",
    "golden",
    "hazel",
    "indigo",
    "jolly",
    "kind",
    "lunar",
    "maple",
    "nimble",
    "olive",
    "plain",
    "quiet",
    "rusty",
    "silver",
    "tidy",
    "urban",
    "velvet",
    "windy",
    "young",
    "zesty",
    "coral",
    "misty",
    "sunny",
]
_SECOND = [
    "otter",
    "heron",
    "lantern",
    "pebble",
    "comet",
    "thistle",
    "badger",
    "kettle",
    "walnut",
    "harbor",
    "magpie",
    "ember",
    "cricket",
    "willow",
    "anchor",
    "biscuit",
    "canyon",
    "domino",
    "falcon",
    "garnet",
    "juniper",
    "meadow",
    "pickle",
    "ribbon",
    "saddle",
    "tulip",
]


@dataclass(frozen=True, slots=True)
class Published:
    """Items in the order of their drafts, with what became of them later."""

    items: tuple[RawItem, ...]
    drafts: tuple[Draft, ...]
    edits: tuple[Edit, ...]
    removals: tuple[Removal, ...]


def publish(scenario: Scenario, drafts: Sequence[Draft], seed: int) -> Published:
    """Write every draft. drafts: by time."""
    releases = sorted(all_releases(scenario), key=lambda release: release.at)
    ids = _Ids(Dice(stream(seed, "ids")))
    dice = {e: Dice(stream(seed, f"words {e}")) for e in {d.event for d in drafts}}
    items = [_item(scenario, draft, releases, ids, dice[draft.event]) for draft in drafts]
    fate = Dice(stream(seed, "fates"))
    edits, removals = _fates(scenario, drafts, items, fate)
    return Published(
        tuple(items),
        tuple(drafts),
        tuple(sorted(edits, key=lambda e: e.at)),
        tuple(sorted(removals, key=lambda r: r.at)),
    )


def all_releases(scenario: Scenario) -> tuple[ReleasePlan, ...]:
    """The scenario's own releases and those of its events, before its end."""
    added = (release for event in scenario.events for release in event.releases)
    return tuple(r for r in (*scenario.releases, *added) if r.at < scenario.end)


def moment(at_us: int) -> datetime:
    """Microseconds since the epoch -> UTC time."""
    return from_us(at_us)


def _item(
    scenario: Scenario,
    draft: Draft,
    releases: Sequence[ReleasePlan],
    ids: "_Ids",
    dice: Dice,
) -> RawItem:
    at = moment(draft.at_us - draft.at_us % 1000 if draft.kind == "post" else _second(draft.at_us))
    version = _version(draft, releases, dice)
    facts = {"app": scenario.name, "version": version or "the new one", "link": _link(scenario)}
    item_id = ids.new(draft.source, draft.at_us)
    item = RawItem(
        source=draft.source,
        created_at=at,
        kind=draft.kind,
        item_id=item_id,
        author=_author(draft, dice),
        rating=float(draft.stars) if draft.kind == "review" else None,
        title=_title(draft, dice, facts) if draft.source == "app_store" else None,
        text=write(dice, draft.language, draft.theme, facts),
        version=version if draft.kind == "review" else None,
        country=_country(scenario, draft),
        lang=None if draft.source == "app_store" else draft.language,
        thumbs_up=int(draft.reach * (1 / max(dice.unit(), 1e-4) ** 0.6 - 1) / 4),
        url=f"https://x.com/i/status/{item_id}" if draft.source == "x" else None,
    )
    return _replied(scenario, draft, item, dice, facts)


def _second(at_us: int) -> int:
    return at_us - at_us % 1_000_000


def _link(scenario: Scenario) -> str:
    return f"https://play.google.com/store/apps/details?id={dict(scenario.ids)['google_play']}"


def _country(scenario: Scenario, draft: Draft) -> str | None:
    """App Store reviews belong to a storefront; nothing else says where it is from."""
    if draft.source != "app_store":
        return None
    home = HOME_COUNTRY.get(draft.language)
    return home if home in scenario.storefronts else scenario.storefronts[0]


def _version(draft: Draft, releases: Sequence[ReleasePlan], dice: Dice) -> str | None:
    """The version that a reviewer at that time runs: newest first, each adopted gradually."""
    out = [r for r in releases if to_us(r.at) <= draft.at_us]
    if not out or (draft.source == "google_play" and dice.unit() < PLAY_WITHOUT_VERSION):
        return None if not out or draft.source == "google_play" else out[-1].version
    if draft.newest is not None and dice.unit() < draft.newest:
        return out[-1].version
    for release in reversed(out):
        age_days = (draft.at_us - to_us(release.at)) / DAY_US
        if dice.unit() < 1 - 2.718281828 ** (-age_days / ADOPTION_DAYS):
            return release.version
    return out[0].version


def _author(draft: Draft, dice: Dice) -> str:
    """An invented pseudonym; ordinary reviewers come back now and then."""
    name = f"{dice.pick(_FIRST)}.{dice.pick(_SECOND)}"
    if draft.event == BACKGROUND and dice.unit() < 0.04:
        return name
    return f"{name}{dice.below(100_000)}"


def _title(draft: Draft, dice: Dice, facts: Mapping[str, str]) -> str:
    if draft.theme in ("facetious", "bugjoke", "serious"):
        theme = "title_flood"
    elif draft.theme == "policy":
        theme = "title_policy"
    else:
        theme = "title_neg" if draft.stars < 3 else "title_mid" if draft.stars == 3 else "title_pos"
    return write(dice, draft.language, theme, facts)


def _replied(
    scenario: Scenario, draft: Draft, item: RawItem, dice: Dice, facts: Mapping[str, str]
) -> RawItem:
    """The item with the developer's reply, which comes within days, during office hours or not."""
    share = scenario.replied * (0.15 if draft.theme in ("facetious", "bugjoke") else 1.0)
    if draft.kind != "review" or dice.unit() >= share:
        return item
    theme = "reply_thanks" if draft.stars >= 4 else "reply_sorry"
    if draft.theme in ("release_fault", "outage", "fault"):
        theme = "reply_fault"
    at = item.created_at + timedelta(hours=4 + 60 * dice.unit() ** 2)
    if at >= scenario.end:
        return item
    return replace(item, reply_text=write(dice, draft.language, theme, facts), reply_at=at)


def _fates(
    scenario: Scenario, drafts: Sequence[Draft], items: Sequence[RawItem], dice: Dice
) -> tuple[list[Edit], list[Removal]]:
    edits: list[Edit] = []
    removals: list[Removal] = []
    for draft, item in zip(drafts, items, strict=True):
        edit, removal = dice.unit(), dice.unit()
        if draft.kind == "post" or item.item_id is None:
            continue
        plan = None if draft.event == BACKGROUND else scenario.events[draft.event]
        if plan and plan.amended and draft.stars <= 2:
            at = item.created_at + timedelta(hours=plan.amend_hours * (0.6 + 1.2 * dice.unit()))
            if edit < plan.amended:
                edits.append(Edit(at, item.item_id, rating=4.0 + dice.below(2)))
        elif edit < scenario.edited and not (plan and plan.amended):
            at = item.created_at + timedelta(days=0.5 + 30 * dice.unit() ** 2)
            edits.append(_ordinary_edit(draft, item.item_id, at, dice, scenario))
        share = plan.removed if plan else scenario.removed
        hours = plan.remove_hours * (0.8 + 0.6 * dice.unit()) if plan else 24 * 40 * dice.unit()
        if removal < share:
            removals.append(Removal(item.created_at + timedelta(hours=hours), item.item_id))
    gone = {removal.item_id: removal.at for removal in removals}
    before = {item.item_id: item for item in items}
    return (
        [
            e
            for e in edits
            if e.at < min(scenario.end, gone.get(e.item_id, scenario.end))
            and (e.rating or before[e.item_id].rating, e.text or before[e.item_id].text)
            != (before[e.item_id].rating, before[e.item_id].text)
        ],
        [r for r in removals if r.at < scenario.end],
    )


def _ordinary_edit(
    draft: Draft, item_id: str, at: datetime, dice: Dice, scenario: Scenario
) -> Edit:
    """A second thought: one star more or less, or other words."""
    if dice.unit() < 0.5:
        stars = min(5, max(1, draft.stars + (1 if dice.unit() < 0.6 else -1)))
        return Edit(at, item_id, rating=float(stars))
    facts = {"app": scenario.name, "version": "the new one", "link": _link(scenario)}
    return Edit(at, item_id, text=write(dice, draft.language, draft.theme, facts))


class _Ids:
    """New ids in the form of each platform; never the same twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._given: set[str] = set()

    def new(self, source: str, at_us: int) -> str:
        """An id for something published at that time."""
        while True:
            item_id = self._make(source, at_us)
            if item_id not in self._given:
                self._given.add(item_id)
                return item_id

    def _make(self, source: str, at_us: int) -> str:
        below = self._dice.below
        if source == "google_play":
            digits = "".join("0123456789abcdef"[below(16)] for _ in range(32))
            cuts = (0, 8, 12, 16, 20, 32)
            return "-".join(digits[a:b] for a, b in pairwise(cuts))
        if source == "app_store":
            return str((at_us // 1_000_000 - 1_199_145_600) * 32 + below(32))
        if source == "bluesky":
            return _base32(at_us * 1024 + below(1024))
        if source == "mastodon":
            return str((at_us // 1000 << 16) + below(65536))
        return str((at_us // 1000 - 1_288_834_974_657 << 22) + below(1 << 22))


def _base32(number: int) -> str:
    """Bluesky's sortable base 32, 13 characters."""
    return "".join(
        "234567abcdefghijklmnopqrstuvwxyz"[number >> 5 * i & 31] for i in range(12, -1, -1)
    )
