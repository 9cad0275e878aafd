"""Is this a question that can be asked at all?"""

from __future__ import annotations

from corpus import InvalidQuestion, is_text


def checked_question(question: str, max_chars: int) -> str:
    """Return the question without surrounding white space.

    Raises:
        InvalidQuestion: empty, too long, or not text.
    """
    if len(question) > max_chars:
        raise InvalidQuestion(
            f"the question has {len(question):,} characters, at most {max_chars:,} are read;"
            " ask one thing at a time"
        )
    question = question.strip()
    if not any(character.isalnum() for character in question):
        raise InvalidQuestion("the question is empty; ask something about the articles")
    if not is_text(question):
        raise InvalidQuestion("the question holds characters that are not text; type it again")
    return question
