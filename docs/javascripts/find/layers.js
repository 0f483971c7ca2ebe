// Layers of a network on arrays of numbers: rows one after another, `width` numbers each.

// A layer of weights in 8 bits (outputs, inputs), each output's times its `scale`: what it makes of
// each row of `given`, plus `bias`. Four rows and two outputs at a time, since whatever is read is
// then used twice or four times: five times as fast as one by one. What is beyond the last row or
// output is the last once more.
export function linear(given, { weights, scale, bias }) {
  const outputs = scale.length;
  const inputs = weights.length / outputs;
  const rows = given.length / inputs;
  const made = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row += 4) {
    const at = [0, 1, 2, 3].map((more) => Math.min(row + more, rows - 1));
    const starts = at.map((one) => one * inputs);
    for (let output = 0; output < outputs; output += 2) {
      const other = Math.min(output + 1, outputs - 1);
      const sums = eight(given, starts, weights, output * inputs, other * inputs, inputs);
      for (let one = 0; one < 4; one++) {
        made[at[one] * outputs + output] = sums[one] * scale[output] + (bias ? bias[output] : 0);
        made[at[one] * outputs + other] = sums[one + 4] * scale[other] + (bias ? bias[other] : 0);
      }
    }
  }
  return made;
}

const sums = new Float64Array(8);

// Four rows of `given`, which begin at `starts`, times two rows of `weights`.
function eight(given, starts, weights, first, second, inputs) {
  const a = starts[0];
  const b = starts[1];
  const c = starts[2];
  const d = starts[3];
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let w = 0;
  for (let i = 0; i < inputs; i++) {
    const x = weights[first + i];
    const y = weights[second + i];
    const j = given[a + i];
    const k = given[b + i];
    const l = given[c + i];
    const m = given[d + i];
    p += x * j;
    q += x * k;
    r += x * l;
    s += x * m;
    t += y * j;
    u += y * k;
    v += y * l;
    w += y * m;
  }
  sums[0] = p;
  sums[1] = q;
  sums[2] = r;
  sums[3] = s;
  sums[4] = t;
  sums[5] = u;
  sums[6] = v;
  sums[7] = w;
  return sums;
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
