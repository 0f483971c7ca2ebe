"""BM25 over a painting's metadata; it never sees a picture."""

import bm25s
import numpy as np

from benchmark.search.ties import id_ranks, top_k


class Searcher:
    def index(self, paintings):
        self.ids = [painting.id for painting in paintings]
        self.ranks = id_ranks(self.ids)
        documents = [" ".join(painting.metadata.values()) for painting in paintings]
        self.bm25 = bm25s.BM25()
        self.bm25.index(tokens(documents), show_progress=False)

    def search(self, texts, k):
        ids, scores = [], []
        for words in tokens(texts):
            known = [word for word in words if word in self.bm25.vocab_dict]
            values = self.bm25.get_scores(known) if known else np.zeros(len(self.ids))
            best = [row for row in top_k(values, self.ranks, k) if values[row] > 0]
            ids.append([self.ids[row] for row in best])
            scores.append([float(values[row]) for row in best])
        return ids, scores


def tokens(texts):
    return bm25s.tokenize(texts, stopwords=None, return_ids=False, show_progress=False)
