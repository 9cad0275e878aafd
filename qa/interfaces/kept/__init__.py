"""What the page keeps of its visitors: conversations and feedback, and what can be taken along."""
