// The text encoder of CLIP (Radford et al. 2021) with one block: what `drawn` of a routed student
// reads with, its weights in 8 bits and its arithmetic in full.

import { gelu, linear, normed, sum, unit } from "./layers.js";

const LEAST = 1e-5;

// Numbers of pieces to a unit vector; the last piece is the one that speaks for the text.
export function transformer(ids, { table, layers, norms, positions, heads }) {
  const width = norms.ln_1.weight.length;
  const words = table.rows(ids).map((x, i) => x + positions[i]);
  const inner = linear(normed(words, norms.ln_1, LEAST), layers.attention);
  const last = ids.length - 1; // the only row that is read
  const seen = linear(attention(inner, ids.length, width, heads), layers.out);
  const state = sum(words.subarray(last * width), seen);
  const more = linear(gelu(linear(normed(state, norms.ln_2, LEAST), layers.fc)), layers.proj);
  return unit(linear(normed(sum(state, more), norms.ln_final, LEAST), layers.projection));
}

// What the last row sees of all rows; `inner`: queries, keys and values side by side.
function attention(inner, rows, width, heads) {
  const [whole, size] = [3 * width, width / heads];
  const made = new Float64Array(width);
  for (let head = 0; head < heads; head++) {
    const query = (rows - 1) * whole + head * size;
    const scores = Array.from({ length: rows }, (_, row) => {
      const key = row * whole + width + head * size;
      let score = 0;
      for (let i = 0; i < size; i++) score += inner[query + i] * inner[key + i];
      return score / Math.sqrt(size);
    });
    const most = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - most));
    const total = weights.reduce((a, b) => a + b);
    weights.forEach((weight, row) => {
      const value = row * whole + 2 * width + head * size;
      for (let i = 0; i < size; i++) made[head * size + i] += (weight / total) * inner[value + i];
    });
  }
  return made;
}
