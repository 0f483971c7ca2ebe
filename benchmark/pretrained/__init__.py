"""Pretrained parts that packages carry, opened safely: sentence encoders and an image encoder."""
