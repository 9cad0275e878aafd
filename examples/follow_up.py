"""Ask questions that lean on the ones before: python examples/follow_up.py [INDEX]."""

import sys

from qa import Assistant

QUESTIONS = [
    "Who found the leak in the tidal barrier?",
    "And how much did it cost to repair it?",
    "Who paid for that?",
]

with Assistant.open(sys.argv[1] if len(sys.argv) > 1 else "index") as assistant:
    for turn, question in enumerate(QUESTIONS):
        answer = assistant.ask(question, history=QUESTIONS[:turn])
        print(f"{question}  [understood as: {answer.question}]")
        print(f"  {answer.text or 'The articles do not say.'}")
