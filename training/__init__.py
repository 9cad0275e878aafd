"""How what ships was fitted, reproducibly. Nothing here is in the wheel."""
