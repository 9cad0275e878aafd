"""Text dumps: what people paste and crawlers store, with the page's furniture in it.

A style is a function that writes one story into a `Dump`; styles belong to one part each.
"""
# ruff: noqa: E501 - lines of furniture are as long as they are

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from bench.labelled.dates import days_from, spell
from bench.labelled.records import Label, Saved, Story, as_precise
from bench.labelled.stories import stories
from bench.labelled.words import words

_SENTENCE_END = re.compile(r"(?<=[.!?؟।])\s+(?=[^\d\s])|(?<=[。！？])")


class Dump:
    """The lines of one dump, with its furniture recorded. `facts` are what the label claims."""

    def __init__(self, story: Story, style: str, wording: int = 0) -> None:
        self.story = story
        self.rng = Random(f"{style}/{story.id}")
        self.words = words(story, wording)
        self.lines: list[str] = []
        self.furniture: list[str] = []
        self.facts: dict[str, Any] = {"published": None, "outlet": None, "authors": []}
        self._others = list(self.words["related"])
        self.rng.shuffle(self._others)

    def f(self, *lines: str) -> None:
        """Add lines of furniture."""
        self.lines += lines
        self.mark(*lines)

    def mark(self, *lines: str) -> None:
        """Record furniture that is written otherwise, sentence by sentence."""
        for line in lines:
            self.furniture += [
                piece for piece in _SENTENCE_END.split(line) if any(c.isalnum() for c in piece)
            ]

    def n(self, *lines: str) -> None:
        """Add lines that are neither furniture nor sentences of the article: headline, caption."""
        self.lines += lines

    def other(self) -> str:
        """Return the headline of another article."""
        headline: str = self._others.pop()[0]
        return headline

    def date(self, style: str, time: str = "", days: int | None = None) -> str:
        """Return the date of the story, or of so many days later, and claim the former."""
        story = self.story
        if days is not None:
            return spell(days_from(story.published, days), style, story.language)
        assert story.published, story.id
        self.facts["published"] = as_precise(story.published, "day")
        return spell(story.published, style, story.language, time)

    def authors(self) -> str:
        """Return the authors in one line, and claim them."""
        self.facts["authors"] = list(self.story.authors)
        joined: str = self.words["and"].join(self.story.authors)
        return joined

    def outlet(self) -> str:
        """Return the outlet, and claim it."""
        self.facts["outlet"] = self.story.outlet
        return self.story.outlet

    def copyright(self, days: int = 20) -> str:
        """Return the copyright line of the page."""
        line: str = self.words["copyright"].format(
            days_from(self.story.published, days)[:4], self.outlet()
        )
        return line

    def saved(self, style: str, suffix: str = "txt", newline: str = "\n") -> Saved:
        """Return the file and its label."""
        story = self.story
        text = newline.join(self.lines).rstrip() + newline
        label = Label(
            story=story.id,
            title=story.title,
            language=story.language,
            sentences=story.sentences,
            furniture=list(dict.fromkeys(self.furniture)),
        )
        for name, value in self.facts.items():
            setattr(label, name, value)
        return Saved(
            name=f"dump/{style}-{story.id}.{suffix}",
            kind="dump",
            system=style,
            data=text.encode(),
            articles=[label],
        )


def copied_page(dump: Dump) -> None:
    """Select all, copy, paste: cookie lines, menu, headline, the lot; blank lines between."""
    w, story = dump.words, dump.story
    dump.f(w["skip"], "")
    dump.f(" ".join(w["cookie"]), w["accept"], w["reject"], "")
    dump.f(*w["menu"], w["login"], w["subscribe"], "")
    dump.n(story.title, "")
    dump.f(w["by"].format(dump.authors()), w["published"].format(dump.date("long", "12dots")), "")
    dump.f(*w["share"], "")
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 1:
            dump.f(w["ad"], "")
        if index == 3:
            dump.f(w["read_more"].format(dump.other()), "")
        if index == 5:
            dump.f(w["newsletter_title"], w["newsletter_text"], w["newsletter_button"], "")
    dump.f(w["related_title"].format(dump.outlet()))
    for days in (-3, 5, 41):
        dump.f(dump.other(), dump.date("long", days=days))
    dump.f("", w["comments_title"])
    for name, when, text in w["comments"]:
        dump.f(f"{name} · {when}", text)
    dump.f("", *w["footer"], dump.copyright())


def local_station(dump: Dump) -> None:
    """A station's page as crawlers kept it: promotions for itself before, within and after."""
    story, station = dump.story, "KVRD"
    dump.facts["outlet"] = "KVRD"
    dump.n(story.title, "")
    dump.f("Watch KVRD News", "Filed Under:Local TV, Sorrel, KVRD News")
    for index, text in enumerate(story.paragraphs):
        dump.n(f"SORREL ({station}) – {text}" if index == 0 else text)
        if index == 2:
            dump.f("FOLLOW KVRD.COM: Facebook | Twitter | Instagram")
        if index == 4:
            dump.f(f"RELATED: {dump.other()}", "WATCH: Drone video shows the scene from above")
    year = (story.published or "")[:4]
    dump.facts["published"], dump.facts["published_year"] = None, year
    dump.f(
        f"(© Copyright {year} KVRD Broadcasting Inc. All Rights Reserved. The Northlight News Agency contributed to this report.)",
        "Browser updates are available from the makers of your browser for a faster, safer experience.",
        "Download The KVRD App: Breaking news and live video, any time.",
    )


def wire_tail(dump: Dump) -> None:
    """A wire story: dateline, reporters' lines and the agency's notice at the end."""
    story = dump.story
    dump.n(story.title, "")
    if story.authors:
        dump.f(f"By {dump.authors().upper()}, {dump.outlet()}")
        dump.facts["authors"] = list(story.authors)
    dump.f(dump.date("ap"), "")
    for index, text in enumerate(story.paragraphs):
        dump.n(f"LINDHAVEN (NNA) — {text}" if index == 0 else text, "")
    dump.n("___", "")
    dump.f("Northlight writer Otto Brenn in Tessaly contributed to this report.", "")
    dump.f("Follow Northlight's coverage at https://northlight.example/hub", "")
    dump.f(
        f"Copyright {story.published and story.published[:4]} {dump.outlet()}. All rights reserved. "
        "This material may not be published, broadcast, rewritten or redistributed without permission."
    )


def hard_wrapped(dump: Dump) -> None:
    """A mail or a terminal's copy: 72 columns, two lines of address before, a notice after."""
    story = dump.story
    dump.f(
        f"From: {dump.outlet()} <alerts@{story.host}>", f"Read this story online: {story.url}", ""
    )
    dump.facts["url"] = story.url
    dump.n(textwrap.fill(story.title, 72, break_on_hyphens=False))
    dump.f(f"by {dump.authors()}, {dump.date('dmy')}", "")
    for index, text in enumerate(story.paragraphs):
        dump.n(*textwrap.wrap(text, 72, break_on_hyphens=False), "")
        if index == 3:
            dump.f("-- advertisement --", "")
    dump.f("-" * 72)
    dump.f("You are receiving this e-mail because you signed up for news alerts.")
    dump.f("To unsubscribe, reply with STOP in the subject line.")
    dump.f(f"(c) {dump.outlet()}, 14 Quay Street. All rights reserved.")


def one_line_menus(dump: Dump) -> None:
    """A reader's paste where every row of the page became one line."""
    w, story = dump.words, dump.story
    dump.f(" | ".join(w["menu"]), f"{w['home']} » {story.section} » {story.title}")
    dump.n(story.title)
    dump.f(f"{dump.authors()} | {dump.outlet()} | {dump.date('abbr', '12')}")
    dump.f("Share Tweet Pin 132 SHARES", w["min_read"] + " · Listen · Save")
    for index, text in enumerate(story.paragraphs):
        dump.n(text)
        if index == 2:
            dump.f(w["below"])
        if index == 4:
            dump.f(f"Also read: {dump.other()}")
    dump.f("Tags: " + ", ".join((story.section, "news", "top stories")), "14 comments")
    dump.f(f"Previous: {dump.other()}", f"Next: {dump.other()}", " · ".join(w["footer"]))


def foreign_copy(dump: Dump) -> None:
    """A page in another language, copied whole."""
    w, story = dump.words, dump.story
    dump.f(w["home"], *w["menu"][1:6], w["search"], w["login"], "")
    dump.n(story.title)
    dump.f(w["by"].format(dump.authors()), w["published"].format(dump.date("long", "24")))
    dump.f(" ".join(w["share"]), "")
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 1:
            dump.f(w["credit"].format(w["photographers"][0], dump.outlet()), "")
        if index == 2:
            dump.f(w["ad"], "", w["read_more"].format(dump.other()), "")
    dump.f(w["newsletter_text"], w["app"], w["most_read"])
    dump.f(*(dump.other() for _ in range(3)), "", *w["footer"], w["top"], dump.copyright())


def reader_view(dump: Dump) -> None:
    """An app's share text: buttons above, captions with credits, prompts between."""
    w, story = dump.words, dump.story
    dump.f(dump.outlet(), "Open in app", w["min_read"])
    dump.n("", story.title, story.dek or "")
    dump.f("", "Listen to this article", "Gift this article", "Share full article", "")
    dump.f(f"{w['captions'][0]} ({w['photographers'][1]}/{dump.outlet()})", "")
    dump.f(w["by"].format(dump.authors()), dump.date("ap"), "")
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 1:
            dump.f(
                "Story continues below",
                "",
                "Get the latest headlines sent to your phone. Sign up for text alerts.",
                "",
            )
        if index == 4:
            dump.f(f"{w['captions'][1]} CREDIT: {w['photographers'][2].upper()}", "", w["ad"], "")
    dump.f("Did you find this article helpful?", "Yes", "No", "Report a typo", "", w["app"])


def bare(dump: Dump) -> None:
    """Headline and text only: there is nothing to set aside, and nothing may be."""
    dump.n(dump.story.title, "")
    for text in dump.story.paragraphs:
        dump.n(text, "")


def aggregator(dump: Dump) -> None:
    """A news aggregator's reading pane: age instead of a date, cards of others above and below."""
    w, story = dump.words, dump.story
    dump.f("My feed", "Following", "Discover", "", dump.other(), "Harbor Stock News · 5h", "")
    dump.n(story.title)
    dump.f(f"{dump.outlet()} · 3h", "+ Follow", "")
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 1:
            dump.f("Sponsored · Roofline", "New gutters for less than you think", "Learn More", "")
        if index == 4:
            dump.f(f"View original on {story.host}", "")
    dump.f(
        "More for you", dump.other(), "2.1K likes · 48 comments", dump.other(), w["ad"], w["app"]
    )


def club_mailing(dump: Dump) -> None:
    """A reader's mailing in plain text: other headlines first, then one story, then the fine print."""
    w, story = dump.words, dump.story
    dump.f(f"{dump.outlet()} - your weekly mailing, {dump.date('dmy')}", "")
    dump.f("IN THIS ISSUE", *(f"* {dump.other()}" for _ in range(3)), "", "=" * 40)
    dump.n("", story.title, "")
    dump.f(w["by"].format(dump.authors()), "")
    for text in story.paragraphs:
        dump.n(text, "")
    dump.f("=" * 40, "Thanks for reading! Tell a friend about us.", w["newsletter_text"])
    dump.f("Too many mails? Manage your subscription or opt out here.", dump.copyright(1))


def press_clipping(dump: Dump) -> None:
    """A clipping service: fields above, 78 columns with blank lines between, a licence below."""
    story = dump.story
    dump.f(
        f"Publication: {dump.outlet()}",
        f"Date of issue: {dump.date('long')}",
        "Circulation: 18,400",
        "Clip no. 0417/22",
        "",
    )
    dump.n(*textwrap.wrap(story.title, 78, break_on_hyphens=False), "")
    for text in story.paragraphs:
        dump.n(*textwrap.wrap(text, 78, break_on_hyphens=False), "")
    dump.f("Licensed copy for internal use only. Further copying or forwarding is not permitted.")
    dump.f("Provided by Scissors & Paste Media Monitoring Ltd.", "End of clip 1 of 1")


def crawler_lines(dump: Dump) -> None:
    """A crawler's plain text: every element a line, no blank lines, site furniture at both ends."""
    w, story = dump.words, dump.story
    dump.f("×", *w["menu"], w["search"], w["subscribe"])
    dump.n(story.title)
    dump.f(
        w["published"].format(dump.date("us", "12"))
        + " | "
        + w["updated"].format(dump.date("us", "12"))
    )
    dump.f(f"{w['by'].format(dump.authors())} | {dump.outlet()} staff")
    for index, text in enumerate(story.paragraphs):
        dump.n(text)
        if index == 2:
            dump.f("[Sign up to get our weekly roundup]", w["ad"].upper())
        if index == 5:
            dump.f(f">> {dump.other()}")
    dump.f(
        "Copyright Tidewater Content Agency. Distributed by NNA Syndicate.",
        "Report a correction",
        *w["footer"],
    )


def markdown_clip(dump: Dump) -> None:
    """A web clipper's Markdown: links kept, images with credits, a source line."""
    w, story = dump.words, dump.story
    dump.n(f"# {story.title}", "")
    dump.f(f"Source: {story.url}", "")
    dump.facts["url"] = story.url
    dump.f(w["by"].format(dump.authors()) + f", {dump.outlet()}, {dump.date('dmy')}", "")
    for index, block in enumerate(story.blocks):
        text = story.gap.join(block.lines)
        dump.n(f"## {text}" if block.kind == "h" else text, "")
        if index == 2:
            dump.f(w["credit"].format(w["photographers"][0], dump.outlet()), "")
        if index == 4:
            dump.f(w["newsletter_text"], "")
    dump.f(w["copyright"].format(dump.date("long")[-4:], dump.outlet()))


def forwarded_paste(dump: Dump) -> None:
    """A forum paste: a line of excuse is missing, the page's own clutter is not."""
    w, story = dump.words, dump.story
    dump.f(dump.outlet(), w["login"], f"{story.section} / {story.title}")
    dump.n(story.title)
    dump.f(w["by"].format(dump.authors()), f"{dump.date('day-dmy', '24')} · {w['min_read']}")
    dump.f(w["share_title"] + ":")
    dump.f(" ".join(w["share"]))
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 1:
            dump.f(w["below"], "")
        if index == 3:
            dump.f(w["read_more"].format(dump.other()), w["read_more"].format(dump.other()), "")
    dump.f(w["author_box"].format(story.authors[0]), w["related_title"], dump.other(), dump.other())
    dump.f(
        w["comments_title"],
        *(f"{name}: {text}" for name, _, text in w["comments"]),
        dump.copyright(),
    )


def station_transcript(dump: Dump) -> None:
    """A station's article: call sign in the dateline, promotions, agency line at the end."""
    story, w = dump.story, dump.words
    dump.facts["outlet"] = "KOLT 11 News"
    dump.f("KOLT 11 News", "LIVE: KOLT 11 News at Noon", "1 WEATHER ALERT")
    dump.n(story.title)
    if story.authors:
        dump.f(f"By: {dump.authors()}, KOLT 11 Digital Team")
    dump.f(f"Posted at {dump.date('us', '12')} and last updated {dump.date('us', '12')}")
    for index, text in enumerate(story.paragraphs):
        dump.n(f"CALLOWAY (KOLT) -- {text}" if index == 0 else text)
        if index == 1:
            dump.f("Watch the full report in the video player above.")
        if index == 3:
            dump.f(f"SEE ALSO | {dump.other()}", "---")
        if index == 5:
            dump.f("Click here to submit a news tip or story idea to the KOLT 11 Digital Team.")
    dump.f(
        w["app"], f"Copyright {dump.date('us')[-4:]} Prairie Stations Group. All rights reserved."
    )
    dump.f("This material may not be published, broadcast, rewritten, or redistributed.")
    dump.facts["authors"] = list(story.authors)


def wrapped_archive(dump: Dump) -> None:
    """An archive's print: 64 columns, indented paragraphs, running archive lines, no blank lines."""
    story = dump.story
    dump.f(
        f"{dump.outlet()} ARCHIVE", f"Document 3 of 41 - {dump.outlet()}, {dump.date('dmy')}", ""
    )
    dump.n(*textwrap.wrap(story.title, 64, break_on_hyphens=False), "")
    dump.f(f"BYLINE: {dump.authors()}", "SECTION: NEWS; Pg. 4", "LENGTH: 412 words", "")
    for text in story.paragraphs:
        dump.n(*textwrap.wrap(text, 64, initial_indent="   ", break_on_hyphens=False))
    dump.f("", "LOAD-DATE: see above", "LANGUAGE: ENGLISH", "PUBLICATION-TYPE: Newspaper")
    dump.f(f"Copyright {dump.date('dmy')[-4:]} {dump.outlet()}", "All Rights Reserved")


def abroad_paste(dump: Dump) -> None:
    """A page in another language: furniture in that language before, within and after."""
    w, story = dump.words, dump.story
    dump.f(w["skip"], *w["menu"], *w["cookie"], w["accept"], "")
    dump.n(story.title, "")
    dump.f(w["published"].format(dump.date("long", "24")))
    if story.authors:
        dump.f(w["by"].format(dump.authors()))
    dump.f(*w["share"], "")
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 0:
            dump.f(w["ad"], "")
        if index == 2:
            dump.f(
                w["read_more"].format(dump.other()),
                "",
                w["newsletter_title"],
                w["newsletter_text"],
                "",
            )
    dump.f(w["tags_title"], w["related_title"], dump.other(), dump.other(), w["comments_title"])
    for name, _, text in w["comments"]:
        dump.f(name, text)
    dump.f(w["app"], w["top"], *w["footer"], dump.copyright())


def clean_copy(dump: Dump) -> None:
    """Headline, byline and text: nothing else is there, and nothing else may be set aside."""
    dump.n(dump.story.title)
    dump.f(dump.words["by"].format(dump.authors()))
    dump.n("")
    for text in dump.story.paragraphs:
        dump.n(text)


STYLES: dict[str, list[tuple[Callable[[Dump], None], list[str]]]] = {
    "dev": [
        (copied_page, ["harbour-vote", "es-faro", "storm-live"]),
        (local_station, ["ridge-fire", "school-budget"]),
        (wire_tail, ["transit-strike", "rates-hold", "mountain-rescue"]),
        (hard_wrapped, ["bakery-profile", "brandt-verdict"]),
        (one_line_menus, ["vaccine-lab", "derby-match"]),
        (
            foreign_copy,
            [
                "de-hochwasser",
                "fr-marche",
                "zh-library",
                "de-museum",
                "ar-market",
                "es-biblioteca",
                "fr-horloge",
                "es-faro",
            ],
        ),
        (reader_view, ["opinion-benches", "listicle-gardens"]),
        (aggregator, ["glacier-core", "orchestra-bus", "heat-record"]),
        (club_mailing, ["bakery-profile", "lynx-study", "cellar-coins"]),
        (press_clipping, ["rates-hold", "seed-vault"]),
        (bare, ["obituary-vasari", "lynx-study", "interview-coach"]),
    ],
    "test": [
        (crawler_lines, ["mayor-recount", "chip-factory", "whale-bones"]),
        (markdown_clip, ["comet-mission", "strike-hospital", "robot-harvest"]),
        (forwarded_paste, ["quarry-ruling", "listicle-soups"]),
        (station_transcript, ["hockey-final", "bees-roof"]),
        (wrapped_archive, ["obituary-drummer", "long-lighthouse"]),
        (abroad_paste, ["de-bahnhof", "fr-train", "es-puente", "ja-train", "hi-well", "de-apfel"]),
        (clean_copy, ["opinion-silence", "interview-translator", "es-queso"]),
    ],
}


def dumps(part: str) -> list[Saved]:
    """Return the dumps of a part."""
    by_id = {story.id: story for story in stories(part)}
    out = []
    for style, names in STYLES[part]:
        for index, name in enumerate(names):
            dump = Dump(by_id[name], style.__name__, wording=index % 2)
            style(dump)
            suffix = "md" if style is markdown_clip else "txt"
            out.append(dump.saved(style.__name__, suffix))
    return out


_Dump = TypeVar("_Dump", bound=Dump)


def in_styles(
    make: Callable[[Story, str], _Dump], styles: Sequence[tuple[Callable[[_Dump], None], list[str]]]
) -> list[Saved]:
    """Return dev's dumps of styles that name the stories they are written with."""
    by_id = {story.id: story for story in stories("dev")}
    out = []
    for style, names in styles:
        for name in names:
            dump = make(by_id[name], style.__name__)
            style(dump)
            out.append(dump.saved(style.__name__))
    return out
