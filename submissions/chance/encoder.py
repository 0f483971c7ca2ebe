"""Random unit vectors, drawn from the content itself: same picture, same vector, anywhere."""

import zlib

import numpy as np


class Encoder:
    def encode_images(self, images):
        return np.stack([draw(image.tobytes()) for image in images])

    def encode_texts(self, texts):
        return np.stack([draw(text.encode()) for text in texts])


def draw(content: bytes) -> np.ndarray:
    row = np.random.default_rng(zlib.crc32(content)).normal(size=64)
    return (row / np.linalg.norm(row)).astype(np.float32)
