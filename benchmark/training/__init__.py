"""Recipes: how the weights of our own submissions are made."""
