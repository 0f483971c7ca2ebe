"""Students of two towers: pruned encoders of packages, and the graphs that they become."""
