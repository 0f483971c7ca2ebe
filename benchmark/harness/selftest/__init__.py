"""What `cimaise check` tries of a submission, and how that is told."""
