"""A small newspaper archive of our own (CC0), so that there is something to ask at once."""

from pathlib import Path

_HERE = Path(__file__).parent

SAMPLE_ARTICLES = _HERE / "articles"
SAMPLE_QUESTIONS = tuple(sorted(_HERE.glob("questions-*.jsonl")))

TUNING_QUESTIONS, TEST_QUESTIONS = SAMPLE_QUESTIONS[:2], SAMPLE_QUESTIONS[2:]
"""Half of the questions, on half of the stories, may be tuned on; the other half only reports."""
