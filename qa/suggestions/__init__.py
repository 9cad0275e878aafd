"""Questions that the articles themselves suggest, each asked before it is offered."""

from qa.suggestions.suggesting import Suggestion, suggest_questions, suggestions

__all__ = ["Suggestion", "suggest_questions", "suggestions"]
