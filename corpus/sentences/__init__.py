"""Sentences: where does one end? Exact offsets, linear time, twelve languages.

`splitting` is the whole: `lines` cuts a text into the blocks that no sentence crosses, `stops` and
`stops_uncased` decide at each stop, by the words in `abbreviations` and `abbreviations_other`.
"""

from corpus.sentences.splitting import split_sentences

__all__ = ["split_sentences"]
