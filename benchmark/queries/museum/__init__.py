"""How the museum was annotated, and how its queries are graded."""
