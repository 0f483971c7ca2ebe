"""`python -m benchmark` is `cimaise`."""

from benchmark.cli import main

main()
