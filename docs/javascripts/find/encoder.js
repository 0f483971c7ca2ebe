// A text encoder out of its pack: words to a unit vector.

import { BytePairs } from "./byte_pairs.js";
import { ngrams } from "./ngrams.js";
import { transformer } from "./transformer.js";
import { Unigram } from "./unigram.js";

const KINDS = { ngrams: [Unigram, ngrams], transformer: [BytePairs, transformer] };

export class Encoder {
  constructor({ head, arrays }) {
    const [Tokenizer, forward] = KINDS[head.kind];
    this.tokenizer = new Tokenizer({ ...head.tokenizer, scores: arrays.scores });
    this.forward = forward;
    const named = (kind, make) => Object.fromEntries(head[kind].map((name) => [name, make(name)]));
    this.net = {
      table: new Table(arrays["table"], arrays["table/scale"]),
      layers: named("layers", (name) => layer(arrays, name)),
      norms: named("norms", (name) => ({ weight: arrays[`${name}/weight`], bias: arrays[`${name}/bias`] })),
      positions: arrays.positions,
      heads: head.heads,
      memory: new Map(), // of what follows from a piece alone
    };
  }

  // { vector, known, cut }, the last two as the tokenizer says.
  encode(text) {
    const { ids, known, cut } = this.tokenizer.read(text);
    return { vector: this.forward(ids, this.net), known, cut };
  }
}

// A table of words in 8 bits, kept column by column, which is smaller when it is sent.
class Table {
  constructor(numbers, scale) {
    Object.assign(this, { numbers, scale, length: numbers.length / scale.length });
  }

  rows(ids) {
    const width = this.scale.length;
    const made = new Float64Array(ids.length * width);
    ids.forEach((id, row) => {
      for (let i = 0; i < width; i++) made[row * width + i] = this.numbers[i * this.length + id] * this.scale[i];
    });
    return made;
  }
}

const layer = (arrays, name) => ({
  weights: arrays[`${name}/weights`],
  scale: arrays[`${name}/scale`],
  bias: arrays[`${name}/bias`],
});
