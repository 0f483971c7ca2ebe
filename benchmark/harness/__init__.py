"""How one submission is run: an isolated worker, a cache, and the way from job to result."""
