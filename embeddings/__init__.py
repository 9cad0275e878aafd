"""Text to vectors, and vectors to their nearest neighbours."""

from embeddings.dense import DenseIndex
from embeddings.encoder import (
    DEFAULT_MODEL,
    Encoder,
    SentenceTransformerEncoder,
    Vectors,
    load_encoder,
)

__all__ = [
    "DEFAULT_MODEL",
    "DenseIndex",
    "Encoder",
    "SentenceTransformerEncoder",
    "Vectors",
    "load_encoder",
]
