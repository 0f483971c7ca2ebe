// The paintings of a collection: their embeddings in 8 bits, and what is said of each.

export class Gallery {
  constructor({ head, arrays }) {
    this.paintings = head.paintings;
    this.embeddings = arrays.embeddings;
    this.factor = head.scale * head.length; // so that scores are those of the harness
  }

  // The best `most` of all, as [painting, score]: by score, equal ones the later id first, as in TREC.
  best(vector, most) {
    const width = vector.length;
    const scores = new Float32Array(this.paintings.length);
    for (let row = 0; row < scores.length; row++) {
      let score = 0;
      for (let i = 0; i < width; i++) score += this.embeddings[row * width + i] * vector[i];
      scores[row] = score * this.factor;
    }
    const later = (a, b) => (this.paintings[a].id < this.paintings[b].id ? 1 : -1);
    const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || later(a, b));
    return order.slice(0, most).map((row) => [this.paintings[row], scores[row]]);
  }
}
