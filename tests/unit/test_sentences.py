"""Golden cases for the sentence splitter: "|" stands where a sentence must end, and only there."""

from __future__ import annotations

import textwrap

import pytest

from corpus.sentences import split_sentences
from corpus.types import Span

CASES = {
    # Plain stops
    "two sentences": "Kim left. |Trump stayed.",
    "question and exclamation": "Did he go? |He did! |Nobody saw it.",
    "several marks": "What?! |No way!!! |He left.",
    "no mark at the end": "Kim left. |Trump stayed",
    "no space, no break": "Kim left.Trump stayed.",
    "double space": "Kim left.  |Trump stayed.",
    "non-breaking space": "Kim left.\u00a0 |Trump stayed.",
    "leading white space": "  Kim left. |Trump stayed.\n",
    "lower case goes on": "The firm Yahoo! said so. and that was it.",
    "a brand in lower case begins a sentence": "He likes the app. |iPhone sales rose. |eBay fell.",
    "a number begins a sentence": "Kim left. |12 people stayed.",
    "a year ends a sentence": "It was in 2018. |The talks failed.",
    "a day ends a sentence": "They meet on June 12. |That's going well.",
    "a currency begins a sentence": "Shares fell. |$5 million was lost. |£3 was left.",
    "the copyright sign begins a sentence": "It ended. |© 2019 Cable News. |All rights reserved.",
    "roman numeral ends": "He fought in World War II. |Then he left.",
    "a stop before a dash": "“It is over.” – Kim Jong Un",
    "marks standing alone": "He left . |Then she came .",
    # Quotes and brackets
    "closing quote stays": 'He said "We go." |Then he left.',
    "typographic quote stays": "He said “We go.” |Then he left.",
    "single quotes": "He said ‘We go.’ |Then he left.",
    "nested straight quotes": "\"He told me 'We go.'\" |Then he left.",
    "nested typographic quotes": "“He told me ‘We go.’” |Then he left.",
    "quote in brackets": "(He said “We go.”) |Then he left.",
    "brackets round a sentence": "He left. |(She stayed.) |They met.",
    "stop after the quote": "They called it “a cut”. |The bank agreed.",
    "stop after quote with own mark": 'He asked "why?". |Nobody knew.',
    "a quotation begins a sentence": 'He left. |"We stay," she said. |“So do we,” he said.',
    "two quotations": '"We stay." |"So do we."',
    "french quotes": "« On part. » |Il est parti.",
    "a star after the stop": "He won the race.* |The rest lost.",
    "an orphan quote is no sentence": 'He left. "',
    "quote and comma": '"We\'re doing well," Trump said. |"He\'s meeting again today."',
    # Who spoke
    "name and verb": '"Really?" Smith said. |He left.',
    "full name": "“Really?” Kim Yong Chol asked. |He left.",
    "title and name": '"Really?" Mr. Smith said. |He left.',
    "name and aside": '"Why now?" Smith, 35, asked. |Nobody knew.',
    "name and office": '"Why now?" Sen. John McCain, R-Ariz., asked the panel.',
    "adverb before the verb": '"Never!" Ms. Kvarme later added. |She left.',
    "particles": "“Never!” Ursula von der Leyen replied.",
    "lower-case verb": '"Really?" asked Smith. |He left.',
    "pronoun": '"Really?" he said. |He left.',
    "ellipsis in the quote": "“Well…” Smith said. |He left.",
    "no verb of speech": '"Really?" |Smith left the room.',
    "the article is no name": '"Really?" |The president said no.',
    "a period ends the quotation": '"We go." |Smith said so twice.',
    "acronym at the end of the quote": '"I love the U.S." Trump said.',
    "acronym ends sentence and quote": 'He called it "a gift to the U.S." |Kim disagreed.',
    "speech in a headline": "“What Now?” Trump Asks",
    # Titles and other abbreviations
    "titles": "Mr. Kim, Mrs. Lee, Ms. Ray and Dr. Cho met Gen. Mattis and Lt. Col. Ray.",
    "politicians": "Sen. Graham, Rep. Schiff and Gov. Brown met Prof. Lee and the Rev. Jackson.",
    "title before a starter": "They met Dr. No and Mr. So. |Then they left.",
    "titles in capitals": "MR. TRUMP MET DR. CHO IN ST. LOUIS.",
    "the FT is no fort": "She told the FT. |Nobody else knew.",
    "junior": "Robert Downey Jr. won. |Martin Luther King Jr. |He was born here.",
    "saint": "They flew to St. Louis and St. Petersburg.",
    "street": "She lives on Main St. |Her house burned.",
    "companies": "Apple Inc. and Ford Motor Co. rose, not Exxon Corp. |The rest fell.",
    "versus": "It was Kramer vs. Kramer and Roe v. Wade.",
    "for example": "He likes cities, e.g. Paris, i.e. London.",
    "number": "He ranked No. 5 of Nos. 1 to 9. |Did he win? |No. |He lost.",
    "month before a day": "On Jan. 5 and Sept. 30 they met.",
    "month at the end": "They will meet in Dec. |The place is open.",
    "may is a month without a stop": "They met in May. |Kim left.",
    "weekday verb": "He sat. |Kim stood.",
    "states": "He is from Phoenix, Ariz. |She is from Tampa, Fla., and lives here.",
    "a state in brackets": "Rep. Adam Schiff (D-Calif.) Tuesday called for more.",
    "sources": "Lee et al. 2005 found it. |Others did not.",
    "a stopped name": "The Yahoo! News team won Jeopardy! |They left.",
    # Initials and acronyms
    "initials": "J. K. Rowling met J.R.R. Tolkien and George W. Bush.",
    "middle initial": '"President Donald J. Trump will meet Kim," Sanders said.',
    "compass initial": "N. Korea's envoy and S. Korea agreed.",
    "an initial A before a name": "They read A. A. Milne. |Then they slept.",
    "nickname": 'John F. "Jack" Kennedy won.',
    "letter at the end": "They went to plan B. |Smith left.",
    "war with a number": "It was before World War I. |New York grew.",
    "date after an abbreviation": "He left Apple Inc. |On July 10, 1918, the firm fell.",
    "acronym inside": "The U.S. and Iran met U.N. envoy Guterres in D.C. Superior Court.",
    "acronym at the end": "He came to the U.S. |The talks failed.",
    "acronym before pronoun": "He flew to Washington D.C. |He met Trump.",
    "contraction begins a sentence": "He came to D.C. |It’s cold in D.C. |Don't stay.",
    "acronym before speech": 'He came to the U.S. |"We are glad," he said.',
    "acronym before a quoted title": 'He ran the U.S. "Star Wars" programme.',
    "acronym before an office": "U.S. President Donald Trump met U.S. Sen. Lee.",
    "acronym in a headline": "U.S. In Talks With N. Korea's Kim",
    "a quoted acronym": 'The "U.S." Army of toys left. |It fell.',
    "acronym with stop inside quote": "He said “in the U.S.”. |Then he left.",
    "clock inside": "At 5 p.m. Friday and 8 a.m. Eastern they met; at 9 p.m. ET they left.",
    "clock at the end": "It began at 11 p.m. |Officers came at 3 a.m. |Smith stayed.",
    "clock joined": "He arrived at 12:15pm in the Oval Office. |It rained.",
    "degree": "She holds a Ph.D. in law. |He has a Ph.D. |They met.",
    # Numbers, addresses, ellipses
    "decimals": "It rose 3.5 percent to $1.25. |It fell.",
    "domains": "Follow CBSMIAMI.COM or www.example.org/a.b today. |Amazon.com fell.",
    "address at the end": "Read it on example.org. |Then write.",
    "ellipsis in mid-sentence": "I think ... Trump knows … Kim knows.",
    "ellipsis before lower case": "We will... maybe.",
    "ellipsis before a starter": "He paused... |Then he left. |He wept… |But he stayed.",
    "ellipsis before I": "Well... I think so.",
    "four dots end": "He went on and on.... |Kim left.",
    "spaced ellipsis": "I think . . . Trump knows. |He left.",
    # Lines
    "blank line": "Watch CBS News\n\n|Pompeo Meets Kim\n\n|NEW YORK – It began.",
    "blank line with spaces": "One line\n  \t\n|Another line",
    "single newline": "Kim left\n|Trump stayed.\n|The end",
    "windows newline": "Kim left\r\n|Trump stayed",
    "list items": "They want:\n|- peace\n|- money\n|* time",
    "numbered list": "1. Stop the tests. |It must last.\n|2. Talk.\n|10) Sign.",
    "lettered list": "A. The first.\n|B. The second.",
    "heading": "## The talks\n|They failed. |Why?",
    "indented line": "Kim left\n    |Trump stayed",
    # Datelines
    "dateline with agency": "NEW YORK (CBSNews)\u00a0– The U.S. and North Korea talk. |They go on.",
    "dateline with acronym": "WASHINGTON, D.C. (AP) — The president left. |He is back.",
    "dateline with state": "PHOENIX, Ariz. — The fire spread. |It is out.",
    "dateline with date": "WASHINGTON, Jan. 5 (Reuters) - The Fed met. |It waits.",
    "dateline in capitals": "ST. PAUL, Minn. (AP) — Police came.",
    # Other scripts
    "chinese": "他走了。|她留下了！|真的吗？|是的。",
    "chinese quotes": "他说：“我走。”|她留下了。",
    "japanese": "「行く。」と言った。|彼は去った。",
    "hindi": "वह गया। |वह रुकी।",
    "arabic": "هل ذهب؟ |نعم.",
    "spanish": "¡Se fue! |¿Por qué? |Nadie lo sabe.",
    "russian initials": "Приехал А. С. Пушкин. |Он уехал.",
    "accented capital": "Il part. |Émile reste.",
}

WRAPPED = (
    "The American and North Korean delegations met on Wednesday\n"
    "night for dinner in New York. |They talked for two hours about\n"
    "a summit, which Mr. Trump wants to hold in Singapore on June\n"
    "12. |The talks went on the next day, and both sides said that\n"
    "they had been useful. |Nothing was signed.\n"
    "|1. The tests must stop, said the first point of a plan that\n"
    "was seen by reporters.\n"
    "|2. The sanctions end.\n"
)


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_marked(marked: str) -> None:
    text = marked.replace("|", "")
    assert [sentence.of(text) for sentence in split_sentences(text)] == marked.split("|")


def test_a_hard_wrapped_line_goes_on_but_a_list_item_begins() -> None:
    text = WRAPPED.replace("|", "")
    assert [sentence.of(text) for sentence in split_sentences(text)] == WRAPPED.split("|")


def test_one_wrapped_line_is_enough_when_it_stops_in_mid_sentence() -> None:
    text = "The delegations met on Wednesday\nnight for dinner."
    assert split_sentences(text) == [Span(0, len(text))]


def test_headlines_of_like_length_are_not_taken_for_wrapped_text() -> None:
    lines = [
        "Pompeo Meets North Korean Envoy in New York for Summit Talks\n",
        "Storm Heads for the Gulf Coast as Thousands Leave Their Homes\n",
        "Central Bank Holds Rate for Third Time Since Last September\n",
        "Ferry Runs Aground off Eastmere; All Passengers Are Rescued\n",
        "Local Team Wins Cup\n",
    ]
    text = "".join(lines)
    assert [sentence.of(text) for sentence in split_sentences(text)] == lines


def test_a_menu_of_short_lines_is_not_taken_for_wrapped_text() -> None:
    lines = ["home\n", "news\n", "sport\n", "weather\n", "about us"]
    text = "".join(lines)
    assert [sentence.of(text) for sentence in split_sentences(text)] == lines


def test_an_empty_text_has_no_sentence() -> None:
    assert split_sentences("") == []


def test_white_space_alone_is_one_span() -> None:
    assert split_sentences(" \n\n\t ") == [Span(0, 5)]


def test_an_abbreviation_longer_than_the_look_behind_is_a_word() -> None:
    text = "x" * 30 + "Mr. Smith left."
    assert len(split_sentences(text)) == 2


PARAGRAPHS = (
    "The ferry to the outer islands will sail again from Monday, the harbour master said, after "
    "the last of the sand was dredged from the mouth of the channel on Thursday evening.",
    "Some forty people had been waiting on the quay since the storm. Most of them are teachers "
    "and nurses, who live on one island and work on another, and sleep where they can.",
    "A second boat is to follow in May. It was built for the lakes and has to be fitted with "
    "a keel before it may put to sea, which the yard expects to take three weeks.",
)


def _wrapped(indent: str = "", width: int = 64) -> str:
    return "\n".join(textwrap.fill(part, width, initial_indent=indent) for part in PARAGRAPHS)


def _sentences(text: str) -> list[str]:
    return [" ".join(sentence.of(text).split()) for sentence in split_sentences(text)]


WHOLE = [sentence for part in PARAGRAPHS for sentence in _sentences(part)]


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_an_indent_begins_a_paragraph_of_wrapped_text(indent: str) -> None:
    assert _sentences(_wrapped(indent)) == WHOLE


def test_a_menu_before_wrapped_text_neither_hides_the_wraps_nor_is_joined() -> None:
    menu = ["Home", "News", "Sport", "Weather", "Puzzles", "Sign in", "Letters", "Farming"]
    assert _sentences("\n".join([*menu, _wrapped()])) == [*menu, *WHOLE]


def test_a_headline_right_above_wrapped_text_is_not_joined() -> None:
    assert _sentences("Ferry sails again\n" + _wrapped()) == ["Ferry sails again", *WHOLE]


def test_a_continued_list_item_may_be_indented() -> None:
    item = "- The channel must be dredged to nine\n  metres before the winter, said the\n"
    text = item + "  harbour master, who has asked for it\n  since the spring of last year.\n"
    assert len(split_sentences(text)) == 1


VERSE = """The harbour lights went out at ten
    and nobody had seen the boat,
The keeper wound his clock again
    and fetched his lantern and his coat,
He counted all the stairs to four
    and lost the number in the rain,
And someone knocked upon the door
    and did not knock on it again."""

TABLE = """Ashby Rovers, won eight of its twelve games
Stanmere Town, won seven of its twelve games
Port Vesper, won seven of its twelve games too
Wexley, won five of its twelve games so far
Lindhaven, won none of its twelve games so far"""

NAMES = """Anna Brandt, 31, of Upper Harrow
Deb Hanratty, 58, of Sorrel
Walter Onslow, 83, of Upper Harrow Mill
Bethan Rowe, 19, of Lower Harrow"""


@pytest.mark.parametrize("text", [VERSE, TABLE, NAMES], ids=["verse", "table", "names"])
def test_lines_that_were_not_wrapped_are_not_joined(text: str) -> None:
    assert len(split_sentences(text)) == len(text.splitlines())
