"""What is stale, what must be asked, and in what order: the one room that knows all stages."""
