"""Quality and speed, measured; every figure the README claims is made here."""
