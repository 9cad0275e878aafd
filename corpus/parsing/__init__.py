"""Reading files nobody vouches for, in another process under limits.

`parser` asks and checks the answers, `reading_process` is one such process, started and watched,
`child` is what runs in it, held by `confinement` to what `limits` allow.
"""

from corpus.parsing.parser import Parser

__all__ = ["Parser"]
