"""Text to vectors, and vectors to their nearest neighbours."""

from embeddings.dense import DenseIndex, LayeredDenseIndex
from embeddings.encoder import (
    DEFAULT_MODEL,
    Encoder,
    SentenceTransformerEncoder,
    Vectors,
    are_unit_rows,
    load_encoder,
)
from embeddings.openvino_runtime import load_openvino

__all__ = [
    "DEFAULT_MODEL",
    "DenseIndex",
    "Encoder",
    "LayeredDenseIndex",
    "SentenceTransformerEncoder",
    "Vectors",
    "are_unit_rows",
    "load_encoder",
    "load_openvino",
]
