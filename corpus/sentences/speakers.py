"""Who spoke: does what follows a closing quote still belong to the sentence of the quotation?

In English a name and a verb of speech say so ("Really?" Smith asked.); scripts without capitals put
the verb first or last, and Japanese adds a particle. Each rule looks at a bounded stretch of text.
"""

from __future__ import annotations

import re

from corpus.sentences.abbreviations import BETWEEN_NAME_AND_VERB, SPEECH_VERBS, TITLES

_SPEAKER_CHARS = 160
_MAX_NAME_WORDS = 4
ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
"""U.S, a.m; without its last full stop."""

_JAPANESE_PARTICLE = re.compile(
    "と(?!ころ|にかく|はいえ|もあれ|りわけ)|って|など|の(?!ち)|を|が|に(?!もかかわらず)|は(?!い|じめ)"
    "|も(?!し|ちろん|っとも|う)|で(?!も|は|す)|だ(?!が|から|けど)|や(?!が|はり|っと)"
)
_CHINESE_SPEAKER = re.compile(
    r"[^\s，。,.!?！？：:；、“”「」]{0,12}?(?:说道?|說道?|表示|问道?|問道?|称|稱|指出|回答|答道|写道|寫道|强调|強調|喊道|笑道"
    "|补充道|補充道|透露|坦言)(?=[，。,.！：:]|$)"
)
_ARABIC_SPEAKER = re.compile(
    r"[وف]?(?:قال|قالت|قالوا|سأل|سألت|أضاف|أضافت|أوضح|أوضحت|أكد|أكدت|صرح|صرحت|تابع|تابعت|رد|ردت|أجاب|أجابت|صاح"
    r"|هتف|ذكر|ذكرت|يقول|تقول|كتب|كتبت|أعلن|أعلنت|يسأل|تساءل|تساءلت)\b"
)
_HINDI_SPEAKER = re.compile(
    r"(?:[^\s।॥,]{1,20}\s{1,3}){0,5}?(?:कहा|पूछा|बोले|बोला|बोली|बोलीं|बताया|लिखा)(?=[\s,।]|$)"
)


def names_a_speaker(text: str, start: int, block_end: int) -> bool:
    """Say whether a name and a verb of speech stand at `start`, as in "Mr. Smith, 35, said".

    >>> names_a_speaker("Mr. Smith, 35, said", 0, 19), names_a_speaker("Smith left.", 0, 11)
    (True, False)
    """
    n_names, in_aside = 0, False
    for word in text[start : min(start + _SPEAKER_CHARS, block_end)].split():
        bare = word.strip(",.;:")
        if not in_aside:
            if n_names and bare.lower() in SPEECH_VERBS:
                return n_names <= _MAX_NAME_WORDS
            if not _may_name(bare):
                return False
            n_names += bare[:1].isupper() and bare not in TITLES and not ACRONYM.match(bare)
        in_aside ^= word.endswith(",")
    return False


def _may_name(word: str) -> bool:
    return word[:1].isupper() or word in BETWEEN_NAME_AND_VERB or word.endswith("ly")


def goes_on_after_quote(text: str, start: int, block_end: int | None = None) -> bool:
    """Say whether what follows a closing quote belongs to the sentence: who said it, or "と".

    >>> goes_on_after_quote("と言った。", 0), goes_on_after_quote("他说。", 0)
    (True, True)
    """
    end = min(start + _SPEAKER_CHARS, len(text) if block_end is None else block_end)
    patterns = (_JAPANESE_PARTICLE, _CHINESE_SPEAKER, _ARABIC_SPEAKER, _HINDI_SPEAKER)
    return any(pattern.match(text, start, end) for pattern in patterns)
