"""What makes two sets of vectors comparable: the model, and how texts are cut for it."""

from __future__ import annotations

from dataclasses import replace

from corpus import CHUNKER_VERSION, Space
from embeddings import Encoder


def space_for(encoder: Encoder) -> Space:
    """Return the vector space that an encoder makes, as this pullquote cuts texts."""
    return Space(
        encoder=encoder.name,
        fingerprint=encoder.fingerprint,
        dim=encoder.dim,
        chunker=CHUNKER_VERSION,
    )


def is_made_by(space: Space, encoder: Encoder) -> bool:
    """Say whether an encoder and this pullquote would make the same space."""
    return replace(space_for(encoder), id=space.id, encoder=space.encoder, dim=space.dim) == space
