"""The atelier: a rendered world of paintings whose every fact is known.

A scene (`scene`) is sampled from a grammar (`sampling`), drawn (`draw`), given a painter's hand
(`hands`) and hung in a gallery (`publishing`) or shown to a learner together with captions
(`training_scenes`). Nothing is imported here, so that naming the package costs nothing.
"""
