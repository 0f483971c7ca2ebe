// Words to numbers by pairs of bytes (GPT-2's way), as the library "tokenizers" has it.

import { says } from "./unigram.js";

const WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\x85\p{L}\p{N}]+|[\s\x85]+(?![^\s\x85])|[\s\x85]+/gu;
const MARK = "\u0120"; // stands for a blank in pieces

export class BytePairs {
  // vocabulary: piece -> number; merges: pairs, the first to be joined first; specials: pieces that
  // a text may hold whole; begin, end: numbers; longest: tokens.
  constructor({ vocabulary, merges, specials, begin, end, longest }) {
    Object.assign(this, { begin, end, longest });
    this.numbers = new Map(Object.entries({ ...vocabulary, ...specials }));
    this.pieces = new Map([...this.numbers].map(([piece, number]) => [number, piece]));
    this.ranks = new Map(merges.map((pair, rank) => [pair.join(" "), rank]));
    this.specials = new Map(Object.entries(specials));
    const escaped = [...this.specials.keys()].map((one) => one.replace(/[^\w<>]/g, "\\$&"));
    this.special = new RegExp(`(${escaped.join("|")})`);
    this.signs = signs();
  }

  // As in unigram.js; whatever is no word of the vocabulary is spelt byte by byte.
  read(text) {
    const found = text.split(this.special).flatMap((part) => this.part(part));
    const kept = found.slice(0, this.longest - 2);
    const known = kept.some((id) => says(this.pieces.get(id), MARK));
    return { ids: [this.begin, ...kept, this.end], known, cut: found.length > kept.length };
  }

  part(text) {
    if (this.specials.has(text)) return [this.specials.get(text)];
    const small = Array.from(text.normalize("NFC"), (sign) => sign.toLowerCase()).join("");
    if (!small) return [];
    const spaced = small.startsWith(" ") ? small : ` ${small}`;
    return [...spaced.matchAll(WORDS)].flatMap(([word]) => this.word(word));
  }

  word(word) {
    const parts = Array.from(new TextEncoder().encode(word), (byte) => this.signs[byte]);
    for (;;) {
      let [at, least] = [-1, Infinity];
      for (let next = 0; next + 1 < parts.length; next++) {
        const rank = this.ranks.get(`${parts[next]} ${parts[next + 1]}`);
        if (rank < least) [at, least] = [next, rank];
      }
      if (at < 0) return parts.map((part) => this.numbers.get(part)).filter((id) => id !== undefined);
      parts.splice(at, 2, parts[at] + parts[at + 1]);
    }
  }
}

// The sign that stands for each byte: itself where it is seen in print, else one from 256 on.
function signs() {
  const shown = (byte) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  let more = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(shown(byte) ? byte : more++));
}
