"""More text dumps of the dev part: other forms and other wording than in `dumps`.

A style is a function that writes one story into a `Dump`; the plan is at the end.
"""
# ruff: noqa: E501 - lines of furniture are as long as they are

from __future__ import annotations

import textwrap
from collections.abc import Callable

from bench.labelled.dumps import Dump, in_styles
from bench.labelled.records import Saved

OTHERS = (
    "Ferry terminal cafe to close after 31 years",
    "Why the old mill clock runs backward",
    "Council delays ruling on lakeside huts",
    "Three held after van found in reservoir",
    "Your questions on the new bin rota, answered",
    "Pear blight reaches the northern orchards",
    "The town that moved its church twice",
    "Goat racing returns, with helmets",
    "Library fines to be scrapped from spring",
    "What the tide tables do not tell you",
    "Teen pianist turns down conservatory place",
    "Bakers warn of a hard winter for rye",
    "Watch: barn owl hatches on live camera",
    "Quiz of the week: how closely did you read?",
)
SECTIONS = (
    "Front page|World|Nation|Region|Town Hall|Crime & Courts|Weather|Traffic|Schools|Health|Science|"
    "Tech|Money|Jobs|Homes|Motors|Farming|Sport|Football|Rowing|Cricket|Fixtures & Results|Culture|"
    "Books|Film|Music|Stage|Food|Recipes|Travel|Style|Puzzles|Crossword|Cartoons|Horoscopes|Columns|"
    "Letters|Podcasts|Video|Photo galleries|Classifieds|Public notices|Announcements|Archive"
).split("|")


def headlines(dump: Dump, count: int) -> list[str]:
    """Return headlines of other articles, other ones for each story."""
    return dump.rng.sample(OTHERS, count)


def wrapped(dump: Dump, width: int, first: str = "") -> list[list[str]]:
    """Return the paragraphs of the story in lines of at most `width` characters."""
    return [
        textwrap.wrap(
            text,
            width,
            initial_indent=first,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for text in dump.story.paragraphs
    ]


def furniture_wrapped(dump: Dump, text: str, width: int) -> None:
    """Write one text of furniture over several lines, recorded as it reads unbroken."""
    dump.n(*textwrap.wrap(text, width, break_on_hyphens=False))
    dump.mark(text)


def by(dump: Dump, form: str = "By {}") -> list[str]:
    """Return the byline and claim its authors; nothing if nobody is named."""
    return [form.format(dump.authors())] if dump.story.authors else []


def indented_wrap(dump: Dump) -> None:
    """A typist's copy: 66 columns, every paragraph indented, no blank lines at all."""
    dump.n(dump.story.title)
    dump.f(*by(dump, "Words: {}"), f"{dump.outlet()}, {dump.date('day-long')}, page 7")
    for lines in wrapped(dump, 66, first="    "):
        dump.n(*lines)
    dump.f("-30-", "Typed up from the bound volume, County Reading Room.")


def wrapped_with_furniture(dump: Dump) -> None:
    """A terminal browser's dump: 72 columns, blank lines, and the page's sentences wrapped too."""
    furniture_wrapped(
        dump,
        "You have 2 free articles left this month. Create an account to keep reading, or sign in if you are already a member of our readers' circle.",
        72,
    )
    dump.n("")
    dump.f("[1]Front page   [2]Town Hall   [3]Schools   [4]Sport   [5]Letters", "")
    dump.n(*textwrap.wrap(dump.story.title, 72), "")
    dump.f(*by(dump, "Reported by {}"), f"First printed {dump.date('dmy')}", "")
    for index, lines in enumerate(wrapped(dump, 72)):
        dump.n(*lines, "")
        if index == 2:
            furniture_wrapped(
                dump,
                "Our journalism is funded by readers like you. If you value careful reporting from this valley, please consider giving whatever you can afford, even a small sum.",
                72,
            )
            dump.n("")
    furniture_wrapped(
        dump,
        "We have updated our terms. By staying on this site you agree to the new terms of service and to our notice about personal data.",
        72,
    )
    dump.n("")
    dump.f(f"(c) {dump.story.published[:4] if dump.story.published else '2022'} {dump.outlet()}")


def forwarded_mail(dump: Dump) -> None:
    """A mail somebody forwarded with a note above it and a signature below."""
    story = dump.story
    dump.f(
        "Thought of you when I read this!! See below. xx",
        "",
        "---------- Forwarded message ---------",
    )
    dump.f("From: Renske Aldous <renske@post.example>", "Date: Tue, 14 Sep 2027 at 08:12")
    dump.f(f"Subject: Fwd: {story.title}", "To: <walking-group@lists.example>", "", "")
    dump.f(f"from {dump.outlet()}, {dump.date('long')}:", "")
    dump.n(story.title, "")
    dump.f(*by(dump, "by {}"), "")
    for text in story.paragraphs:
        dump.n(text, "")
    dump.f("--", "Renske", "Sent from my tablet, please excuse typos")
    dump.f("You received this message because you are subscribed to the group Walking Group.")


def quoted_mail(dump: Dump) -> None:
    """A story quoted in a reply: "> " before every paragraph, each on one line."""
    story = dump.story
    dump.f("Here is the piece I meant. I do not agree with all of it.", "")
    dump.f("On 3 March 2028 at 19:44, Odile Parrish <odile@post.example> wrote:", "")
    dump.n("> " + story.title, ">")
    dump.f(f"> {dump.outlet()}, {dump.date('long')}", *by(dump, "> {}"))
    dump.n(">")
    for text in story.paragraphs:
        dump.n("> " + text, ">")
    dump.f(
        "> Read it on the web, it has pictures there",
        "",
        "Odile, can you bring the cutting on Sunday?",
    )


def news_database(dump: Dump) -> None:
    """A press database's download, fields in the manner of a law library's."""
    story = dump.story
    words = sum(len(text.split()) for text in story.paragraphs)
    dump.f(
        "3 of 41 DOCUMENTS", "", dump.outlet(), "", f"{dump.date('day-long')}", "City Edition", ""
    )
    dump.n(story.title, "")
    dump.f(
        *by(dump, "BYLINE: {}, Staff Writer"),
        f"SECTION: {story.section}; Pg. A4",
        f"LENGTH: {words} words",
        "",
    )
    for lines in wrapped(dump, 76):
        dump.n(*lines, "")
    dump.f(
        f"LOAD-DATE: {dump.date('long', days=2)}",
        "LANGUAGE: ENGLISH",
        "PUBLICATION-TYPE: Newspaper",
        "",
    )
    dump.f(f"Copyright {(story.published or '')[:4]} {dump.outlet()}", "All Rights Reserved")


def library_export(dump: Dump) -> None:
    """A library's full-text export: the text, then a table of fields with a colon each."""
    story = dump.story
    dump.n(story.title)
    dump.f(f"{'; '.join(story.authors)}." if story.authors else "Anonymous.")
    if story.authors:
        dump.authors()
    dump.f(f"{dump.outlet()}; Orme Falls [Orme Falls]. {dump.date('dmy')}: B.6.", "")
    dump.f("Find a copy in the library | Cite | Email | Save to My Research", "", "Full text")
    for text in story.paragraphs:
        dump.n(text)
    dump.f(
        "",
        "Word count: 508",
        "(Copyright the publisher. Reproduced with permission of the copyright owner. Further reproduction prohibited without permission.)",
        "",
        "DETAILS",
    )
    dump.f(
        "Subject: Local government; Public works",
        f"Publication title: {dump.outlet()}",
        "First page: B.6",
    )
    dump.f(
        f"Publication date: {dump.date('abbr')}",
        "Place of publication: Orme Falls",
        "ISSN: 00000000",
    )
    dump.f(
        "Document type: News",
        "ProDocument ID: 2204417790",
        "Last updated: 2031-04-09",
        "Database: Regional Newsstream",
    )


def print_view_copy(dump: Dump) -> None:
    """A print view that was copied: the browser's head and foot lines between the paragraphs."""
    story = dump.story
    pages = max(2, len(story.paragraphs) // 5)
    dump.f(f"{story.title} - {dump.outlet()}", "")
    dump.n(story.title, "")
    dump.f(
        *by(dump, "Author: {}"),
        f"Posted {dump.date('us', '12')}",
        "Print this page   Close window",
        "",
    )
    page = 1
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index % 5 == 4 and page < pages:
            dump.f(f"Page {page} of {pages}", f"{story.url}?print=1    03/05/2031, 10:12", "")
            page += 1
    dump.f(
        f"Page {page} of {pages}",
        f"{story.url}?print=1    03/05/2031, 10:12",
        "Printed from the web edition.",
    )


def radio_transcript(dump: Dump) -> None:
    """A radio programme's transcript: the station's credits above and below, a host's label inside."""
    story = dump.story
    dump.f(
        "[THEME MUSIC]",
        "TRANSCRIPT - Auto-generated text may contain errors. Check against audio before quoting.",
    )
    dump.f(f"Heard on: {dump.outlet()}", f"Air date: {dump.date('long')}", "")
    dump.n(story.title, "")
    dump.f("LISTEN 6:14", "Download | Embed | Queue", "")
    for index, text in enumerate(story.paragraphs):
        dump.n(
            f"{'PRESENTER' if index % 4 == 0 else 'REPORTER'}: {text}"
            if ": " not in text[:4]
            else text,
            "",
        )
    dump.f(
        "[MUSIC FADES]",
        "This program is produced by Dell Amory with help from Suki Brandvold. Our engineer is Pat Quell.",
    )
    dump.f(
        "Support for this station comes from Lowland Savings Bank and from listeners who give monthly."
    )
    dump.f("Transcripts are created on a rush deadline and may not be in their final form.")


def menus_and_link_farm(dump: Dump) -> None:
    """A crawler's text of a portal: forty menu lines before the headline, sixty links after the end."""
    story = dump.story
    dump.f("Jump to navigation", *SECTIONS, "My account", "Log out", "")
    dump.n(story.title)
    dump.f(*by(dump, "{} / newsroom"), dump.date("uk", "24"), "A- A+", "Listen to this page")
    for index, text in enumerate(story.paragraphs):
        dump.n(text)
        if index == 1:
            dump.f("Don't miss:", headlines(dump, 3)[0])
    dump.f("Topics on this page", "towns", "water", "planning", "You might have missed")
    for number, line in enumerate(headlines(dump, 12)):
        dump.f(line, f"{number + 2} hours ago")
    dump.f(
        "Elsewhere in the group",
        *(
            f"{a} {b}"
            for a in ("Valley", "Harbour", "Upland", "Ferry Lane")
            for b in ("Bulletin", "Motors", "Homes", "Jobs", "Dating", "Tickets", "Auctions")
        ),
    )
    dump.f(
        "Complaints",
        "Editors' code",
        "Modern slavery statement",
        "Do not sell my data",
        f"© {dump.outlet()}",
    )


def rss_reader_export(dump: Dump) -> None:
    """An article saved out of a feed reader, its fields in square brackets, tags below."""
    story = dump.story
    dump.f(
        "[Starred] [Unread] [Feed: Morning river]",
        f"[Source] {dump.outlet()}",
        f"[Date] {dump.date('iso', '24')}",
        *by(dump, "[Author] {}"),
        "",
    )
    dump.n(f"{story.title}", "")
    for text in story.paragraphs:
        dump.n(text, "")
    dump.f(f"The post {story.title} appeared first on {dump.outlet()}.", "")
    dump.f(
        "#saved #tolater", "Visit website | Mark as unread | Next item: " + headlines(dump, 1)[0]
    )


def message_forward(dump: Dump) -> None:
    """A messenger's export: time stamps, a channel's head and view count, calls to subscribe."""
    story = dump.story
    dump.facts["url"] = story.url
    dump.f(
        "[08/11/2028, 19:02:11] Wout: look at this",
        f"[08/11/2028, 19:02:40] Wout: Forwarded from {dump.outlet()} | News",
        "",
    )
    dump.n(f"\u2757\ufe0f {story.title}", "")
    for text in story.paragraphs:
        dump.n(text, "")
    dump.f(
        f"\U0001f449 Full report: {story.url}",
        "Subscribe \u27a1\ufe0f @rivernewsdaily",
        "1.4K views",
        "\U0001f44d 58 \U0001f525 12",
        "[08/11/2028, 19:05:02] Minke: <Media omitted>",
        "[08/11/2028, 19:05:30] Minke: Unbelievable!! Who else knew??",
    )


def archive_capture(dump: Dump) -> None:
    """A page out of a web archive: the archive's bar above, with dates of capture that mean nothing."""
    story = dump.story
    dump.facts["url"] = story.url
    dump.f(
        f"Snapshot of {story.url}",
        "41 captures",
        "11 Feb 2029 - 30 Dec 2031",
        "About this capture",
        "COLLECTED BY: Riverbank Crawls",
        "Archived from the original on 11 February 2029.",
        "",
    )
    dump.f(" / ".join(SECTIONS[2:8]), "")
    dump.n(story.title)
    dump.f(*by(dump, "Story by {}"), f"Date: {dump.date('long')}", "")
    for text in story.paragraphs:
        dump.n(text, "")
    dump.f(
        f'Retrieved from "{story.url}"',
        "This page was last edited by an unknown user.",
        "TIMESTAMPS",
        "loading",
        f"(C) {dump.outlet()}",
    )


def paper_extract(dump: Dump) -> None:
    """Text drawn from an e-paper: folios, jump lines and box heads between the paragraphs."""
    story = dump.story
    outlet = dump.outlet()
    dump.f(
        f"{outlet.upper()}  \u2022  {dump.date('day-long').upper()}  \u2022  A3",
        "LOCAL & REGION",
        "",
    )
    dump.n(story.title)
    dump.f(*[line.upper() for line in by(dump, "By {}")], f"{outlet.upper()} STAFF")
    for index, text in enumerate(story.paragraphs):
        dump.n(text)
        if index == 1:
            dump.f("INSIDE", f"{headlines(dump, 1)[0]}. Page B2", "Lottery: 04 11 19 27 33")
        if index == 3:
            dump.f("See FRONT, Page A8", f"A8 {outlet} {dump.date('abbr')}", "FRONT: From Page A3")
    dump.f(
        "SPRING SALE - ALL RECLINERS MUST GO",
        "Hadley & Sons Furniture, open Sunday 11-4",
        "Call 555-0142",
        "Powered by TECNAVIEW",
    )


def clipper_note(dump: Dump) -> None:
    """A web clipper's note: key and value lines without rulers, links and images in brackets."""
    story = dump.story
    dump.f(
        f"title: {story.title}",
        f"source: {story.url}",
        f"author: {', '.join(story.authors)}" if story.authors else "author:",
        f"site: {dump.outlet()}",
        f"published: {dump.date('iso')}",
        "created: 2032-01-19",
        "tags: clippings, unread",
        "",
    )
    if story.authors:
        dump.authors()
    dump.facts["url"] = story.url
    dump.f(
        "[Skip to story](#main) [Home](/) [Sport](/sport) [Sign in](/login?next=%2F)",
        "![logo](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
        "",
    )
    dump.n(f"# {story.title}", "")
    dump.f(
        "![](https://img.example/w1200/hero.jpg)",
        "[![Share](/i/share.png)](/share) [Print](javascript:window.print())",
        "",
    )
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 2:
            dump.f(f"[{headlines(dump, 1)[0]}](/news/another-story-4471)", "")
    dump.f("* * *", "[Terms](/terms) | [Privacy](/privacy) | [Cookies](/cookies)", "")


def reader_copy(dump: Dump) -> None:
    """A reading mode's copy: host, headline, byline with minutes, odd separators between parts."""
    story = dump.story
    dump.f(story.host.removeprefix("www."), "\u2022 \u2022 \u2022")
    dump.n(story.title)
    dump.f(
        *by(dump, "{} \u00b7 3-4 minutes"),
        f"{dump.outlet()} \u2503 {dump.date('abbr')}",
        "~~~~~~~~",
    )
    for index, text in enumerate(story.paragraphs):
        dump.n(text)
        dump.n("\u2042" if index % 6 == 5 else "")
    dump.f("~ ~ ~", "Reading list | Highlights (0) | Aa | Read aloud")


def pleading_page(dump: Dump) -> None:
    """A page whose furniture is whole sentences: meters, appeals, notices, promises."""
    story = dump.story
    dump.f(
        "You have 3 free stories remaining this month.",
        "Already registered? Log in to continue where you left off.",
        "",
    )
    dump.n(story.title, "")
    dump.f(
        *by(dump, "{} reports"),
        f"{dump.outlet()} | {dump.date('dmy', '24dot')} | This story is 3 minutes long",
        "",
    )
    for index, text in enumerate(story.paragraphs):
        dump.n(text, "")
        if index == 1:
            dump.f(
                "While you are here, we have a small favour to ask. No owner tells us what to print, and that is because more than 9,000 people chip in.",
                "Chip in",
                "",
            )
        if index == 3:
            dump.f(
                "This article includes links to shops, and we may earn a little money if you buy something.",
                "",
            )
    dump.f(
        "If you spot a mistake in this story, please tell our standards desk.",
        "Do you know more? Write to our reporters in confidence.",
        "We use your address only to send you what you asked for, and never pass it on.",
        "Thank you for reading to the end. Here is something lighter.",
        headlines(dump, 1)[0],
    )


def live_page(dump: Dump) -> None:
    """A live blog copied: key points, time stamps, share words after each entry."""
    story = dump.story
    dump.f("LIVE", "Updated 4 minutes ago", "12 new posts - click to load", "")
    dump.n(story.title, "")
    dump.f(
        f"Follow along with {dump.authors()}",
        f"{dump.outlet()}, {dump.date('dmy')}",
        "Jump to latest",
        "",
    )
    for block in story.blocks:
        if block.kind == "entry":
            dump.n(block.lines[0])
            dump.n(block.lines[1])
        else:
            dump.n(" ".join(block.lines), "")
            dump.f("Copy link to post", "")
    dump.f("Load earlier posts", "Get alerts for this story", *headlines(dump, 3))


def page_tail_first(dump: Dump) -> None:
    """A headless browser's text: cookie wall and subscription box before all else, twice the menu."""
    story = dump.story
    dump.f(
        "Your privacy, your choice",
        "With your consent, we and 88 vendors store information on this device.",
        "Agree and proceed",
        "Only essential",
        "",
    )
    dump.f(*SECTIONS[:9], "")
    dump.f(*SECTIONS[:9], "", "Home delivery from \u00a34.20 a week", "See offers", "")
    dump.n(story.title)
    dump.f(*by(dump, "{}, correspondent"), f"{dump.date('us', '12')} (edited)", "")
    for text in story.paragraphs:
        dump.n(text, "")
    dump.f(
        "Conversation (28)",
        "Sort by: newest",
        "tidewaiter: They said the same in 2011 and look how that went.",
        "Reply",
        "Report abuse",
        "Vesper_L: Nobody asked the people who live there.",
        "Reply",
        "",
        *headlines(dump, 5),
        "",
        f"Published by {dump.outlet()}, 4 Quay Street. VAT no. GB000000000.",
    )


Plan = list[tuple[Callable[[Dump], None], list[str]]]

STYLES: Plan = [
    (indented_wrap, ["brandt-verdict", "bakery-profile", "toll-booths"]),
    (wrapped_with_furniture, ["harbour-vote", "school-budget", "ferry-engine"]),
    (forwarded_mail, ["pool-lifeguards", "seed-vault", "night-market"]),
    (quoted_mail, ["opinion-benches", "mountain-rescue"]),
    (news_database, ["rates-hold", "ridge-fire", "school-bus-poll"]),
    (library_export, ["orchestra-bus", "brief-bridge", "cellar-coins"]),
    (print_view_copy, ["glacier-core", "transit-strike", "mountain-rescue"]),
    (radio_transcript, ["heat-record", "lynx-study", "school-budget"]),
    (menus_and_link_farm, ["derby-match", "ridge-fire", "heat-record"]),
    (rss_reader_export, ["night-market", "interview-coach"]),
    (message_forward, ["mountain-rescue", "vaccine-lab", "brief-bridge"]),
    (archive_capture, ["ridge-fire", "toll-booths", "lynx-study"]),
    (paper_extract, ["rates-hold", "bakery-profile", "harbour-vote", "heat-record"]),
    (clipper_note, ["transit-strike", "brandt-verdict", "school-bus-poll"]),
    (reader_copy, ["cellar-coins", "obituary-vasari", "vaccine-lab"]),
    (pleading_page, ["opinion-benches", "ferry-engine", "bakery-profile"]),
    (live_page, ["storm-live"]),
    (page_tail_first, ["rates-hold", "obituary-vasari", "listicle-gardens"]),
]


def more_dumps(part: str) -> list[Saved]:
    """Return the dumps of these styles; all of them are dev's."""
    return in_styles(Dump, STYLES) if part == "dev" else []
