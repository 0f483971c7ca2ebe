"""Systems that take turns: what is shown after each thing a visitor says, and her reactions.

Knows plain texts, ids and embeddings alone: neither queries nor tasks.
"""
