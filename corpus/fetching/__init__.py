"""Pages and feeds from the web, when a person asked for it: only public hosts, politely, bounded.

Nothing here is imported, let alone run, without --allow-network. A host's addresses are looked up
once and all checked; the connection goes to a checked address, not to the name, so that no second
look-up can lead elsewhere. Each redirect is checked like the first address. No proxy is used.
"""

from corpus.fetching.addresses import Place, check_url, is_public
from corpus.fetching.limits import MEDIA_SUFFIXES, FetchCache, Fetched, FetchLimits, Network
from corpus.fetching.visits import user_agent
from corpus.fetching.web import MAX_URLS, expand, fetch

__all__ = [
    "MAX_URLS",
    "MEDIA_SUFFIXES",
    "FetchCache",
    "FetchLimits",
    "Fetched",
    "Network",
    "Place",
    "check_url",
    "expand",
    "fetch",
    "is_public",
    "user_agent",
]
