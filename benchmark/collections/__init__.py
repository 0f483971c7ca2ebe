"""What is searched: collections of paintings with their metadata."""
