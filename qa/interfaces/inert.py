"""Any text as HTML that says it and does nothing; the only place that escapes.

Every ASCII character that is not a letter, a digit or a space becomes a character reference, so
that neither HTML nor Markdown is read in it.
"""

from __future__ import annotations

# Embeddings, overrides and isolates can make a quotation read differently from what it says.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SURROGATES = range(0xD800, 0xE000)


def escape(text: str) -> str:
    r"""Return `text` as inert HTML whose text content is `text` again.

    NUL and lone surrogates, which no page can hold, become U+FFFD. Controls of writing direction
    are each wrapped in an element of their own, where they turn nothing around. A line break is
    kept in the text but shown as a space.

    >>> escape("<b>")
    '&#60;b&#62;'
    """
    return "".join(map(_escape_character, text))


def _escape_character(character: str) -> str:
    code = ord(character)
    if code == 0 or code in _SURROGATES:
        return "\ufffd"
    if character in _BIDI_CONTROLS:
        return f'<bdi class="turn">{character}</bdi>'
    if character == "\n":
        return '<span class="newline">&#10;</span>'
    if code > 127 or character.isalnum() or character == " ":
        return character
    return f"&#{code};"


def escape_name(name: str) -> str:
    """Return the letters, digits, hyphens and underscores of a name: all that an id is made of."""
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_"))
