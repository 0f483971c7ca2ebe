"""A process for a stranger's model: its walls, its limits, and what may come back through them."""
