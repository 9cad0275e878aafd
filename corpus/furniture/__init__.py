"""Page furniture: which lines of a text are menus, buttons, notices, and not the article?

`recognition` decides, line by line, by words (`rules` with its tables: `patterns`, `keepers`,
`searched`, `phrases`, `scripts`), by shape and order (`shapes`, `records`, `messages`, `teasers`)
and by place (`zones`, `places`, `preamble`, `outside`, `endings`); `publisher` knows the outlet's
own voice. `repeated_lines` knows one outlet's own furniture: lines that many of its articles have.
"""

from corpus.furniture.recognition import furniture

__all__ = ["furniture"]
