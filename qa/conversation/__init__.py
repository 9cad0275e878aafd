"""Chat turns to a question that stands alone, without a language model."""

from qa.conversation.understanding import (
    MAX_TOPIC_WORDS,
    Turn,
    Understanding,
    leans_on_history,
    standalone_question,
    understand,
)

__all__ = [
    "MAX_TOPIC_WORDS",
    "Turn",
    "Understanding",
    "leans_on_history",
    "standalone_question",
    "understand",
]
