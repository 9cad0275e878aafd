"""Which elements of a page are furniture, by what they are called: elements, roles, classes, ids.

Names are words of English, because those who build pages name things in English. A name is taken
apart ("article__relatedLinks" is article, related, links), so that "shared" is no "share".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.formats.pages.tree import Element


class Reason(NamedTuple):
    """Why a part of a page is not the article; `is_sure` if nothing may speak against it."""

    words: str
    is_sure: bool = False


_SURE_TAGS = {
    "nav": Reason("menu", is_sure=True),
    "menu": Reason("menu", is_sure=True),
    "button": Reason("button", is_sure=True),
    "search": Reason("menu", is_sure=True),
    "figcaption": Reason("caption", is_sure=True),
    "caption": Reason("caption", is_sure=True),
    "dialog": Reason("pop-up", is_sure=True),
    "amp-ad": Reason("advertisement", is_sure=True),
    "amp-consent": Reason("cookie notice", is_sure=True),
}
_TAGS = {
    "aside": Reason("outside the article"),
    "form": Reason("form"),
    "footer": Reason("footer"),
    "figure": Reason("caption"),
}
_ROLES = {
    "navigation": Reason("menu", is_sure=True),
    "menu": Reason("menu", is_sure=True),
    "menubar": Reason("menu", is_sure=True),
    "search": Reason("menu", is_sure=True),
    "button": Reason("button", is_sure=True),
    "dialog": Reason("pop-up", is_sure=True),
    "alertdialog": Reason("pop-up", is_sure=True),
    "banner": Reason("page header"),
    "complementary": Reason("outside the article"),
    "contentinfo": Reason("footer"),
}
_IN_FIGURE = ("table", "pre", "blockquote")

# The first reason whose names occur counts: what is more certain stands first.
_NAMES = {
    "cookie notice": "cookie cookies consent gdpr ccpa cmp onetrust didomi cookiebot truste "
    "usercentrics quantcast privacy-banner privacy-notice privacy-modal",
    "comments": "comment comments disqus respond livefyre commentlist coral-talk discussion",
    "embedded post": "twitter-tweet instagram-media fb-post tiktok-embed bluesky-embed "
    "mastodon-embed reddit-embed social-embed tweet-embed",
    "newsletter sign-up": "newsletter newsletters nl-signup signup sign-up subscribe subscribe-box "
    "email-signup mailing-list mailinglist optin opt-in",
    "subscription notice": "paywall regwall metered-wall subscribe-wall subscriber-wall "
    "subscription-wall registration-wall piano-offer",
    "advertisement": "ad ads advert adverts advertisement advertisements advertising adslot "
    "adsense adunit adbox adcontainer adwrapper dfp sponsor sponsored sponsorship "
    "promoted advertorial billboard leaderboard mpu skyscraper native-ad",
    "share buttons": "share sharing shares sharebar sharetools sharedaddy addthis addtoany social "
    "socials sharebuttons social-bar follow-us follow-bar follow",
    "related links": "related relateds recommended recommendation recommendations recirc "
    "recirculation readmore read-more read-next read-also also-read up-next next-up more-stories "
    "more-news more-from more-on more-like mostread most-read most-popular most-viewed most-shared "
    "popular trending teaser teasers outbrain taboola promo promos crosslinks cross-links see-also "
    "latest-news latest-stories top-stories also-like editors-picks you-may-like onward "
    "story-package linkbox link-box",
    "byline": "byline bylines author authors author-name author-bio authorbox timestamp "
    "pubdate publish-date published-date post-date entry-date article-date posted-on entry-meta "
    "post-meta article-meta story-meta meta-info metadata article-info dateblock contributor "
    "contributors reading-time read-time",
    "tags": "tags taglist tag-list topics topic-list keywords categories cat-links category-links",
    "caption": "caption captions figcaption credit credits photo-credit image-credit imgcaption "
    "cutline",
    "pull quote": "pullquote pull-quote pulled-quote",
    "support appeal": "donate donation donations contribute contribution reader-revenue epic",
    "pop-up": "modal popup pop-up overlay lightbox interstitial toast snackbar",
    "player": "player jwplayer video-player audio-player podcast-player transport-controls",
    "menu": "nav navbar navigation menu submenu breadcrumb breadcrumbs crumbs masthead topbar "
    "sitenav skip-link skiplink skip-nav pagination pager pagenav site-header "
    "page-header global-header searchform search-form search-box searchbox login sign-in signin "
    "usermenu hamburger toc ticker newsticker breaking-news alert-bar",
    "footer": "footer colophon copyright site-info legal disclaimer",
    "outside the article": "sidebar side-bar rail right-rail right-col rightcol widget widgets "
    "weather-widget stock-ticker poll quiz-promo app-promo appstore",
}
_SHEETS: tuple[tuple[Reason, frozenset[str]], ...] = tuple(
    (Reason(words), frozenset(names.split())) for words, names in _NAMES.items()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_FILED_UNDER = re.compile(r"(?:category|tag)-(?!list|links)")
_MAX_NAME_CHARS = 300
_STATES = ("has", "no", "with", "without", "is", "js", "hide", "show", "not")
"""Words before a name that make it a statement about something else: "has-share", "no-sidebar"."""


def reason_of(element: Element, tag: str, *, in_article: bool) -> Reason | None:
    """Say why an element is furniture, by its own name alone; None if nothing says so.

    `in_article` tells whether an article or main element is around it.
    """
    if tag in _SURE_TAGS:
        return _SURE_TAGS[tag]
    if tag in ("html", "body"):
        return None
    values = element.attrib
    role = values.get("role")
    if role in _ROLES:
        return _ROLES[role]
    reason = _named(values.get("class", ""), values.get("id", "")) if values else None
    if reason is not None:
        return reason
    if tag == "figure":
        return None if any(True for _ in element.iter(*_IN_FIGURE)) else _TAGS[tag]
    if tag == "header":
        return None if in_article else _ROLES["banner"]
    return _TAGS.get(tag)


@lru_cache(maxsize=4096)
def _named(classes: str, identity: str) -> Reason | None:
    found = {
        name
        for part in f"{classes} {identity}"[:_MAX_NAME_CHARS].split()
        if not _FILED_UNDER.match(part)
        for name in _words_and_pairs(part)
    }
    return next((reason for reason, names in _SHEETS if not names.isdisjoint(found)), None)


def _words_and_pairs(name: str) -> list[str]:
    words = [word.lower() for word in _WORD.findall(name)]
    if any(word in _STATES for word in words[:-1]):
        return []
    return words + [f"{first}-{second}" for first, second in pairwise(words)]
