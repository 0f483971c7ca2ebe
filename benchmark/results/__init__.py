"""What is kept: results with provenance, runs and values per query, and statistics over them."""
