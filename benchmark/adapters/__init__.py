"""How a model is wrapped: the protocol, and one file per adapter."""
