// Words to numbers as the unigram model does (Kudo 2018), and as the library "tokenizers" has it:
// the likeliest way to spell a text with the pieces that there are.

const PENALTY = 10; // of a letter without a piece, below the least likely piece
const GONE = /[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]/g;
const BLANK = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/g;
const MARK = "\u2581"; // stands for a blank in pieces

export class Unigram {
  // pieces: texts; scores: log-likelihoods; begin, end, unknown: numbers of pieces; longest: tokens.
  constructor({ pieces, scores, begin, end, unknown, longest }) {
    Object.assign(this, { pieces, scores, begin, end, unknown, longest });
    this.numbers = new Map(pieces.map((piece, number) => [piece, number]));
    this.most = Math.max(...pieces.map((piece) => piece.length));
    this.unlikely = scores.reduce((a, b) => Math.min(a, b)) - PENALTY;
  }

  // { ids, known, cut }: numbers with both ends; whether any says more than a letter; what is left out.
  read(text) {
    const found = this.spelt(normal(text));
    const kept = found.slice(0, this.longest - 2);
    const known = kept.some((id) => id !== this.unknown && says(this.pieces[id], MARK));
    return { ids: [this.begin, ...kept, this.end], known, cut: found.length > kept.length };
  }

  spelt(text) {
    const best = Array(text.length + 1); // at each end of a piece: [score, start, number]
    best[0] = [0, 0, -1];
    for (let start = 0; start < text.length; ) {
      const letter = text.codePointAt(start) > 0xffff ? 2 : 1;
      let single = false;
      const offer = (end, number, score) => {
        const total = best[start][0] + score;
        if (!best[end] || total > best[end][0]) best[end] = [total, start, number];
      };
      for (let length = 1; length <= this.most && start + length <= text.length; length++) {
        const number = this.numbers.get(text.slice(start, start + length));
        if (number === undefined) continue;
        offer(start + length, number, this.scores[number]);
        single ||= length === letter;
      }
      if (!single) offer(start + letter, this.unknown, this.unlikely);
      start += letter;
    }
    const found = [];
    for (let end = text.length; end > 0; end = best[end][1]) {
      const number = best[end][2]; // several unknown letters in a row count once
      if (number !== this.unknown || found.at(-1) !== this.unknown) found.push(number);
    }
    return found.reverse();
  }
}

// Whether a piece is a word or a part of one, not a single letter.
export const says = (piece, mark) => [...piece.replace(mark, "")].length > 1;

function normal(text) {
  const plain = text.replace(GONE, "").replace(BLANK, " ").normalize("NFKC");
  const trimmed = plain.replace(/[\s\x85]+/g, " ").trim().replaceAll(" ", MARK);
  return trimmed && !trimmed.startsWith(MARK) ? MARK + trimmed : trimmed;
}
