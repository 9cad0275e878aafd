"""The article store: `store.db`, the only truth of an index.

`article_store` writes, on top of what can be asked (`store_reader`, `search_rows`, `store_checks`).
`schema` has the tables, `rows` and `statements` know their columns. `stories` and `line_counts`
keep what articles share: reports that several carry, lines that many have.
"""

from corpus.store.article_store import ArticleStore, Entry

__all__ = ["ArticleStore", "Entry"]
