"""A talk with a collection, on this machine: what `cimaise demo` serves."""
