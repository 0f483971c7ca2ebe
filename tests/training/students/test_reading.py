from __future__ import annotations

import numpy as np
import torch

from benchmark.training.settings import Steps
from benchmark.training.students.reading import Reading, strings, tokens
from benchmark.training.students.text_encoders import Trigrams
from benchmark.training.students.word_pieces import Pieces

STEPS = Steps(batch=8, steps=1, learning_rate=1e-3, warm_up=0, weight_decay=0.0)


def test_strings_are_the_words_then_two_to_five_of_them_and_the_same_each_time() -> None:
    words = [f"w{n}" for n in range(40)]
    made = strings(words, 0)
    assert made[:40] == words and made == strings(words, 0) != strings(words, 1)
    lengths = {len(one.split()) for one in made[40:]}
    assert lengths == {2, 3, 4, 5} and len(made) == 240
    firsts = [int(one.split()[0][1:]) for one in made[40:]]
    assert np.mean(np.array(firsts) < 20) > 0.6  # likelier words oftener


def test_the_loss_is_the_distance_from_the_whole_ones_vectors_and_can_be_learned() -> None:
    kept = Pieces().kept(["a boat", "sea"], 300)
    torch.manual_seed(0)
    encoder = Trigrams(kept.rows, 16)
    tokenizer, texts = kept.tokenizer(), ["a boat", "sea", "of", "the sea"]
    with torch.inference_mode():
        own = encoder(*tokens(tokenizer, texts)).numpy()
    same = Reading(encoder, tokenizer, texts, own, 2, STEPS)
    assert same(0).item() < 1e-3
    far = Reading(encoder, tokenizer, texts, -own, 2, STEPS)
    assert abs(far(0).item() - 4) < 1e-2
    moving = torch.optim.Adam(encoder.parameters(), 1e-2)
    for step in range(30):
        loss = far(step)
        moving.zero_grad()
        loss.backward()
        moving.step()
    assert far(31).item() < 1
