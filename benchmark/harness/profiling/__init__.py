"""What a model costs, by clocks and counts that it cannot touch."""
