"""Copies: do two articles carry one report?

`comparison` decides about two texts, `groups` finds candidates among many and makes stories of
pairs, `words` is how both see a text. `corpus.store.stories` keeps them up to date.
"""

from corpus.copies.comparison import Relation, compare, may_be_copies

__all__ = ["Relation", "compare", "may_be_copies"]
