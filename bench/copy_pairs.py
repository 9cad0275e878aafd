"""Labelled pairs of articles: copies, edited copies, other reports of the event, and unrelated ones.

The reports are written for this purpose; events, places, outlets and people are invented. Each
event has a report, for most also one that another reporter might have written, with the same
names, figures and quotation, and another wording of the first paragraph. Copies are made of these
by what desks do to agency reports. Events belong to `dev` or to `test`, never to both.
"""

# ruff: noqa: E501 (a sentence of a report is one line)

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

Paragraphs = list[list[str]]
Edit = Callable[[Paragraphs, "Event", random.Random], Paragraphs]


@dataclass(frozen=True)
class Event:
    """An invented event: its report, another reporter's one and other first paragraphs, if any."""

    name: str
    part: str
    language: str
    lead: Paragraphs
    report: Paragraphs
    other: Paragraphs


@dataclass(frozen=True)
class Pair:
    """Two texts; `kind` says what was done, after the colon how."""

    part: str
    kind: str
    name: str
    text_a: str
    text_b: str

    @property
    def label(self) -> str:
        """One of copy, edited, event, unrelated, digest, series."""
        return self.kind.split(":")[0]

    @property
    def is_copy(self) -> bool:
        """Whether one report is in both."""
        return self.label in ("copy", "edited")


def events(part: str) -> list[Event]:
    """Return the events of a part."""
    found = [_event(block) for block in REPORTS.split("## ")[1:]]
    return [event for event in found if event.part == part]


def _event(block: str) -> Event:
    head, *sections = re.split(r"^-- (?:lead|report|other)\n", block, flags=re.MULTILINE)
    name, part, language = head.strip().split(" | ")
    texts = [_paragraphs(section) for section in sections] + [[]]
    return Event(name, part, language, *texts[:3])


def _paragraphs(text: str) -> Paragraphs:
    return [block.split("\n") for block in text.strip().split("\n\n") if block]


def as_text(paragraphs: Paragraphs, event: Event) -> str:
    """Join sentences with a space, but not in Chinese and Japanese."""
    space = "" if event.language in ("zh", "ja") else " "
    return "\n\n".join(space.join(sentences) for sentences in paragraphs)


OUTLETS = ("Orme Courier", "The Daily Lantern", "Westmark Post", "Harbour Gazette", "Channel Nine")
LOCAL = {
    "en": [
        "In our own district the news was followed closely, and the town hall said on request that comparable cases were not known here.",
        "Readers who remember what happened at the old brickworks in our town eleven years ago will find much of this familiar.",
        "The member for our constituency, Wilfred Anstey, has tabled a question about it and hopes for an answer before the holidays.",
    ],
    "de": [
        "Auch in unserem Landkreis wird die Entwicklung aufmerksam verfolgt, wie ein Sprecher des Landratsamts auf Anfrage mitteilte."
    ],
    "fr": [
        "Dans notre département, la mairie suit la situation de près et rappelle les consignes habituelles aux habitants."
    ],
    "es": [
        "En nuestra comarca el ayuntamiento sigue de cerca la situación y recuerda a los vecinos los consejos habituales."
    ],
    "zh": ["本市有关部门表示，正在密切关注此事，目前尚未发现类似情况，市民不必过分担心。"],
    "ja": [
        "本市の担当者は取材に対し、状況を注意深く見守っていると述べ、市民に落ち着いた行動を呼びかけた。"
    ],
}
NEWS = {
    "en": [
        [
            "Late in the evening the authorities announced that they would brief the public again at noon the following day.",
            "Until then, they said, no further figures would be given out.",
        ],
        [
            "In a first reaction the leader of the opposition called for a special session of parliament.",
            "A date has not been agreed, and several parties want to wait for more information.",
        ],
    ],
    "de": [
        [
            "Am späten Abend kündigten die Behörden für Freitagmittag eine weitere Unterrichtung an.",
            "Bis dahin würden keine neuen Zahlen genannt.",
        ],
        [
            "Die Opposition verlangte eine Sondersitzung des Landtags.",
            "Ein Termin dafür steht noch nicht fest.",
        ],
    ],
    "fr": [
        [
            "Tard dans la soirée, les autorités ont annoncé un nouveau point de presse pour le lendemain à midi.",
            "Aucun autre chiffre ne sera donné d'ici là.",
        ],
        [
            "L'opposition a réclamé une séance extraordinaire de l'assemblée.",
            "Aucune date n'a été fixée.",
        ],
    ],
    "es": [
        [
            "Ya entrada la noche, las autoridades anunciaron otra comparecencia para el mediodía siguiente.",
            "Hasta entonces no se darán más cifras.",
        ],
        ["La oposición reclamó un pleno extraordinario.", "Todavía no hay fecha para ese debate."],
    ],
    "zh": [
        ["当天深夜，有关部门宣布将于次日中午再次召开发布会。", "在此之前不会公布新的数字。"],
        ["市人大代表要求就此举行专题会议。", "会议日期尚未确定。"],
    ],
    "ja": [
        [
            "同日深夜、当局は翌日正午に改めて会見を開くと発表した。",
            "それまで新しい数字は公表しないという。",
        ],
        ["野党は臨時の委員会を開くよう求めた。", "日程はまだ決まっていない。"],
    ],
}
# British or literary to American or plain, a number or title to the way another desk writes it.
STYLE = [
    (r"\b(\d+(?:\.\d+)?) percent\b", r"\1%"), (r"\bM(?:rs?|s)\. ", ""), (r"\b(?:Dr|Prof)\. ", ""),
    (r"metres\b", "meters"), (r"\bcentre\b", "center"), (r"\bneighbour", "neighbor"), (r"\btonnes\b", "tons"),
    (r"\bcolour", "color"), (r"harbour", "harbor"), (r"\bhonour", "honor"), (r"\bministry of", "Ministry of"),
    (r"\bbecause\b", "as"), (r"\bnevertheless\b", "still"), (r"\babout (\d)", r"around \1"), (r"\bmore than (\d)", r"over \1"),
    (r"\btwelve\b", "12"), (r"\beleven\b", "11"), (r"\bfourteen\b", "14"), (r"\bnineteen\b", "19"), (r"\bthree (?=[a-z])", "3 "),
    (r"\bon (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", r"\1day"), (r"\bannounced\b", "said"), (r"(\d),(\d{3})\b", r"\1\2"),
    (r"\bProzent\b", "%"), (r"\brund\b", "etwa"), (r"\bsagte\b", "erklärte"), (r"\bQuelque\b", "Environ"), (r"\bSelon\b", "D'après"),
    (r"\bUnas\b", "Cerca de"), (r"\bdeclaró\b", "dijo"), ("约", "大约"), ("表示", "称"), ("によると", "では"), ("などの", "等の"),
]  # fmt: skip


def house_style(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    def restyle(sentence: str) -> str:
        for pattern, other in STYLE:
            sentence = re.sub(pattern, other, sentence)
        return sentence

    return [[restyle(sentence) for sentence in sentences] for sentences in paragraphs]


def typography(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    marks = rng.choice([("“", "”"), ("‘", "’"), ("«", "»")])

    def reset(sentence: str) -> str:
        sentence = re.sub(r'["„“«「] ?(.+?) ?["“”»」]', rf"{marks[0]}\1{marks[1]}", sentence)
        return sentence.replace("'", "’").replace(" — ", " – ").replace("...", "…")

    return [[reset(sentence) for sentence in sentences] for sentences in paragraphs]


def typing_errors(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    def mistype(sentence: str) -> str:
        letters = list(sentence)
        for at in range(1, len(letters) - 1):
            if rng.random() < 1 / 150 and letters[at].isalpha():
                letters[at] = rng.choice(["", letters[at] * 2, letters[at - 1]])
        return "".join(letters)

    return [[mistype(sentence) for sentence in sentences] for sentences in paragraphs]


def first_part(paragraphs: Paragraphs, share: float) -> Paragraphs:
    wanted = round(share * sum(map(len, paragraphs)))
    kept: Paragraphs = []
    for sentences in paragraphs:
        kept.append(sentences[:wanted])
        wanted -= len(kept[-1])
    return [sentences for sentences in kept if sentences]


def to_third(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    return first_part(paragraphs, 1 / 3)


def to_half(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    return first_part(paragraphs, 1 / 2)


def drop(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    gone = set(rng.sample(range(1, len(paragraphs)), k=min(2, len(paragraphs) - 1)))
    return [sentences for at, sentences in enumerate(paragraphs) if at not in gone]


def thin_out(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    thinned = [[s for s in sentences if rng.random() > 0.35] for sentences in paragraphs]
    return [sentences for sentences in [paragraphs[0], *thinned[1:]] if sentences]


def reorder(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    rest = paragraphs[1:]
    rng.shuffle(rest)
    return [paragraphs[0], *rest]


def add_local(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    at = rng.randint(1, len(paragraphs))
    return [*paragraphs[:at], [rng.choice(LOCAL[event.language])], *paragraphs[at:]]


def new_lead(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    first = event.lead or [[NEWS[event.language][0][0]]]
    return [*first, *([paragraphs[0][1:]] if paragraphs[0][1:] else []), *paragraphs[1:]]


def join_and_split(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    def recut(sentences: list[str]) -> list[str]:
        text = "\n".join(sentences)
        text = re.sub(r", and (?=[a-z])", ".\nIn addition, ", text)
        text = re.sub(r", (?:but|while) (?=[a-z])", ".\nHowever, ", text)
        text = re.sub(r"\.\n(He|She|It|They) ", lambda m: f"; {m[1].lower()} ", text)
        return re.sub(r"，(?=[^，。\n]{8,}。)", "。\n", text, count=1).split("\n")

    return [recut(sentences) for sentences in paragraphs]


def shorten_sentences(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    def cut(sentence: str) -> str:
        head, comma, _ = sentence.rpartition(", ")
        return head + "." if comma and len(head) > 50 and rng.random() < 0.5 else sentence

    return [[cut(sentence) for sentence in sentences] for sentences in paragraphs]


def update(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    first, second = NEWS[event.language]
    return [first, *paragraphs[:2], second, *paragraphs[2:]]


def dateline(paragraphs: Paragraphs, event: Event, rng: random.Random) -> Paragraphs:
    first = re.sub(r"^[A-Z][A-Z ]+(?:, \w+)? — ", "", paragraphs[0][0])
    return [[f"PORT SORREL ({rng.choice(OUTLETS)}) – {first}", *paragraphs[0][1:]], *paragraphs[1:]]


def dress(text: str, outlet: str, headline: str) -> str:
    """Put what an outlet puts around its articles around a text."""
    day = 3 + OUTLETS.index(outlet)
    return (
        f"{outlet}\n\n{headline}\n\nBy our staff and agencies\nPublished {day} March, 18:4{day}\n\n{text}\n\n"
        f"Sign up for the {outlet} morning letter and never miss a story.\n\n"
        f"© {outlet} Media Ltd. All rights reserved. This material may not be published, broadcast or redistributed."
    )


LIGHT: list[Edit] = [house_style, typography, typing_errors, dateline]
HEAVY: list[Edit] = [
    *(to_third, to_half, drop, thin_out, reorder, add_local, new_lead, join_and_split),
    *(shorten_sentences, update),
]
COMBINED: list[list[Edit]] = [
    [to_third, house_style, add_local],
    [to_half, new_lead, house_style],
    [drop, join_and_split, typing_errors],
    [new_lead, thin_out, dateline],
    [update, house_style, typography],
    [reorder, shorten_sentences, add_local],
]


class Maker:
    """Makes the pairs of one part; the same ones each time."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.events = events(part)
        self.rng = random.Random(f"copies {part}")

    def pairs(self) -> list[Pair]:
        """Return all pairs of the part."""
        return [
            *(pair for event in self.events for pair in self._copies(event)),
            *(pair for event in self.events if event.other for pair in self._same_event(event)),
            *self._unrelated(),
            *self._digests(),
            *self._series(),
        ]

    def _pair(self, kind: str, name: str, text_a: str, text_b: str) -> Pair:
        return Pair(self.part, kind, name, text_a, text_b)

    def _edited(self, event: Event, edits: list[Edit], *, other: bool = False) -> str:
        paragraphs = [list(p) for p in (event.other if other else event.report)]
        for edit in edits:
            paragraphs = edit(paragraphs, event, self.rng)
        return as_text(paragraphs, event)

    def _dressed(self, event: Event, text: str, outlet: str | None = None) -> str:
        headline = f"{event.name.title()}: {self.rng.choice(['what we know', 'the latest', 'a long night', 'questions remain'])}"
        return dress(text, outlet or self.rng.choice(OUTLETS), headline)

    def _copies(self, event: Event) -> Iterator[Pair]:
        report = self._edited(event, [])
        yield self._pair("copy:same", event.name, report, report.replace("\n\n", "\n"))
        yield self._pair("copy:dressed", event.name, report, self._dressed(event, report))
        light = self.rng.sample(LIGHT, k=2)
        for edit in light:
            copy = self._dressed(event, self._edited(event, [edit]))
            yield self._pair(f"copy:{edit.__name__}", event.name, report, copy)
        for edit in HEAVY:
            copy = self._edited(event, [edit])
            if self.rng.random() < 0.5:
                copy = self._dressed(event, copy)
            yield self._pair(f"edited:{edit.__name__}", event.name, report, copy)
        for edits in self.rng.sample(COMBINED, k=4):
            name = "+".join(edit.__name__ for edit in edits)
            yield self._pair(f"edited:{name}", event.name, report, self._edited(event, edits))
        first, second = self.rng.sample(COMBINED[1:], k=2)
        one, two = (self._dressed(event, self._edited(event, edits)) for edits in (first, second))
        yield self._pair("edited:both sides", event.name, one, two)

    def _same_event(self, event: Event) -> Iterator[Pair]:
        report, other = self._edited(event, []), self._edited(event, [], other=True)
        yield self._pair("event:plain", event.name, report, other)
        outlet = self.rng.choice(OUTLETS)
        in_one = [self._dressed(event, text, outlet) for text in (report, other)]
        yield self._pair("event:one outlet", event.name, *in_one)
        edits: list[Edit] = [house_style, to_half]
        halves = self._edited(event, edits), self._edited(event, edits, other=True)
        yield self._pair("event:halves", event.name, *halves)
        quoted = self._edited(event, [typography]), self._edited(event, [typography], other=True)
        yield self._pair("event:other quotation marks", event.name, *quoted)
        background = as_text(event.report[-1:], event)
        yield self._pair(
            "event:borrowed background", event.name, report, f"{other}\n\n{background}"
        )
        copy = self._edited(event, [new_lead, thin_out])
        yield self._pair("event:edited", event.name, self._dressed(event, copy), other)

    def _unrelated(self) -> Iterator[Pair]:
        for one, other in self.rng.sample(list(combinations(self.events, 2)), k=24):
            texts = self._edited(one, []), self._edited(other, [])
            yield self._pair("unrelated:plain", f"{one.name} {other.name}", *texts)
        for one, other in self.rng.sample(list(combinations(self.events, 2)), k=12):
            outlet = self.rng.choice(OUTLETS)
            halves = [
                self._dressed(event, self._edited(event, [to_half, add_local]), outlet)
                for event in (one, other)
            ]
            yield self._pair("unrelated:one outlet", f"{one.name} {other.name}", *halves)

    def _digests(self) -> Iterator[Pair]:
        several = [event for event in self.events if event.language == "en"]
        for event in several:
            others = self.rng.sample([other for other in several if other is not event], k=4)
            briefs = [as_text([e.report[0][:3]], e) for e in (*others, event)]
            self.rng.shuffle(briefs)
            digest = "The day in brief\n\n" + "\n\n".join(briefs)
            yield self._pair("digest:of reports", event.name, self._edited(event, []), digest)

    def _series(self) -> Iterator[Pair]:
        for name, template in SERIES[self.part].items():
            issues = [_fill(template, self.rng) for _ in range(3)]
            for one, other in combinations(issues, 2):
                yield self._pair(f"series:{name}", name, one, other)


def _fill(template: str, rng: random.Random) -> str:
    def choose(match: re.Match[str]) -> str:
        if match[1][0].isdigit():
            low, high = map(int, match[1].split("-"))
            return str(rng.randint(low, high))
        return str(rng.choice(match[1].split("|")))

    return re.sub(r"\{(.+?)\}", choose, template.strip())


# Issues of a series have their wording in common and nothing else: these are different reports.
SERIES = {
    "dev": {
        "markets": """
Shares on the Lindell exchange {rose|fell|edged up|slipped} on {Monday|Tuesday|Wednesday|Thursday}, led by {banks|miners|carmakers|utilities|retailers}.
The main index closed at {4000-5999}.{10-99} points, a change of {1-99} points from the day before.
{Calder Marine|Agrion|Kester Zinc|Norrland Lines|Bellweather} was the day's strongest share with a gain of {2-9}.{0-9} percent after {a better forecast|talk of a takeover|a large order|a change at the top}.
At the other end of the table {Vale Water|Tessaly Foods|Stanbury Steel|Orme Paper|Halcyon Air} lost {2-9}.{0-9} percent.
Turnover came to {100-999} million shares, compared with {100-999} million on the previous day.
The crown stood at {80-99}.{10-99} to the dollar in late trading.
The yield of the ten-year government bond was {2-4}.{10-99} percent.
Oil from the northern fields cost {60-99} dollars a barrel.
{Analysts pointed to the coming decision of the central bank|Dealers spoke of a quiet day before the holidays|Traders were waiting for figures on employment}.
""",
        "river levels": """
The Vale Water Board reports the following levels for {Monday|Tuesday|Wednesday|Thursday|Friday}, the {2-29}th, at six in the morning.
The Carrow stood at {100-499} centimetres at Tarn, {2-39} centimetres {higher|lower} than a day earlier.
At Corrin the level of the Alder was {100-499} centimetres, and a {rise|fall} of {2-39} centimetres is expected by the evening.
The Halden reservoir was {40-99} percent full and released {2-39} cubic metres a second.
Navigation on the lower Carrow is {open|restricted to vessels under 80 metres|closed at night}.
Anglers are reminded that a licence is needed on all waters of the board.
""",
    },
    "test": {
        "weather": """
{Rain|Sunshine|Fog|Wind|Frost} will set the tone in Wexcombe county on {Monday|Tuesday|Wednesday|Thursday|Friday}.
The morning begins with {drizzle along the coast|clear skies in the north|mist in the valleys|broken cloud everywhere} and temperatures of around {2-12} degrees.
By the afternoon the thermometer will climb to {13-19} degrees in Kester and {13-24} degrees in Port Sorrel.
The wind will blow from the {north|south|east|west} at {10-49} kilometres an hour, with gusts of up to {50-99} on exposed hills.
The chance of rain is {10-90} percent.
In the night it will cool down to {1-9} degrees, and {ground frost is possible|it will stay dry|showers will spread from the west}.
The sun rises at 6:{10-59} and sets at 19:{10-59}.
The outlook for the following days: {unsettled|settled|colder|milder|stormy}.
""",
        "football": """
{Kester|Tollgate|Pellworth|Stanbury|Marlow} beat {Orrin Bay|Ashgrove|Dorrance|Brandt|Corrin} {3-5}-{0-2} in the county league on {Saturday|Sunday} in front of {1000-9999} spectators.
{Duarte|Elgin|Maro|Farrow|Pask} opened the scoring in minute {2-40} with a {header|free kick|shot from the edge of the area|penalty}.
{Strand|Quill|Ostler|Thrale|Roake} added the second after {41-60} minutes.
The visitors had their best chance in minute {61-89}, when {Lyng|Lowe|Venn|Haldane} hit the {bar|post}.
The referee showed {1-9} yellow cards and {0-2} red.
The winners are now {first|third|fifth|eighth} in the table with {20-69} points from {15-30} matches.
They play away next week.
""",
    },
}


def labelled_pairs(part: str) -> list[Pair]:
    """Return the pairs of a part, "dev" or "test"."""
    return Maker(part).pairs()


REPORTS = """
## reservoir | dev | en
-- lead
Families in three districts below the Halden dam spent Tuesday night in school halls after engineers discovered seepage at the foot of its eastern wall.
-- report
HALDEN — About 4,200 people were told to leave their homes on Tuesday after engineers found water seeping through the eastern wall of the Halden reservoir.
The order covers the districts of Lower Halden, Brisk Mill and Tanner's Green, which lie within two kilometres of the dam.

Mr. Odd Fennimore, the chief engineer of the Vale Water Board, said the seepage had doubled since Sunday morning.
"We would rather move people for nothing than move them too late," he told reporters outside the control house.
Pumps brought in from four neighbouring counties are lowering the level of the lake by about 30 centimetres a day.

The dam, an earth embankment finished in 1968, holds 11 million cubic metres of water and supplies a fifth of the valley's households.
An inspection in March rated its condition as satisfactory but recommended that the drains under the eastern wall be cleaned within a year.
The board confirmed that this work had not begun.

Residents were taken by bus to two schools and a sports centre in Corrin, where volunteers handed out blankets and soup.
Many had left in such a hurry that they had forgotten medicine, and a pharmacy stayed open through the night.
Farmers were allowed to return for two hours in the afternoon to move about 900 cattle to higher ground.

The county governor, Mrs. Ilse Marrable, has asked the army for 120 soldiers to fill sandbags along the river.
She said the order would stay in force until the lake had fallen by at least three metres, which could take until the end of next week.
Forecasters expect no more than 5 percent of the usual rain for the rest of the month.
-- other
Sandbags, buses and a great deal of anxiety: that was Tuesday in the valley under Halden reservoir, where roughly 4,200 residents have been moved out because the dam is leaking.

Police went from door to door in Lower Halden, Brisk Mill and Tanner's Green from six in the morning.
"We would rather move people for nothing than move them too late," said Odd Fennimore, who is in charge of engineering at the Vale Water Board.
According to him, twice as much water now comes through the structure's east side as at the weekend.

For Greta Lowe, who runs the bakery at Brisk Mill, the knock came while the first loaves were in the oven.
She switched everything off, took her two sons and the cash box, and got on the second bus to Corrin.
"Nobody could say whether it was for one night or ten," she said.

Critics want to know why repairs to the drains, called for in a report this spring, were never started.
The embankment dates from 1968 and the lake behind it contains 11 million cubic metres.
Governor Ilse Marrable would not be drawn on the question and spoke instead of the soldiers she has requested, 120 in number.
It may be more than a week before anyone goes home, because the water has to drop three metres first.

## ferry | dev | en
-- lead
Three unions at Norrland Lines have called off their walkout, so that ferries to the outer islands will sail again from Friday at dawn.
-- report
Ferry traffic between the mainland and the Skarn islands will start again on Friday after the company and three unions agreed on a new contract late on Wednesday.
The strike had kept eleven ships in port for nineteen days and left shops on the smaller islands without fresh food.

Under the agreement deckhands and stewards will get a pay rise of 6.5 percent over two years and one more free weekend a month.
The company, Norrland Lines, dropped its plan to cut the number of crew on night crossings from fourteen to eleven.
In return the unions accepted that tickets will be sold only by machine in the four largest ports from next spring.

"This is not the deal we dreamed of, but it is a deal we can live with," said Tove Aldenstam, who led the talks for the sailors' union.
The managing director, Mr. Klas Reuterholm, called the outcome expensive and said fares would rise in the autumn.
He put the loss from the strike at 38 million crowns.

The government had flown in medicine and baby food by helicopter on six days since the beginning of the month.
On Vidö, the outermost inhabited island, the only grocer said she had sold the last of her flour on Monday.
Tourist boards reported that about 17,000 bookings were cancelled, most of them by families from abroad.

The first ship, the Aurora, leaves Lindhamn at 5:40 in the morning with mail, animal feed and 200 passengers.
Members of the unions still have to approve the contract in a ballot that ends on the twentieth.
-- other
After almost three weeks of silence the harbours of the Skarn archipelago are coming back to life.
Negotiators shook hands shortly before midnight on Wednesday, and both sides expect the first crossing the day after tomorrow.

What the crews have won is money and time: wages go up by 6.5 percent in two steps, and everyone gets an additional weekend off each month.
Norrland Lines also gave up its most contested idea, which was to sail at night with three people fewer on board.
Ticket offices, however, will close in the big ports.

"This is not the deal we dreamed of, but it is a deal we can live with," union negotiator Tove Aldenstam said as she left the hotel.
Klas Reuterholm, her counterpart, spoke of 38 million crowns that had been lost and made it clear that passengers would pay for part of it.

Islanders reacted with relief and some bitterness.
A fisherman on Vidö reckoned that he had thrown away half his catch because nothing could be shipped to market.
Hotels have been hit hardest, with some 17,000 stays called off in the middle of the season.
The ballot among the members is regarded as a formality.

## library | dev | en
-- lead
A fire that started in the roof has gutted the reading room of the old town library in Ashgrove, but the collection of maps in the cellar survived.
-- report
ASHGROVE, Monday — Fire destroyed the main reading room of the Ashgrove town library in the early hours of Monday, and some 60,000 books are feared lost.
Nobody was hurt.

The alarm was raised at 2:15 by a taxi driver who saw flames coming from a window under the roof.
It took 85 firefighters from seven stations until sunrise to bring the blaze under control.
Mr. Leonard Pask, the fire chief, said the wooden gallery had burned like a chimney and that the roof had come down within forty minutes.

"I grew up in that room, and so did half of this town," said the head librarian, Adela Whitcombe, who watched from behind the barrier.
The most valuable part of the collection, about 1,300 maps of the coast drawn before 1800, was kept in a cellar behind steel doors and is only damp.
Conservators from the university are to begin drying it today in cold rooms that a fish merchant has offered free of charge.

The cause is not known.
Workers had been laying new lead on the roof until Saturday noon, and investigators will ask whether hot tools were used.
The building, which opened in 1904, was insured for 14 million dollars, an amount that the council says would not cover rebuilding it.

The mayor, Mrs. Joan Tilbury, promised that lending would start again within a month in the former covered market.
Schools have begun to collect children's books, and more than 2,000 had arrived by the evening.
-- other
Adela Whitcombe stood in the rain in slippers and counted the windows in which there was still glass.
There were four.
"I grew up in that room, and so did half of this town," the librarian said, and then she said nothing for a long time.

Ashgrove woke on Monday to find that its library, a gift of a shipowner in 1904, is a shell without a roof.
Perhaps 60,000 volumes have burned, among them the complete run of the local newspaper.
Eighty-five firefighters came, some from as far away as Port Sorrel, but the gallery of old pine gave them no chance, as their chief Leonard Pask admitted.

And yet there is a piece of luck in the story.
The 1,300 old sea charts, for which scholars travel here from three continents, lay underground and got nothing worse than wet.
A fish wholesaler is lending his freezers so that they do not go mouldy.

Roofers were at work in the building last week, and that is where those who have to find the cause will look first.
Joan Tilbury, the mayor, wants to open a provisional library in the old market hall within weeks.

## vaccine | dev | en
-- lead
Children who got the new malaria vaccine fell ill less than half as often as the others, according to the largest trial of it so far.
-- report
A new vaccine against malaria cut severe cases of the disease by 58 percent among young children in a trial in four countries, its developers reported on Thursday.
The study followed 9,400 children between five months and three years old for two rainy seasons.

Half of them received three doses of the vaccine, known as RM-7, and the other half a vaccine against rabies.
Severe malaria occurred in 112 children of the first group and in 267 of the second.
Side effects were mostly fever and swelling of the arm, and they passed within two days.

"For the first time we have something that still works when the second season of rain comes," said Dr. Amina Okonjo-Reyes of the Tessaly Institute, who led the trial.
Earlier vaccines lost most of their effect within a year, so that a fourth and a fifth dose were needed.
The new one is made from two proteins of the parasite rather than one, and it is stable for six weeks without refrigeration.

Independent researchers called the result encouraging but noted that the trial was not designed to measure deaths.
They also pointed out that the four sites had good clinics, which is not the case in most villages where the disease is common.

The developers intend to apply for approval by the end of the year and want to produce 40 million doses annually at a plant in the south of the country.
A dose is to cost less than four dollars.
Malaria kills about 600,000 people every year, and most of them are younger than five.
-- other
Researchers led by Amina Okonjo-Reyes have presented figures on RM-7, a malaria vaccine that is meant to outlast a single season, and the figures are good.

In two successive rainy seasons, 112 vaccinated toddlers became dangerously ill, compared with 267 in the control group, a reduction of 58 percent.
Altogether 9,400 boys and girls took part.
"For the first time we have something that still works when the second season of rain comes," the scientist from the Tessaly Institute said at the presentation.

RM-7 presents the immune system with two of the parasite's proteins at once.
Whoever transports it does not need a refrigerator for the last six weeks of the journey, and that may matter more in practice than any percentage.

Not everybody is celebrating yet.
Whether fewer children die cannot be read from the data, said a statistician who was not involved, and the hospitals chosen were better equipped than the average.
If the authorities agree, some 40 million doses a year could leave the factory at a price under four dollars each.

## bridge | dev | en
-- lead
-- report
Lorries will be banned from the Queen's Bridge in Marlow Ferry from the first of next month because cracks have been found in eleven of its steel girders.
The ban applies to all vehicles above 7.5 tonnes and will last for at least eighteen months, the highways agency announced.

Hauliers will have to use the motorway bridge at Stanbury, a detour of 46 kilometres.
Their association estimates the additional cost at 300,000 pounds a week.
"We were given nine days to turn a whole region's deliveries upside down," said its chairman, Mr. Piers Hathersage.

The cracks are up to 40 centimetres long and were discovered by a drone during a routine survey in the spring.
Engineers have since fitted 260 sensors that raise an alarm when a girder bends more than it should.
The agency stressed that cars and buses could continue to cross safely.

The bridge was opened in 1959 and was designed for 9,000 vehicles a day.
Last year it carried 41,000 on an average working day, of which 12 percent were lorries.
A replacement has been discussed since 2003, but three governments have put it off.

The town's chamber of commerce demanded a temporary bridge of the kind the army uses.
A spokeswoman for the ministry of transport said that this was being examined, but that the river was too wide at that point for any model in stock.

## election | dev | en
-- lead
Voters in Dorrance have chosen a florist who never held office as their mayor, ending the reign of a party that ran the city for 31 years.
-- report
An independent candidate who spent less than 6,000 dollars on her campaign was elected mayor of Dorrance on Sunday, defeating the party that had governed the city for 31 years.
Ms. Pilar Venn, a florist, won 52.3 percent of the vote in the second round against the deputy mayor, Mr. Howard Strand.

Turnout was 61 percent, the highest since 1988.
Ms. Venn was ahead in nine of the city's twelve wards and gained most in the southern suburbs, where residents have protested for years against a planned incinerator.
She has promised to stop the project on her first day.

"People did not vote for me, they voted to be asked," she told supporters in the yard of her shop.
Mr. Strand conceded an hour after the polls closed and offered his help with the budget.
His party still holds 14 of the 25 seats on the city council, so that the new mayor will depend on agreements.

Analysts attributed the result to anger over the incinerator and over a doubling of the fee for waste collection last winter.
They also recalled that two members of the outgoing administration are awaiting trial for having accepted free holidays from a contractor.

The contractor, Bellweather Services, said that it expected the city to honour the contract, which is worth 88 million dollars.
The new mayor takes office on the third of next month.
-- other
The flowers on the winner's table were, for once, her own.
Pilar Venn, who sells them for a living, will move into the town hall of Dorrance next month, and nobody is more surprised than the pollsters.

They had seen Howard Strand in front until the last week.
In the end the deputy mayor came to 47.7 percent and the challenger to 52.3, and an era of 31 years was over.
"People did not vote for me, they voted to be asked," she said late on Sunday.

It was above all the incinerator that decided this contest.
Whole streets in the south put signs against it in their gardens, and more people cast a ballot, 61 percent, than at any time since the eighties.
That two officials are to stand trial over holidays paid for by a builder did not help the old guard.

Governing will be harder than winning.
With 14 of 25 councillors the defeated party can block whatever it likes, and Bellweather Services insists on its contract for 88 million dollars.

## chess | dev | en
-- lead
-- report
Sixteen-year-old Nikhil Sarabande became the youngest winner of the Castellan chess tournament on Saturday when he beat the defending champion in the final round.
He finished with nine points out of thirteen, half a point ahead of three grandmasters.

Sarabande, who is from a small town and learned the game from his grandmother, gave up his queen on the 23rd move.
Commentators at first took it for a blunder.
Seven moves later the champion, Viktor Haldane, stopped the clock and shook his hand.

"I had seen the position in a dream, but in the dream I lost," the winner said.
Haldane, 41, said that he had not understood what was happening until it was too late, and that he had seldom enjoyed a defeat so much.

The tournament has been held every summer since 1931, apart from the years of war, and its previous youngest winner was nineteen.
The prize is 75,000 euros and a place in next year's candidates' matches.
Sarabande's rating will rise to 2,748, which makes him number eleven in the world.

His trainer said that the boy would now go back to school, since examinations in physics and history were due on Wednesday.
The organisers counted 210,000 viewers on the internet, three times as many as last year.

## wolves | dev | en
-- lead
Hunters may kill up to 28 wolves in the Carrow mountains this winter; conservationists are going to court.
-- report
The provincial government has given permission to shoot 28 wolves in the Carrow mountains this winter, about a third of the animals that live there.
It justified the decision on Friday with the loss of 1,150 sheep and goats since the beginning of the year, twice as many as in the year before.

Shooting may begin on the first of December and must stop as soon as two breeding females have been killed.
Rangers are to accompany every party of hunters.
"Our flocks cannot be guarded by press releases," said the minister of agriculture, Mr. Anselm Roake.

Three conservation groups announced that they would go to court.
They argue that only one shepherd in five has put up the electric fences for which the state pays, and that the number of losses falls by 80 percent where fences stand.
Dr. Hedda Lyng, a biologist who has tagged wolves in the area for twelve years, warned that shooting breaks up packs and that single wolves kill more livestock than families do.

Wolves returned to the Carrow mountains in 2009 after an absence of more than a century.
By the last count there are 84 of them in eleven packs.
They are protected by law, but exceptions are possible if damage is serious and nothing else helps.

The court in Tarn is expected to decide within three weeks.
-- other
Every third wolf in the Carrow range could be dead by spring if the government gets its way.

On Friday it issued licences for 28 animals, citing farmers' losses of 1,150 sheep and goats.
"Our flocks cannot be guarded by press releases," Anselm Roake, who is responsible for agriculture, told the regional assembly to applause from the benches of his own party.

Opponents did not wait long.
Within hours lawyers for three associations were drafting a complaint, at the heart of which stands a simple calculation: fences would prevent four out of five attacks, yet hardly anyone has built them although they cost the owner nothing.
Hedda Lyng, whose transmitters have followed the packs for a dozen years, fears that the plan will make things worse.
Young wolves without parents, she explained, go for the easiest prey, and that is not deer.

The hunt would be supervised by rangers and would end early if two mothers were among the dead.
There were 84 wolves in the last census.
Judges in Tarn have the next word.

## telescope | dev | en
-- lead
-- report
Work on the largest radio telescope of the southern hemisphere will be suspended at the end of June because one of the six participating states has withdrawn its money.
The consortium said on Wednesday that 47 of the planned 130 dishes had been completed on the plateau of Sant Olau.

The missing contribution amounts to 210 million euros, or 17 percent of the total cost.
The state in question cited savings in its budget and rising costs, which have grown by 340 million since construction began in 2021.
The consortium's director, Prof. Maren Oduya, said that 600 workers would be sent home.

"A telescope with a third of its dishes does not see a third of the sky, it sees it blurred," she said.
Scientists will nevertheless begin to observe in the autumn with what there is, and hope to publish a first map of the hydrogen in nearby galaxies by next year.

The plateau was chosen because there is hardly any radio interference: the nearest town is 140 kilometres away and mobile telephones are forbidden.
Two villages had agreed to be moved, and their inhabitants were promised jobs for fifteen years.
Their mayor said that he expected the promise to be kept.

Talks with two other countries about joining are under way, but neither is likely to decide before its elections in the spring.

## hochwasser | dev | de
-- lead
-- report
Nach tagelangem Regen ist die Innenstadt von Grünau am Donnerstag überflutet worden, rund 3.100 Menschen mussten ihre Wohnungen verlassen.
Der Pegel der Alm erreichte am Nachmittag 7,82 Meter und lag damit nur vier Zentimeter unter dem Höchststand von 1954.

Besonders betroffen ist das Viertel um den Fischmarkt, wo das Wasser bis zu den Fenstern im ersten Stock stand.
Feuerwehr und Technisches Hilfswerk waren mit 740 Kräften im Einsatz und brachten Bewohner mit Booten in Sicherheit.
„Wir haben das Schlimmste noch nicht hinter uns“, sagte Oberbürgermeisterin Renate Vollmoeller bei einem Besuch in der Turnhalle, in der 400 Feldbetten aufgestellt wurden.

Am Vormittag war ein Damm südlich der Stadt auf einer Länge von 30 Metern gebrochen.
Hubschrauber warfen Sandsäcke ab, konnten die Lücke aber nicht schließen.
Ein Umspannwerk musste abgeschaltet werden, weshalb in 9.000 Haushalten der Strom ausfiel.

Der Schaden lässt sich nach Angaben der Stadt noch nicht beziffern.
Die Landesregierung kündigte eine Soforthilfe von 2.000 Euro je Haushalt an, die ohne Nachweis ausgezahlt werden soll.
Schulen und Kindergärten bleiben bis Montag geschlossen, der Bahnverkehr auf der Almtalstrecke ist eingestellt.
Für das Wochenende sagen die Meteorologen trockenes Wetter voraus.
-- other
In Grünau steht das Wasser, und zwar dort, wo sonst die Marktfrauen stehen.
Am Fischmarkt fuhren am Donnerstag Schlauchboote, in denen Helfer alte Leute und auffallend viele Katzen abholten.

Die Alm stieg bis auf 7,82 Meter; nur ein einziges Mal, vor siebzig Jahren, wurde mehr gemessen.
Etwa 3.100 Grünauer schlafen nun bei Verwandten oder in der Turnhalle.
„Wir haben das Schlimmste noch nicht hinter uns“, warnte dort Renate Vollmoeller, die Oberbürgermeisterin.

Warum der südliche Deich nachgab, will die Opposition im Stadtrat wissen, denn seine Sanierung sei dreimal verschoben worden.
Aus der Luft versuchten Piloten vergeblich, das Loch von 30 Metern zu stopfen.
Wer Hilfe braucht, soll vom Land schnell und ohne Papiere 2.000 Euro bekommen.
Dunkel blieb es in 9.000 Wohnungen, weil ein Umspannwerk vom Netz ging.
Immerhin: Der Regen soll aufhören.

## metro | dev | zh
-- lead
-- report
江陵市地铁四号线周三早高峰期间发生信号故障，全线停运近三个小时，约十二万名乘客受到影响。
地铁公司表示，故障发生在7时48分，原因是东湖站的一台联锁设备突然断电。

公司随即启动应急预案，调集156辆公交车在沿线免费接驳。
由于雨天道路拥堵，部分乘客在站外等候了四十多分钟才上车。
“我们没有把备用电源的检查做到位，对此我们负全部责任”，地铁公司总经理陆怀瑾在新闻发布会上说。

技术人员于10时35分修复设备，线路随后逐步恢复运行。
市交通局要求公司在一个月之内对全市六条线路的信号系统进行检查，并提交书面报告。
四号线于2016年开通，全长38公里，平均每天运送乘客54万人次。

不少乘客在网上批评车站广播不够及时，许多人直到走出闸机才知道列车已经停运。
公司承诺为受影响的乘客开具迟到证明，并将在七天内退还当天的车费。
专家认为，随着设备逐渐老化，信号系统的维护费用今后几年将明显增加。
-- other
昨天早上，许多江陵人是走路去上班的。
地铁四号线的列车在上班时间停了下来，一停就是将近三小时，大约十二万人被困在半路上。

记者8时20分来到东湖站时，出口处已经挤满了打着雨伞的人。
在附近一家医院工作的护士小何说，她没有等到接驳车，最后骑共享单车赶到了病房。
地铁方面后来解释说，站里一台设备没有了电，而备用电源也没有接上。
“我们没有把备用电源的检查做到位，对此我们负全部责任”，总经理陆怀瑾向市民鞠躬道歉。

当天一共派出了156辆公交车，但是雨天路堵，作用有限。
主管部门已经要求把六条线全部查一遍。
车费会退，迟到证明也可以在手机上领取。
一位研究轨道交通的教授提醒，这条2016年通车的线路正在进入故障多发的年份。

## museum | dev | en
-- lead
The bronze dancer that thieves carried out of the Varley Museum nine years ago has turned up in a garden shed.
-- report
A bronze figure worth 3.2 million dollars that was stolen from the Varley Museum nine years ago has been found under a tarpaulin in a garden shed, police said on Friday.
The dancer, 64 centimetres tall, has a broken finger but is otherwise undamaged.

It was discovered by a couple who had bought the house in Pellworth in August and were clearing the shed to make room for bicycles.
They took it for a copy and used it for a week to hold the door open.
A neighbour who teaches art recognised it and called the museum.

"I have imagined this telephone call for nine years, and in none of them was there a lawnmower," said the museum's director, Dr. Celeste Abernethy.
The theft had taken less than four minutes: two men climbed through a skylight during a storm in which the alarm had been switched off because of false alerts.
Neither of them was ever identified.

The former owner of the house, a dealer in used cars, died last winter, and investigators are examining his papers.
The insurer paid out in full at the time and is now, strictly speaking, the owner of the figure.
It said that it was ready to return it in exchange for the sum paid, without interest.
The museum hopes to show the dancer again in the spring, behind glass.
## mine | test | en
-- lead
All nineteen miners who were cut off by a rock fall in the Blackmere pit have been brought to the surface after 52 hours.
-- report
KESTER — Rescuers on Sunday brought up all nineteen miners who had been trapped for 52 hours by a rock fall in the Blackmere zinc mine.
Two of them have broken legs, and the others were suffering from cold and lack of water.

The men were caught 640 metres below ground on Friday morning when part of a gallery came down between them and the shaft.
They withdrew to a refuge chamber with air for four days, but the telephone line to it had been torn.
A probe drilled from the level above reached them late on Saturday, and through it came the first sign of life, a knocking in groups of nineteen.

"They were telling us how many they were before we could ask," said Mr. Bram Oosthuizen, who directed the rescue.
Teams then widened an old ventilation shaft, through which the miners were pulled up one by one in a steel capsule 58 centimetres wide.
The last to leave was the foreman, Mr. Elias Duarte, at 2:20 in the afternoon.

Several hundred relatives had waited in the canteen of the mine, and a brass band that had come to play for a wedding played for them instead.
The mining inspectorate closed the pit until further notice.
It had fined the operator, Kester Zinc, 90,000 dollars in May for missing roof bolts in another gallery.
The company said that the gallery in question had been inspected eight days before the fall and found to be in order.
-- other
First came a cap, then a hand, then a grin: at the pithead of Blackmere they cheered nineteen times on Sunday.

It was the end of a wait that had begun on Friday, when rock blocked the only way out of a gallery 640 metres down.
The crew did what they had been trained to do and locked themselves in a refuge chamber.
Nobody above knew whether they had got there in time, as the cable was dead.

A drill bit brought certainty.
Someone struck it from below, nineteen blows and a pause, again and again.
"They were telling us how many they were before we could ask," recalled the leader of the operation, Bram Oosthuizen.

Bringing them home took another day, since the capsule had to pass through a disused air shaft that was barely wide enough for a man's shoulders.
Elias Duarte, the foreman, insisted on going last.
Apart from two fractured legs the doctors found little to worry them.

Now questions will be put to Kester Zinc, which paid a fine of 90,000 dollars this year over roof bolts that were not there.
Until they are answered, the inspectors have ordered, nobody goes down.

## tariff | test | en
-- lead
From May imported solar panels will cost a quarter more in the Federation, whose government wants to protect its three remaining makers.
-- report
The Federation will impose a duty of 25 percent on imported solar panels from the first of May, the trade minister, Mr. Gavril Stoyan, announced on Monday.
The duty is to apply for four years and will fall by five points each year.

Imports now cover 93 percent of the market, and only three of the nineteen companies that made panels in the country ten years ago are left.
"We are not closing the door, we are putting a step in front of it," the minister told reporters.
The three manufacturers employ 2,800 people and have asked for protection since 2022.

Installers reacted with dismay.
Their federation, which speaks for 40,000 workers, predicted that orders would fall by a third and that 11,000 jobs would be lost.
A typical system for a family house would become about 1,400 dollars more expensive, it calculated.

The chief exporting countries reserved the right to respond.
Diplomats in the capital said that duties on the Federation's wine and machinery were the most likely answer, and shares of the largest wine producer lost 7 percent.

Economists were divided.
Dr. Lucia Brandvold of the Institute for Trade said that the measure came too late for the industry and too early for the climate.
Others pointed out that prices of panels had halved in two years, so that buyers would still pay less than in 2023.
Parliament does not have to approve the duty, but the opposition wants to bring it before the constitutional court.
-- other
Anyone who wants to put solar panels on the roof had better hurry, because in May the government is going to make them dearer.

Gavril Stoyan, the minister responsible for trade, surprised even his coalition partners on Monday with a tariff of 25 percent.
It will shrink step by step until it expires after four years.
"We are not closing the door, we are putting a step in front of it," he said.

The step is a high one for customers: experts put the extra cost for an average home at 1,400 dollars.
Whether it helps those whom it is supposed to help is open.
Of nineteen domestic producers sixteen have disappeared, and the survivors supply just 7 percent of what is sold.

Those who climb ladders for a living are furious.
As many as 11,000 of the 40,000 installers might have to go, according to their association.
Lucia Brandvold, an economist, summed up the mood among her colleagues by calling it protection for a patient who has already left the hospital.
Vintners are nervous too, for it is their exports that would be hit if other states retaliate.

## marathon | test | en
-- lead
No woman has ever run the hills of Port Sorrel faster than Selam Tesfaye-Lind, who won the marathon there on Sunday in 2:18:04.
-- report
Selam Tesfaye-Lind won the Port Sorrel marathon on Sunday in 2:18:04, the fastest time ever run by a woman on the hilly course.
She left the second, Ruta Kalnins, almost three minutes behind and improved the record from 2011 by 71 seconds.

The decisive moment came at kilometre 33, on the long climb to the lighthouse.
Tesfaye-Lind, who had run in a group of five until then, increased her pace and nobody followed.
"I looked back once, and after that I looked only at the sea," she said at the finish.

The men's race was won by Tomas Elgin in 2:07:55 after a sprint against his training partner, Josef Maro, who was two seconds slower.
It was the closest finish since the race was first held in 1979.
Both had fallen at a refreshment point after fifteen kilometres and had lost half a minute.

About 21,000 runners from 64 countries took part in cool and almost windless weather.
Doctors treated 310 of them, most for cramp, and four were taken to hospital.
The oldest to finish was Mrs. Agnes Holroyd, 86, who needed just under seven hours and was accompanied by three grandchildren.

The winner, who trained as a nurse, said that she would give half of the prize of 40,000 dollars to the clinic in which she used to work.
Next year's race is to start an hour earlier because the summers are getting hotter.

## spill | test | en
-- lead
Fuel oil from a stranded freighter is heading for one of the coast's most important colonies of seabirds; some 340 tonnes have escaped so far.
-- report
ORRIN BAY — A freighter that ran onto a reef in a storm has lost at least 340 tonnes of fuel oil off the coast of Orrin Bay, the coastguard said on Thursday.
A slick eleven kilometres long was drifting towards a nature reserve in which 30,000 pairs of seabirds are nesting.

The ship, the Meridian Star, was on its way with 21,000 tonnes of fertiliser when its engine failed on Tuesday night.
All 22 members of the crew were lifted off by helicopter.
Captain Rowan Achterberg of the coastguard said that two of the six fuel tanks had been torn open and that a third was leaking.

"If the wind turns to the north tonight we have a chance, and if it does not we have a very long summer," he said.
Ships with booms and skimmers have arrived from three ports, but waves of four metres have kept them from working.
A tug is trying to hold the freighter on the reef, since it would probably break apart in deeper water.

About 600 volunteers have registered to clean the beaches, and a school has been turned into a hospital for birds.
Fishing has been forbidden within forty kilometres.
The region's oyster farmers, who sell half of their harvest in the coming weeks, fear for 1,200 jobs.

The owner of the ship, Calder Marine, said that it would pay for all damage for which it was liable.
The Meridian Star is 27 years old and was held in port for six days in January because of defects in its engine.
-- other
They have boiled water, cut towels into squares and set up heat lamps in the gymnasium, and now the pupils of Orrin Bay are waiting for the first birds.

Out on the reef lies the Meridian Star, a freighter of 27 years, and from its torn tanks 340 tonnes of heavy oil have run into the sea so far.
Thirty thousand pairs of guillemots and puffins sit on their eggs a few hours' drift away.
"If the wind turns to the north tonight we have a chance, and if it does not we have a very long summer," said Rowan Achterberg, a captain in the coastguard.

That the vessel was sailing at all astonishes people here.
Inspectors had detained it at the start of the year, precisely because of the engine that gave out this week.
Calder Marine, to which it belongs, left questions about this unanswered and referred to its insurance.

The 22 sailors are safe.
No one can say the same of the oyster beds, on which some 1,200 families live.
Nets have to stay dry in a radius of forty kilometres, and specialised ships cannot put out their barriers as long as the swell is four metres high.

## hospital | test | en
-- lead
A computer virus has shut down five hospitals in the county; surgeons are writing on paper and ambulances drive to the neighbours.
-- report
Five hospitals in Wexcombe county have had to cancel 430 operations since Monday because criminals encrypted their computers and are demanding a ransom.
Emergency patients are being taken to neighbouring counties, and doctors keep their records on paper.

The attack began at 3:30 on Monday morning with an e-mail that looked like an invoice for bed linen.
Within two hours 9,700 computers were out of action, among them those that control the laboratories and the X-ray machines.
Mrs. Dorothea Quill, who heads the hospital group, said that no patient had been harmed so far.

"We can care for people without computers, but we cannot do it for many people at once," she said.
The group refuses to pay.
The sum demanded, according to two people familiar with the matter, is 6 million dollars in a digital currency.

Investigators believe that the attackers belong to a gang that calls itself Grey Heron and that has blackmailed at least fourteen hospitals in three countries this year.
They threatened to publish the records of 280,000 patients on Friday unless the money is paid.
Backup copies exist, but it will take ten days to restore them because every computer has to be cleaned first.

The county's auditors warned two years ago that a third of the machines were running programs for which there were no more security updates.
Money to replace them had been set aside for next year.
-- other
In the delivery ward of Wexcombe General the names of the newborn are written on a blackboard these days.
It is one of the more cheerful sights in a group of five hospitals that has been offline since Monday.

Blackmailers have locked 9,700 computers and left a note in faulty English.
Dorothea Quill, the group's chief executive, does not intend to negotiate.
"We can care for people without computers, but we cannot do it for many people at once," is how she described the situation, and so 430 planned operations have been postponed.

Everything began with a bill for sheets that was not a bill.
Behind it the police suspect Grey Heron, a gang to which more than a dozen similar crimes are attributed.
By Friday, it threatens, diagnoses and addresses of 280,000 people will be on the internet.

Technicians need ten days to bring the systems back from their backups.
It could have been foreseen: auditors had complained about outdated software as long as two years ago, but new equipment was only planned for the coming budget.

## orchestra | test | en
-- lead
-- report
The Lindell Symphony has appointed Yuki Castellanos as its chief conductor, the first woman to hold the post in the orchestra's history of 127 years.
She will succeed Sir Edmund Thrale, who is retiring at 78, at the beginning of the season after next.

Ms. Castellanos, 39, studied the viola before she took up conducting and has led the opera in Brandt since 2019.
The musicians voted for her by 81 to 9, after she had conducted them only twice.
"They listened to each other so closely that I was almost in the way," she said at a news conference on Tuesday.

Her contract runs for five years and obliges her to spend at least fourteen weeks a year in the city.
She said that she wanted to play more music by living composers and to give a concert in each of the eleven districts every season.
Tickets for those concerts are to cost no more than a cinema ticket.

The orchestra has had difficult years.
It lost a quarter of its subscribers during the epidemic, and a deficit of 4.6 million dollars was covered last year by selling the building in which it used to rehearse.
The chairman of the board, Mr. Lionel Prewitt, said that donations had risen by 15 percent since the appointment became known.

Her first programme will combine a symphony by Bruckner with a new work for viola and orchestra, in which she will not play the solo part herself.

## bees | test | en
-- lead
Spraying with the pesticide tolfenac will be forbidden in open fields from next year because it harms wild bees.
-- report
The pesticide tolfenac may not be used in open fields from January on, the agricultural agency decided on Wednesday after a review of 74 studies.
The substance, which is sprayed on about 2 million hectares of rape and sunflowers, impairs the ability of wild bees to find their nests.

In one of the studies the number of bumblebee queens was 46 percent lower near treated fields than elsewhere.
Honeybees were hardly affected, probably because their colonies are so large that losses are made up.
"We have been looking at the wrong bee for twenty years," said Dr. Petra Nyqvist, who chaired the review.

Farmers will be allowed to use up their stocks until the end of the current season.
The farmers' union said that harvests of rape would fall by a tenth, since there was no equally effective remedy against the flea beetle.
It demanded compensation of 150 million euros a year.

The manufacturer, Agrion, called the decision unscientific and announced that it would appeal.
It earned 410 million euros with the product last year, more than a fifth of its revenue.
In greenhouses tolfenac can still be used, provided that the plants stay there.

Beekeepers welcomed the ban, although it does not concern their own animals, because many of them fear that the substance ends up in the honey.
Five countries already banned it between 2017 and 2022, and in two of them the number of wild bees has since recovered.
-- other
Bumblebees can breathe again, says Petra Nyqvist, and she adds at once that this is not a scientific statement.

The biologist chaired the committee on whose advice the agency has now taken tolfenac off the fields, starting in January.
"We have been looking at the wrong bee for twenty years," she said when the ban was announced on Wednesday.
For approval was always tested on honeybees, whose hives are so crowded that a few thousand lost workers are not noticed.

Wild species live alone or in small nests, and what happens there is dramatic.
Where rape had been sprayed, researchers counted 46 percent fewer queens of the bumblebee the following spring.
Altogether the experts evaluated 74 papers.

For Agrion a great deal of money is at stake, namely 410 million euros a year, and so the case will go to court.
Growers, too, feel left alone with the flea beetle and are asking the state for 150 million.
Whoever still has canisters in the barn may empty them this season.

## asylum | test | en
-- lead
-- report
A court in Vellmar has stopped the transfer of 212 asylum seekers to a former prison ship, less than twelve hours before the first of them were to go on board.
The judges said on Thursday evening that the ship had neither enough exits nor a plan for what to do in case of fire.

The interior ministry had rented the Halcyon for 21 million pounds for two years in order to save money on hotels.
It can take 500 people in cabins built for half that number.
The ministry said that it would improve what the court had criticised and bring the case up again within weeks.

"A ship that is not safe enough for a school trip is not safe enough for people who fled a war," said Miriam Castlereagh, the lawyer for nine of the asylum seekers.
Two of her clients had crossed the sea in a rubber boat and said that they could not sleep on water.
They will stay in a hotel near the station for the time being.

Inhabitants of the port had protested against the ship, some because they did not want the newcomers and some because they did not want them to be treated in this way.
The town council supported the lawsuit and pointed out that there was only one doctor for 3,400 residents.

Firefighters who inspected the Halcyon in September had listed 38 defects, of which eleven were remedied.

## apagon | test | es
-- lead
-- report
Un apagón dejó sin electricidad a más de 800.000 hogares del norte del país durante la noche del lunes, después de que una tormenta derribara tres torres de alta tensión cerca de Villarmosa.
El suministro se restableció por completo a las 6.25 de la mañana, según informó la empresa distribuidora.

Los hospitales funcionaron con generadores y no se registraron incidentes graves.
Unas 1.400 personas pasaron la noche en trenes detenidos en mitad de la vía, donde la Cruz Roja repartió agua y mantas.
«Hicimos en nueve horas un trabajo que suele llevar cuatro días», declaró la directora técnica de la compañía, Amparo Echegoyen.

Las rachas de viento alcanzaron los 147 kilómetros por hora, un valor que no se había medido en la comarca desde 1987.
Las torres derribadas se construyeron en los años setenta y debían ser sustituidas el año próximo.
El Gobierno regional ha pedido un informe sobre el estado de toda la línea.

La oposición acusó a la empresa de haber reducido a la mitad el gasto en mantenimiento en los últimos cinco años.
La compañía lo niega y asegura que invierte 62 millones de euros anuales en la red.
Los comerciantes calculan que perdieron alimentos congelados por valor de cuatro millones.
-- other
La tormenta llegó a Villarmosa a las nueve y media de la noche, y un minuto después no se veía nada.

Tres torres cayeron como naipes y con ellas se apagó medio norte: 800.000 hogares a oscuras hasta el amanecer.
En el tren de las ocho, parado entre dos túneles, los viajeros cantaron para distraer a los niños hasta que aparecieron los voluntarios de la Cruz Roja.
«Hicimos en nueve horas un trabajo que suele llevar cuatro días», dijo con cara de sueño Amparo Echegoyen, responsable técnica de la distribuidora.

Nadie recordaba un viento así; los aparatos marcaron 147 kilómetros por hora.
Pero también es cierto que el tendido tenía medio siglo y que su renovación se había aplazado.
Según los partidos de la oposición, se ahorró donde no se debía, algo que la empresa rechaza con la cifra de 62 millones anuales.
En las tiendas del centro, mientras tanto, se tiraban helados y pescado.

## incendie | test | fr
-- lead
Près de deux mille vacanciers ont dû fuir leurs tentes : la pinède des Aurelles brûle depuis mardi et le vent ne faiblit pas.
-- report
Un incendie a ravagé plus de 2 600 hectares de pinède dans le massif des Aurelles depuis mardi après-midi, obligeant 1 900 vacanciers à quitter trois campings.
Le feu n'était toujours pas maîtrisé mercredi soir, a indiqué la préfecture.

Quelque 870 pompiers, appuyés par neuf avions, luttent contre des flammes attisées par un vent de 80 kilomètres à l'heure.
Deux d'entre eux ont été légèrement brûlés aux mains.
« Nous avons sauvé toutes les maisons, mais nous avons perdu toute la forêt », a déclaré le commandant Yannick Delestre.

Une ligne de chemin de fer et la route départementale ont été coupées.
Les vacanciers ont passé la nuit dans un gymnase et dans la halle du marché de Sauveterre, où les habitants leur ont apporté des repas et des vêtements.
Selon les premiers éléments de l'enquête, le feu serait parti d'un engin agricole.

C'est le plus grand incendie dans la région depuis 2003.
Il n'est tombé que douze millimètres de pluie depuis le début du mois de mai, et la végétation est aussi sèche qu'à la fin du mois d'août.
La préfète, Solène Garrigue, a interdit l'accès à tous les massifs du département jusqu'à lundi.
Une cellule d'aide psychologique a été ouverte à la mairie.

## jishin | test | ja
-- lead
-- report
十四日午前六時十二分ごろ、霧島沖を震源とするマグニチュード6.4の地震があり、南浜町で震度五強の揺れを観測した。
県によると、同日夕方までに37人が軽いけがをし、住宅218棟で屋根瓦が落ちるなどの被害が確認された。

この地震による津波の心配はなかった。
町内では水道管が十一か所で破裂し、約4,600世帯が断水している。
「古い管の取り替えを急いでいたが、間に合わなかった」と、町水道課の森永和彦課長は話した。

鉄道は始発から運転を見合わせ、線路の点検を終えた午後二時半に再開した。
小中学校八校は臨時休校となり、体育館に避難所が設けられた。
町は給水車五台を出し、役場前の広場では朝から長い列ができた。

気象台は、今後一週間ほどは同じ程度の揺れに注意するよう呼びかけている。
専門家は、震源の近くにある活断層が動いた可能性が高いとみて、現地で調査を始めた。
県は災害対策本部を設置し、被害を受けた家庭に見舞金を支給することを決めた。
-- other
棚から食器が落ちる音で目が覚めた、と南浜町で民宿を営む女性は振り返る。
朝の六時すぎ、町は突き上げるような揺れに襲われた。

けが人は37人にのぼったが、いずれも軽傷だという。
海岸に近い地区では瓦の散らばった道を高齢者が支え合って歩き、高台へ向かった。
津波は来なかった。
困ったのは水である。
4,600世帯で蛇口から一滴も出なくなり、給水車の前にはポリタンクを持った人々が並んだ。
「古い管の取り替えを急いでいたが、間に合わなかった」と、水道課長の森永和彦さんは頭を下げた。

学校は休みになり、体育館には毛布が運び込まれた。
列車が動き出したのは昼すぎのことだ。
大学の研究者らはさっそく現地に入り、海底の断層との関係を調べている。

## dinosaur | test | en
-- lead
-- report
Schoolchildren on an excursion have found the skeleton of an unknown dinosaur in a quarry near Tollgate, the natural history museum reported on Friday.
The animal was about five metres long, ate plants and lived 112 million years ago.

A ten-year-old girl, Imogen Farrow, noticed a row of dark stones that she took for the teeth of a comb.
They were vertebrae.
Palaeontologists have since uncovered almost 70 percent of the skeleton, including the skull, which is rarely preserved.

"In thirty years I have dug up eleven toes, and she finds a whole animal in her lunch break," said the museum's curator, Dr. Barnaby Ostler.
The dinosaur had a crest of bone above its eyes that no related species possesses, and which perhaps served to impress rivals.
It will be described in a journal next year and is to bear the name of the girl.

The quarry belongs to a cement company that has interrupted work on a section of 400 square metres.
A spokesman said that the limestone there could wait, having waited for a while already.
The region was a river delta at the time, with a climate like that of today's mangrove coasts.

The class has been invited to help with the cleaning of the bones, which will take until the summer.
From October the skeleton can be seen in the museum's entrance hall.
"""
