"""Scripts and style sheets as pages carry them: no words of an article in them, and many bytes."""

from __future__ import annotations

from random import Random

_NAMES = "init track config render queue event slot bid player modal consent beacon loader hydrate"
_PROPERTIES = "margin padding width height color font-size line-height z-index opacity top left"
_CLASSES = "btn nav card hero grid row col icon modal share menu teaser badge promo drawer toast"
_STRINGS = (
    "An error occurred. Please try again later.",
    "You are offline",
    "Loading more stories",
    "Please enable cookies to continue.",
    "Session expired on January 1, 1970",
    "datePublished",
    "© 2015 All rights reserved",
)


def script(rng: Random, kilobytes: int) -> str:
    """Return JavaScript of about this size, minified."""
    out = ["!function(w,d){'use strict';w.dataLayer=w.dataLayer||[];"]
    size, names = 0, _NAMES.split()
    while size < kilobytes * 1024:
        name, letter = rng.choice(names), rng.choice("abcdefghkmnprtuvxyz")
        out.append(
            f"function {letter}{rng.randrange(999)}({letter},n){{"
            f"if(n<{rng.randrange(9999)}&&{letter})"
            f'{{w.{name}("{rng.getrandbits(64):x}",{rng.random():.6f})}}else{{d.querySelector(".{name}'
            f'-{rng.randrange(99)}").textContent="{rng.choice(_STRINGS)}"}}return{letter}>n}}'
        )
        size += len(out[-1])
    return "".join(out) + "}(window,document);"


def style(rng: Random, kilobytes: int) -> str:
    """Return a style sheet of about this size."""
    out, size = [], 0
    names, properties = _CLASSES.split(), _PROPERTIES.split()
    while size < kilobytes * 1024:
        rules = ";".join(f"{rng.choice(properties)}:{rng.randrange(96)}px" for _ in range(4))
        out.append(f".{rng.choice(names)}-{rng.getrandbits(24):06x}{{{rules}}}")
        size += len(out[-1])
    return "".join(out)


def data_uri(rng: Random, kilobytes: int) -> str:
    """Return an inline image: bytes that look like base64."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return "data:image/png;base64," + "".join(rng.choices(letters, k=kilobytes * 1024))
