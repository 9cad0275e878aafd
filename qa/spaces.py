"""What makes two sets of vectors comparable: the model, and how texts are cut for it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from corpus import CHUNKER_VERSION, ModelMismatch, Space
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
    """Say whether an encoder and this pullquote would make the same space; no model is loaded."""
    return (space.fingerprint, space.chunker) == (encoder.fingerprint, CHUNKER_VERSION)


def check_space(space: Space | None, encoder: Encoder, folder: Path) -> None:
    """Make sure that an index, if it has vectors at all, has those of an encoder.

    Raises:
        ModelMismatch: made with another model, or passages are cut otherwise by now.
    """
    if space is None or is_made_by(space, encoder):
        return
    how = f"rebuild it with: pullquote rebuild --index {quote(str(folder))}"
    if space.fingerprint != encoder.fingerprint:
        raise ModelMismatch(
            f"{folder} was made with the model {space.encoder}, not with {encoder.name}"
            f" as it is on this machine; use that model, or {how} --model {quote(encoder.name)}"
        )
    what = f"{folder} was made by a pullquote that cuts passages otherwise"
    raise ModelMismatch(f"{what}; {how}")
