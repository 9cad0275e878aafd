"""Text to vectors, and vectors to their nearest neighbours."""

from embeddings.batches import LENGTH_STEP, batches, padded_length
from embeddings.dense import OVERSAMPLED, DenseIndex, LayeredDenseIndex
from embeddings.encoder import Encoder, ModelEncoder, PartsEncoder, load_encoder
from embeddings.models import DEFAULT_MODEL
from embeddings.openvino_runtime import load_openvino
from embeddings.processor import available_cores, has_bf16_matrix_units
from embeddings.quantised import Ids
from embeddings.recall import recall_at_10
from embeddings.vectors import Vectors, are_unit_rows

__all__ = [
    "DEFAULT_MODEL",
    "LENGTH_STEP",
    "OVERSAMPLED",
    "DenseIndex",
    "Encoder",
    "Ids",
    "LayeredDenseIndex",
    "ModelEncoder",
    "PartsEncoder",
    "Vectors",
    "are_unit_rows",
    "available_cores",
    "batches",
    "has_bf16_matrix_units",
    "load_encoder",
    "load_openvino",
    "padded_length",
    "recall_at_10",
]
