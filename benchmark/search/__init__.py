"""Exact search: vectors or scores in, ranked lists out."""
