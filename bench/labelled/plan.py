"""Which story is saved from which system: no story and no system is in both parts."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """One saved page. `variant` is for the template: what its head and its dates are like."""

    system: str
    story: str
    variant: int = 0
    minified: bool = False
    encoding: str = "utf-8"
    suffix: str = "html"
    wording: int = 0


DEV = [
    Page("press_blog", "bakery-profile", 0),
    Page("press_blog", "school-budget", 1, wording=1),
    Page("press_blog", "es-faro", 2),
    Page("metro_daily", "harbour-vote", 0, minified=True, wording=1),
    Page("metro_daily", "ridge-fire", 1, minified=True),
    Page("metro_daily", "brief-bridge", 2, minified=True, wording=1),
    Page("broadsheet", "brandt-verdict", 0),
    Page("broadsheet", "storm-live", 1, wording=1),
    Page("broadsheet", "derby-match", 2),
    Page("cable_network", "vaccine-lab", 0, minified=True, wording=1),
    Page("cable_network", "transit-strike", 1, minified=True),
    Page("cable_network", "listicle-gardens", 2, minified=True, wording=1),
    Page("small_town", "de-museum", 0, encoding="cp1252", suffix="htm"),
    Page("small_town", "obituary-vasari", 1, encoding="cp1252", suffix="htm", wording=1),
    Page("small_town", "opinion-benches", 2, suffix="htm"),
    Page("div_soup", "interview-coach", 0, minified=True, wording=1),
    Page("div_soup", "lynx-study", 1, minified=True),
    Page("portal", "de-hochwasser", 0, wording=1),
    Page("portal", "fr-marche", 1),
    Page("portal", "zh-library", 2, wording=1),
    Page("portal", "ar-market", 3),
    Page("portal", "rates-hold", 4, wording=1),
    Page("letter_platform", "interview-coach", 0, minified=True),
    Page("letter_platform", "opinion-benches", 1, minified=True, wording=1),
    Page("ghost_magazine", "lynx-study", 0),
    Page("ghost_magazine", "fr-marche", 1, wording=1),
    Page("ghost_magazine", "listicle-gardens", 2),
    Page("civic_cms", "transit-strike", 0, wording=1),
    Page("civic_cms", "de-hochwasser", 1),
    Page("civic_cms", "es-faro", 2, wording=1),
    Page("mobile_amp", "harbour-vote", 0, minified=True),
    Page("mobile_amp", "de-museum", 1, minified=True, wording=1),
    Page("mobile_amp", "obituary-vasari", 2),
    Page("mobile_amp", "ar-market", 3, wording=1),
    Page("small_town", "cellar-coins", 2, encoding="cp1252", suffix="htm"),
    Page("press_blog", "heat-record", 0, wording=1),
    Page("broadsheet", "ferry-engine", 0),
    Page("portal", "es-biblioteca", 1, wording=1),
    Page("civic_cms", "mountain-rescue", 1),
    Page("wire_member", "mountain-rescue", 0),
    Page("wire_member", "vaccine-lab", 1, wording=1),
    Page("wire_member", "rates-hold", 0, minified=True),
    Page("lite_edition", "seed-vault", 0, wording=1),
    Page("lite_edition", "de-faehre", 1, encoding="cp1252", wording=1),
    Page("lite_edition", "fr-horloge", 0, wording=1),
]

TEST = [
    Page("block_theme", "mayor-recount", 0),
    Page("block_theme", "de-bahnhof", 1),
    Page("block_theme", "es-queso", 2),
    Page("block_theme", "hockey-final", 1),
    Page("bright_regional", "chip-factory", 0, minified=True),
    Page("bright_regional", "hockey-final", 1, minified=True),
    Page("bright_regional", "whale-bones", 2, minified=True),
    Page("public_broadcaster", "strike-hospital", 0, minified=True),
    Page("public_broadcaster", "quarry-ruling", 1, minified=True),
    Page("public_broadcaster", "flood-live", 2, minified=True),
    Page("metered_national", "long-lighthouse", 0, minified=True),
    Page("metered_national", "mayor-recount", 1, minified=True),
    Page("metered_national", "fr-train", 2, minified=True),
    Page("metered_national", "ja-train", 3, minified=True),
    Page("tech_magazine", "comet-mission", 0),
    Page("tech_magazine", "interview-translator", 1),
    Page("tech_magazine", "listicle-soups", 2),
    Page("writers_platform", "opinion-silence", 0, minified=True),
    Page("writers_platform", "long-lighthouse", 1, minified=True),
    Page("free_blog", "bees-roof", 0),
    Page("free_blog", "fr-chouette", 1),
    Page("free_blog", "obituary-drummer", 2),
    Page("site_builder", "interview-translator", 0, minified=True),
    Page("site_builder", "hi-well", 1, minified=True),
    Page("site_builder", "es-puente", 2, minified=True),
    Page("parish_portal", "de-apfel", 0),
    Page("parish_portal", "fr-train", 1),
    Page("parish_portal", "whale-bones", 2, encoding="cp1252"),
    Page("tv_station", "chip-factory", 0, minified=True),
    Page("tv_station", "bees-roof", 1),
    Page("tv_station", "strike-hospital", 2),
    Page("world_agency", "brief-recall", 0, minified=True),
    Page("world_agency", "chip-factory", 1, minified=True),
    Page("world_agency", "quarry-ruling", 2, minified=True),
    Page("print_view", "listicle-soups", 0),
    Page("free_blog", "fog-harbor", 0),
    Page("site_builder", "dance-hall", 1, minified=True),
    Page("tech_magazine", "robot-harvest", 2),
    Page("parish_portal", "fr-boulanger", 0),
    Page("bright_regional", "parking-refund", 1, minified=True),
    Page("print_view", "de-bahnhof", 1, encoding="cp1252", suffix="htm"),
    Page("print_view", "ja-train", 2, encoding="euc_jp", suffix="htm"),
]

PAGES = {"dev": DEV, "test": TEST}
