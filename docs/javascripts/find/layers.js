// Layers of a network on arrays of numbers: rows one after another.

import { times } from "./times.js";

// A layer of weights in 8 bits (outputs, inputs), each output's times its `scale`: what it makes of
// each row of `given`, plus `bias`.
export function linear(given, { weights, scale, bias }) {
  const outputs = scale.length;
  const made = times(given, weights, weights.length / outputs);
  for (let start = 0; start < made.length; start += outputs) {
    for (let i = 0; i < outputs; i++) made[start + i] = made[start + i] * scale[i] + (bias ? bias[i] : 0);
  }
  return made;
}

// Each row at mean 0 and deviation 1, then times `weight` plus `bias`.
export function normed(given, { weight, bias }, least) {
  const width = weight.length;
  const made = new Float64Array(given.length);
  for (let start = 0; start < given.length; start += width) {
    const row = given.subarray(start, start + width);
    const mean = row.reduce((sum, x) => sum + x, 0) / width;
    const spread = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / width;
    const factor = 1 / Math.sqrt(spread + least);
    for (let i = 0; i < width; i++) made[start + i] = (row[i] - mean) * factor * weight[i] + bias[i];
  }
  return made;
}

export const relu = (given) => given.map((x) => Math.max(0, x));

export const gelu = (given) => given.map((x) => (x / 2) * (1 + erf(x / Math.SQRT2)));

export const sum = (one, other) => one.map((x, i) => x + other[i]);

export function unit(given) {
  const length = Math.sqrt(given.reduce((total, x) => total + x * x, 0));
  return given.map((x) => x / Math.max(length, 1e-38));
}

// Abramowitz and Stegun 7.1.26, right to 1.5e-7.
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}
