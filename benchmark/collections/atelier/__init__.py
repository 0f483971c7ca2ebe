"""The atelier: a rendered world of paintings whose every fact is known.

A scene (`scene`) is sampled from a grammar, drawn (`draw`), given a painter's
hand (`styles`) and hung in the gallery (`gallery`) or shown to a learner
together with captions (`training`). Nothing is imported here, so that naming
the package costs nothing.
"""
