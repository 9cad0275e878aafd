"""What a document's properties say: are they facts, or what a program writes when nobody does?"""

from __future__ import annotations

import re

# What programs write where the title should be.
_NO_TITLE = re.compile(
    r"""
      microsoft\s(?:word|powerpoint|excel)\b.* | untitled.* | unnamed.* | unknown | print | title
    | (?:word\s)?document\s?\d* | \(?anonymous\)? | (?:slide|layout|page)\s\d+
    | (?:https?:|file:|[a-z]:\\).*
    | .*\.(?:docx?|indd|pdf|x?html?|rtf|odt|tex|dvi|qxd|pptx?|txt)
    """,
    re.I | re.S | re.X,
)
_NO_AUTHOR = re.compile(
    r"\(?anonymous\)?|unknown|admin(?:istrator)?|user|root|owner|guest|author|python-docx|.*[@\\/].*",
    re.I | re.S,
)
_TITLE_CHARS = range(4, 251)
_MAX_AUTHORS_CHARS = 300


def plain(text: str) -> str:
    r"""Return a text on one line, without white space at its ends and without control characters.

    >>> plain(" A\x00 \n title ")
    'A title'
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def stated_title(text: str | None) -> str | None:
    """Return the stated title if a person may have written it.

    >>> stated_title("Microsoft Word - bridge.doc"), stated_title("The bridge opens")
    (None, 'The bridge opens')
    """
    title = plain(text or "")
    is_title = len(title) in _TITLE_CHARS and not _NO_TITLE.fullmatch(title) and _has_words(title)
    return title if is_title else None


def _has_words(title: str) -> bool:
    """Say whether most of a title's words are words, and not numbers and codes: "nfs-31-2 114"."""
    words = [word.strip(".,:;!?()[]'’‘\"“”«»") for word in title.split()]
    # "north-east" and "O'Dowd's" are words, "PR_turbine_v3" and "p0114" are none.
    n_words = sum(re.sub(r"['’‐-]", "", word).isalpha() for word in words)
    return 2 * n_words > len(words)


def stated_authors(text: str | None) -> tuple[str, ...]:
    """Return the names in a field of authors; none if a program filled it.

    >>> stated_authors("Ada Fenn; Bo Lund"), stated_authors("Administrator")
    (('Ada Fenn', 'Bo Lund'), ())
    """
    names = plain(text or "")
    if len(names) > _MAX_AUTHORS_CHARS:
        return ()
    found = (name.strip() for name in re.split(r"[;,]", names))
    # "office" is what a computer is called, or who logs in.
    return tuple(n for n in found if n and not n.islower() and not _NO_AUTHOR.fullmatch(n))


def said(error: BaseException | None) -> str:
    """Return what a library's error says, short and on one line, for a message of ours."""
    return plain(str(error))[:200].rstrip(". ") or type(error).__name__
