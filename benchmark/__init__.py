"""Cimaise: the benchmark and leaderboard for finding paintings with words."""

__version__ = "0.1.0"
