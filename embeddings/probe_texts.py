"""Texts on which a conversion is compared with its original."""

from __future__ import annotations

from collections.abc import Iterator


def probe_texts(most_tokens: int) -> list[str]:
    """Return texts of all lengths up to about so many tokens, and odd ones."""
    words = most_tokens * 2 // 3
    long = " ".join(_PROSE.split() * (1 + words // len(_PROSE.split())))
    by_length = [" ".join(long.split()[at : at + length]) for at, length in _slices(words)]
    return [*by_length, *_ODD]


def _slices(words: int) -> Iterator[tuple[int, int]]:
    for number in range(24):
        yield number * 3, max(3, words * (number + 1) // 24)


_PROSE = """The council voted on Tuesday to close the tidal barrier for eleven nights in March, a \
decision that engineers had asked for since the storm of 1987 damaged two of its gates. “It is \
about time,” said Ines Varga, who has run the harbour for nine years; her office put the cost at \
612 million crowns, a third of it paid by the ministry. Ferries to Eastmere will leave from the \
northern quay, and lorries must take the bridge at Hallam. Fishermen, who lose a week of their \
best season, were promised compensation, although nobody could say when. Rainfall in February was \
the highest since records began, according to the weather service, and the river stood 40 \
centimetres above its mark when the first sandbags were laid. Opposition members called the plan \
late and expensive. A study published in 2019 found that the foundations had moved by six \
millimetres; a second one, by the university, found no movement at all."""

_ODD = (
    "Who paid for it?",
    "When will the tidal barrier at Port Hallam be closed?",
    "  Two  spaces, a tab\tand a line\nbreak  ",
    "Größere Überschwemmungen — l’été dernier, déjà! ¿Cuánto costó?",
    "港の防潮堤は三月に閉鎖される。 حاجز المد سيغلق في مارس 🌊",
    "B-52, COVID-19, $1.5bn, 3.14159 and www.example.org/path?x=1&y=2",
    "?",
)
