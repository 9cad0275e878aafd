"""What a reader has narrowed their questions to: which outlets, days, articles, report?

It comes from the page as JSON, so from anyone: whatever is no such thing is left out, and nothing
in it ever raises.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus import ArticleFilter, is_text
from qa.interfaces.kept.conversation_records import is_id
from qa.interfaces.narrowing import KnowsCopies, narrowed, read_day
from qa.interfaces.strings import say

MAX_OUTLETS = 20
MAX_ARTICLES = 50
MAX_NAME_CHARS = 200
MAX_SCOPE_CHARS = 40_000
NAMES_IN_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What questions are narrowed to; what is empty lets every article through.

    `since` and `until` are days, both included. `story` is the id of an article: it and the other
    articles that carry its report. With `any_time` a time that the question names does not narrow.
    """

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    articles: tuple[str, ...] = ()
    story: str | None = None
    any_time: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, which `read_scope` reads back; days are ISO 8601."""
        return asdict(self) | {
            "outlets": list(self.outlets),
            "articles": list(self.articles),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }

    def article_filter(self, assistant: KnowsCopies) -> ArticleFilter | None:
        """Return the articles to answer from; None for all."""
        return narrowed(
            assistant,
            outlets=self.outlets,
            since=self.since,
            until=self.until,
            articles=self.articles,
            story=self.story,
        )

    def words(self, language: str) -> list[str]:
        """Return what was chosen as short labels, to stand behind “searched in”.

        >>> Scope(outlets=("Orme Courier",), since=date(2025, 1, 1)).words("en")
        ['Orme Courier', 'since 1 Jan 2025']
        """
        outlets = list(self.outlets)
        if len(outlets) > NAMES_IN_WORDS:
            outlets = [say(language, "filter_outlets_many", count=len(outlets))]
        rest = []
        if self.articles:
            rest.append(say(language, "filter_articles_many", count=len(self.articles)))
        if self.story is not None:
            rest.append(say(language, "filter_one_report"))
        return outlets + _period(language, self.since, self.until) + rest


def read_scope(text: object) -> Scope:
    """Read what the page sent: JSON, or what was made of it. What is no scope narrows nothing.

    Unknown keys, names that are too many or too long and dates that are no days are left out. Days
    in the wrong order are exchanged: that the time between them is meant is plain.
    """
    given = _object(text)
    days = sorted(filter(None, (_day(given.get(end)) for end in ("since", "until"))))
    since, until = days if len(days) > 1 else (_day(given.get("since")), _day(given.get("until")))
    stories = _names([given.get("story")], 1)
    return Scope(
        outlets=_names(given.get("outlets"), MAX_OUTLETS),
        since=since,
        until=until,
        articles=_names(given.get("articles"), MAX_ARTICLES),
        story=stories[0] if stories else None,
        any_time=given.get("any_time") is True,
    )


def conversation_named(text: object) -> str | None:
    """Return the conversation that the page says it shows; anyone may have written it."""
    name = _object(text).get("conversation")
    return name if isinstance(name, str) and is_id(name) else None


def _object(text: object) -> Mapping[str, object]:
    if isinstance(text, str):
        if len(text) > MAX_SCOPE_CHARS:
            return {}
        try:
            text = json.loads(text)
        except (ValueError, RecursionError):
            return {}
    return text if isinstance(text, Mapping) else {}


def _names(given: object, most: int) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        return ()
    names = [name.strip() for name in given if isinstance(name, str)]
    sound = [n for n in names if 0 < len(n) <= MAX_NAME_CHARS and n.isprintable() and is_text(n)]
    return tuple(dict.fromkeys(sound))[:most]


def _day(given: object) -> date | None:
    try:
        return read_day(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _period(language: str, since: date | None, until: date | None) -> list[str]:
    first, last = (_in_words(language, day) if day else "" for day in (since, until))
    if since and until:
        return [first if since == until else f"{first} – {last}"]
    if since:
        return [say(language, "filter_since", date=first)]
    return [say(language, "filter_until", date=last)] if until else []


def _in_words(language: str, day: date) -> str:
    month = say(language, "filter_months").split()[day.month - 1]
    return say(language, "filter_day", day=str(day.day), month=month, year=str(day.year))
