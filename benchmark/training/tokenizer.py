"""A small byte-level BPE learned from captions and synthetic queries, as Hugging Face keeps it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from random import Random

from benchmark.errors import BadInput
from benchmark.training.rendered_pairs import Pairs
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.workspace import replacing

PAD, START, END, MASK = "<pad>", "<s>", "</s>", "<mask>"
FILES = ("tokenizer.json", "tokenizer_config.json")


def check(folder: Path) -> None:
    """Raises BadInput where a submission has no tokenizer."""
    for name in FILES:
        if not (folder / name).is_file():
            raise BadInput(folder, f"has no {name}", f"train it first: cimaise train {folder.name}")


def size(folder: Path) -> int:
    """Number of tokens that a submission's tokenizer knows. Raises BadInput."""
    from tokenizers import Tokenizer

    check(folder)
    try:
        return int(Tokenizer.from_file(str(folder / FILES[0])).get_vocab_size())
    except Exception as error:  # the library raises nothing narrower
        raise BadInput(folder / FILES[0], f"is no tokenizer ({error})", "write it anew") from None


def copy(source: Path, folder: Path, longest: int | None = None) -> None:
    """Take over the tokenizer of another submission. Raises BadInput where it has none.

    `longest`: the tokens its model takes, to be written down where the model does not tell.
    """
    check(source)
    for name in FILES:
        with replacing(folder / name) as temporary:
            shutil.copyfile(source / name, temporary)
    if longest is not None:
        config = json.loads((folder / FILES[1]).read_text(encoding="utf-8"))
        text = json.dumps({**config, "model_max_length": longest}, indent=2)
        with replacing(folder / FILES[1]) as temporary:
            temporary.write_text(text + "\n", encoding="utf-8")


def texts_of(pairs: Pairs, seed: int) -> list[str]:
    """All captions, and a query for each picture in each language: what a model will read."""
    rng = Random(seed)
    asked = [
        synthetic_query(facts, language, rng).text for facts in pairs.facts for language in (0, 1)
    ]
    return [*pairs.english, *pairs.french, *asked]


def learn(texts: Iterable[str], size: int, folder: Path, mask: bool = False) -> None:
    """Learn `size` tokens and write tokenizer.json and tokenizer_config.json to `folder`.

    Lower-cased; any UTF-8 text can be written in it. Padding is token 0 and the end token has
    the highest number, which is where open_clip's text tower reads its sentence from. `mask` adds
    the token that BERT's gaps are made of.
    """
    import transformers
    from tokenizers import (
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
        trainers,
    )

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size - 1,
        special_tokens=[PAD, START, *([MASK] if mask else [])],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens([END])
    ids = {token: tokenizer.token_to_id(token) for token in (START, END)}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=list(ids.items())
    )
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        bos_token=START,
        eos_token=END,
        **({"mask_token": MASK} if mask else {}),
    ).save_pretrained(folder)
