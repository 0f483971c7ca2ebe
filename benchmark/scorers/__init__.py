"""What is measured: from a run and its judgments to a value per query and measure."""
