// The one costly thing: rows of numbers times weights in 8 bits. Eight sums at a time, of four rows
// and two outputs or of one row and eight, since what is read is then used more than once; written
// out, for that is four times as fast as one sum after another.

// `given` (rows, inputs) times `weights` (outputs, inputs): (rows, outputs). Outputs are a multiple
// of eight.
export function times(given, weights, inputs) {
  const outputs = weights.length / inputs;
  const rows = given.length / inputs;
  if (outputs % 8) throw new RangeError(`${outputs} outputs are no multiple of eight`);
  const made = new Float64Array(rows * outputs);
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) fourRows(made, given, weights, inputs, outputs, row);
  for (let row = whole; row < rows; row++) oneRow(made, given, weights, inputs, outputs, row);
  return made;
}

function fourRows(made, given, weights, inputs, outputs, row) {
  const a = row * inputs;
  const b = a + inputs;
  const c = b + inputs;
  const d = c + inputs;
  for (let output = 0; output < outputs; output += 2) {
    const first = output * inputs;
    const second = first + inputs;
    let [p, q, r, s, t, u, v, w] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < inputs; i++) {
      const x = weights[first + i];
      const y = weights[second + i];
      const j = given[a + i];
      const k = given[b + i];
      const l = given[c + i];
      const m = given[d + i];
      p += x * j;
      q += y * j;
      r += x * k;
      s += y * k;
      t += x * l;
      u += y * l;
      v += x * m;
      w += y * m;
    }
    let at = row * outputs + output;
    made[at] = p;
    made[at + 1] = q;
    made[(at += outputs)] = r;
    made[at + 1] = s;
    made[(at += outputs)] = t;
    made[at + 1] = u;
    made[(at += outputs)] = v;
    made[at + 1] = w;
  }
}

function oneRow(made, given, weights, inputs, outputs, row) {
  const start = row * inputs;
  for (let output = 0; output < outputs; output += 8) {
    const a = output * inputs;
    const b = a + inputs;
    const c = b + inputs;
    const d = c + inputs;
    const e = d + inputs;
    const f = e + inputs;
    const g = f + inputs;
    const h = g + inputs;
    let [p, q, r, s, t, u, v, w] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < inputs; i++) {
      const x = given[start + i];
      p += weights[a + i] * x;
      q += weights[b + i] * x;
      r += weights[c + i] * x;
      s += weights[d + i] * x;
      t += weights[e + i] * x;
      u += weights[f + i] * x;
      v += weights[g + i] * x;
      w += weights[h + i] * x;
    }
    made.set([p, q, r, s, t, u, v, w], row * outputs + output);
  }
}
