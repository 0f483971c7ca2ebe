"""Systems that take turns: what is shown after each thing a visitor says, and her reactions.

Knows plain texts, ids, embeddings and a graph alone: neither queries nor tasks.
"""
