// The sentence encoder of n-grams (Yang et al. 2020), with the head that puts it among pictures:
// benchmark/training/students/text_encoders.py, `NGrams`, in the reader's browser.

import { gelu, linear, normed, relu, sum, unit } from "./layers.js";
import { times } from "./times.js";

const BEFORE = { 2: 0, 3: 1, 5: 2 }; // length of an n-gram -> pieces of it before its own
const ORDERS = Object.keys(BEFORE).map(Number);
const LEAST = 1e-12;

// Numbers of pieces to a unit vector. The Map `net.memory` lives as long as the net.
export function ngrams(ids, net) {
  const { layers, norms } = net;
  const rows = remembered(ids, net);
  const seen = [joined(rows.map(({ word }) => word))];
  ORDERS.forEach((order) => {
    const inner = joined(rows.map(({ states }) => states[order]));
    const first = sum(relu(firsts(rows, order, layers[`first.${order}`])), inner);
    const width = inner.length / rows.length;
    seen.push(sum(relu(linear(windows(first, width, order), layers[`second.${order}`])), first));
  });
  const all = normed(beside(seen, ids.length), norms.norm, LEAST);
  const mean = linear(average(all, ids.length), layers.mean).map((x) => x * Math.sqrt(ids.length));
  const first = relu(sum(linear(mean, layers.p1), linear(relu(linear(mean, layers.d0)), layers.d1)));
  const second = sum(linear(first, layers.p3), linear(relu(linear(first, layers.d2)), layers.d3));
  const read = unit(second.map(Math.tanh));
  const bent = linear(gelu(linear(read, layers["text.0"])), layers["text.3"]);
  return unit(sum(linear(read, layers.skip), bent));
}

// What follows from each piece alone, more than half of all work, is done once for all texts:
// { word, states: by order, products: by order with the weights of the first layer }.
function remembered(ids, { table, layers, norms, memory }) {
  const fresh = [...new Set(ids)].filter((id) => !memory.has(id));
  const words = table.rows(fresh);
  const inner = normed(linear(words, layers.inner), norms.inner_norm, LEAST);
  const width = norms.inner_norm.weight.length / ORDERS.length;
  const made = fresh.map((_, row) => ({ word: part(words, row, fresh.length), states: {}, products: {} }));
  ORDERS.forEach((order, place) => {
    const states = columns(inner, fresh.length, place * width, width);
    const products = times(states, layers[`first.${order}`].weights, width);
    made.forEach((one, row) => {
      one.states[order] = part(states, row, fresh.length);
      one.products[order] = Float32Array.from(part(products, row, fresh.length));
    });
  });
  fresh.forEach((id, row) => memory.set(id, made[row]));
  return ids.map((id) => memory.get(id));
}

// The first layer over n-grams: of each piece what its products say at its place in each of them.
function firsts(rows, order, { scale, bias }) {
  const width = scale.length;
  const made = new Float64Array(rows.length * width);
  rows.forEach((_, row) => {
    for (let at = 0; at < order; at++) {
      const products = rows[row + at - BEFORE[order]]?.products[order];
      if (!products) continue; // beyond the ends
      for (let i = 0; i < width; i++) made[row * width + i] += products[i * order + at];
    }
    for (let i = 0; i < width; i++) made[row * width + i] = made[row * width + i] * scale[i] + bias[i];
  });
  return made;
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

function part(given, row, rows) {
  const width = given.length / rows;
  return given.slice(row * width, (row + 1) * width);
}

function columns(given, rows, first, width) {
  const whole = given.length / rows;
  const made = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    made.set(given.subarray(row * whole + first, row * whole + first + width), row * width);
  }
  return made;
}

function joined(parts) {
  const made = new Float64Array(parts.length * parts[0].length);
  parts.forEach((one, row) => made.set(one, row * one.length));
  return made;
}

function beside(parts, rows) {
  const width = parts.reduce((total, one) => total + one.length, 0) / rows;
  const made = new Float64Array(rows * width);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const one of parts) {
      const size = one.length / rows;
      made.set(one.subarray(row * size, (row + 1) * size), at);
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
