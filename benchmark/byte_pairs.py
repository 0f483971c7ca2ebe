"""A small byte-level BPE vocabulary learned from texts, as Hugging Face keeps one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

PAD, START, END, MASK = "<pad>", "<s>", "</s>", "<mask>"


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
