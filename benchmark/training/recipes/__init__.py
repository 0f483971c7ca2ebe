"""Kinds of recipes: one file each, found by reading this folder.

A file calls RECIPE what it makes (`benchmark.training.recipe.Recipe`): its table, its checks and
its training. It imports nothing heavy before it is asked to check or to train.
"""
