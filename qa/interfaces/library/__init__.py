"""The articles for visitors: listed, shown, added, removed and brought back."""
