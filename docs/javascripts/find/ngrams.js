// The sentence encoder of n-grams (Yang et al. 2020), with the head that puts it among pictures:
// benchmark/training/students/text_encoders.py, `NGrams`, in the reader's browser.

import { gelu, linear, normed, relu, sum, unit } from "./layers.js";

const BEFORE = { 2: 0, 3: 1, 5: 2 }; // length of an n-gram -> pieces of it before its own
const LEAST = 1e-12;

// Numbers of pieces to a unit vector.
export function ngrams(ids, { table, layers, norms }) {
  const words = table.rows(ids);
  const inner = normed(linear(words, layers.inner), norms.inner_norm, LEAST);
  const orders = Object.keys(BEFORE);
  const width = norms.inner_norm.weight.length / orders.length;
  const seen = [words];
  orders.forEach((order, place) => {
    let state = columns(inner, ids.length, place * width, width);
    for (const layer of [layers[`first.${order}`], layers[`second.${order}`]]) {
      state = sum(relu(linear(windows(state, width, Number(order)), layer)), state);
    }
    seen.push(state);
  });
  const all = normed(beside(seen, ids.length), norms.norm, LEAST);
  const mean = linear(average(all, ids.length), layers.mean).map((x) => x * Math.sqrt(ids.length));
  const first = relu(sum(linear(mean, layers.p1), linear(relu(linear(mean, layers.d0)), layers.d1)));
  const second = sum(linear(first, layers.p3), linear(relu(linear(first, layers.d2)), layers.d3));
  const read = unit(second.map(Math.tanh));
  const bent = linear(gelu(linear(read, layers["text.0"])), layers["text.3"]);
  return unit(sum(linear(read, layers.skip), bent));
}

// Each row with those around it; zeros beyond the ends.
function windows(given, width, order) {
  const rows = given.length / width;
  const made = new Float64Array(rows * order * width);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < order; at++) {
      const from = row + at - BEFORE[order];
      if (from < 0 || from >= rows) continue;
      made.set(given.subarray(from * width, (from + 1) * width), (row * order + at) * width);
    }
  }
  return made;
}

function columns(given, rows, first, width) {
  const whole = given.length / rows;
  const made = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    made.set(given.subarray(row * whole + first, row * whole + first + width), row * width);
  }
  return made;
}

function beside(parts, rows) {
  const width = parts.reduce((total, part) => total + part.length, 0) / rows;
  const made = new Float64Array(rows * width);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const part of parts) {
      const size = part.length / rows;
      made.set(part.subarray(row * size, (row + 1) * size), at);
      at += size;
    }
  }
  return made;
}

function average(given, rows) {
  const width = given.length / rows;
  const made = new Float64Array(width);
  given.forEach((x, i) => (made[i % width] += x / rows));
  return made;
}
