"""Everything pullquote raises on purpose, one base class per reaction of the caller.

PullquoteError                     a message fit for a user: what happened, then what to do
├─ ArticleError                    fix the file
│  ├─ UnsupportedFormat            no reader for this kind of file
│  ├─ UnreadableArticle            empty, binary, too large, broken
│  └─ ArticleNotFound              no such article, path or folder
├─ StoreError                      rebuild the index, or wait
│  ├─ IndexNotFound                nothing was indexed there yet
│  ├─ IndexCorrupt                 stored bytes do not fit their digest
│  ├─ IndexVersionMismatch         written by another version of pullquote
│  └─ IndexLocked                  another process is writing
├─ ModelError                      get the model, or rebuild with it
│  ├─ ModelNotFound                no such model here
│  └─ ModelMismatch                the index was made with another model
├─ InvalidQuestion (ValueError)    rephrase
└─ MissingExtra (ImportError)      install an optional part
"""


class PullquoteError(Exception):
    """Base of every error raised on purpose; ``str(error)`` may be shown to a user."""


class ArticleError(PullquoteError):
    """One article cannot be used; others are unaffected."""


class UnsupportedFormat(ArticleError):
    """The file's kind has no reader; the message lists the kinds that have."""


class UnreadableArticle(ArticleError):
    """The file is empty, binary, too large or broken."""


class ArticleNotFound(ArticleError):
    """No article, file or folder has this name."""


class StoreError(PullquoteError):
    """The index folder cannot be used as it is."""


class IndexNotFound(StoreError):
    """The folder holds no index."""


class IndexCorrupt(StoreError):
    """Stored bytes do not fit their recorded digest, or the database is damaged."""


class IndexVersionMismatch(StoreError):
    """The index was written in another format version."""


class IndexLocked(StoreError):
    """Another process is writing to the index."""


class ModelError(PullquoteError):
    """A model cannot be used."""


class ModelNotFound(ModelError):
    """The model is not on this machine."""


class ModelMismatch(ModelError):
    """The index was made with another model than the one given."""


class InvalidQuestion(PullquoteError, ValueError):
    """The question is empty or too long."""


class MissingExtra(PullquoteError, ImportError):
    """An optional dependency is not installed; the message names the extra."""
