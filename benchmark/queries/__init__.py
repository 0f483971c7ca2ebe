"""What is asked: queries and their graded judgments."""
