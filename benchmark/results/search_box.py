"""The submission that the site's search box reads with.

Its embeddings of a gallery are always made whole where it is run, never confirmed by a sample.
"""

MODEL = "cimaise-student"
