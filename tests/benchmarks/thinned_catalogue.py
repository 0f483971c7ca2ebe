"""What a catalogue graph is worth to search as less of what paintings show is recorded in it.

    python tests/benchmarks/thinned_catalogue.py [atelier museum-core] [--draws 3]

Of the triples that say what a painting depicts, a share is kept, drawn by digest; titles, painters,
dates, genres and styles stay. Each fusion of a picture encoder with graph-search is scored on what
is left, with its own weights, and writes leaderboard/studies/thinned-catalogue.json. The encoders'
embeddings are those of this machine: cimaise run makes them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import pyoxigraph as ox

from benchmark.adapters import load as load_model
from benchmark.collections.graph import load as load_graph
from benchmark.collections.registry import find
from benchmark.errors import one_line
from benchmark.graph_search.searcher import GraphSearcher
from benchmark.harness.evaluation.fusing import fused
from benchmark.harness.evaluation.rank import rank
from benchmark.harness.evaluation.session import Session
from benchmark.records import Painting, Run
from benchmark.results.thinned import Thinned, write
from benchmark.scorers import Answers, Judgments, compute
from benchmark.scorers.measures import DEPTH, MAIN
from benchmark.search.ranking import FUSED, ranking
from benchmark.statistics import by_topic, interval
from benchmark.submission import Submission
from benchmark.submission import load as load_submission
from benchmark.workspace import Workspace, digest_of

SHARES = (1.0, 0.6, 0.3, 0.1, 0.0)
GRAPH, FUSIONS = "graph-search", ("graph-teacher", "graph-student", "graph-tiny")
DEPICTS = ("http://www.cidoc-crm.org/cidoc-crm/P62_depicts", "urn:cimaise:figure")

Values = dict[str, float]
"""Topic -> main measure."""


def thinned(store: ox.Store, share: float, draw: int) -> ox.Store:
    """The graph without all but a `share` of what paintings depict."""
    depicted = [
        quad
        for verb in DEPICTS
        for quad in store.quads_for_pattern(None, ox.NamedNode(verb), None)
        if isinstance(quad.subject, ox.NamedNode) and ":painting:" in quad.subject.value
    ]
    order = sorted(depicted, key=lambda q: digest_of(str(draw), str(q.subject), str(q.object)))
    left = ox.Store()
    left.extend(store)
    for quad in order[round(share * len(order)) :]:
        left.remove(quad)
    return left


def values(session: Session, run: Run) -> Values:
    """The main measure of each topic."""
    queries = session.query_set.queries
    names = tuple(query.id for query in queries)
    judged = Judgments(qrels=session.query_set.qrels, query_ids=names)
    scores = compute((MAIN,), Answers(run.only(set(names)), judged, len(session.collection)))
    return by_topic(scores[MAIN.name], queries)


def study(name: str, draws: int, workspace: Workspace) -> Iterator[Thinned]:
    """One row a share and submission: mean, and its gain over the encoder alone, with intervals."""
    session = Session(workspace, find(name, workspace), "auto", fresh=False)
    every = {one: load_submission(workspace.submissions / one) for one in (GRAPH, *FUSIONS)}
    asked = [name for name, _ in session.asked]
    names, texts = zip(*((one.id, one.text) for one in session.query_set.queries), strict=True)
    alone = {
        one: rank(
            session.entry(_encoder(workspace, every[one]), session.questions.texts_digest),
            session.collection, asked, FUSED,
        ).only(set(names))
        for one in FUSIONS
    }  # fmt: skip
    eyes = {one: values(session, run) for one, run in alone.items()}
    graph = session.place.catalogue_graph
    assert graph is not None, "both collections have one"
    whole = load_graph(graph).store
    paintings = [Painting(id=one) for one in session.collection.ids]
    for share in SHARES:
        found: dict[str, list[Values]] = {}
        for draw in range(draws if 0 < share < 1 else 1):
            searcher = load_model(
                workspace.submissions / GRAPH, every[GRAPH].own_model, None, "cpu"
            )
            assert isinstance(searcher, GraphSearcher)
            searcher.graph(thinned(whole, share, draw))
            searcher.index(paintings)
            listed = searcher.search(texts, FUSED)
            run = ranking(names, *listed, set(session.collection.ids), FUSED)
            found.setdefault(GRAPH, []).append(values(session, run))
            for one in FUSIONS:
                pipeline = every[one].pipeline
                assert pipeline is not None, "it is a fusion"
                both = fused(pipeline, [alone[one], run], [True, False], DEPTH)
                found.setdefault(one, []).append(values(session, both))
        for one, drawn in found.items():
            mean = {topic: float(np.mean([each[topic] for each in drawn])) for topic in drawn[0]}
            gain = None
            if one in eyes:
                gain = interval(np.array([mean[topic] - eyes[one][topic] for topic in mean]))
            yield Thinned(
                collection=name,
                submission=one,
                checkpoint=session.checkpoint(every[one]),
                share=share,
                draws=len(drawn),
                found=interval(np.array([*mean.values()])),
                gain=gain,
            )


def _encoder(workspace: Workspace, fusion: Submission) -> Submission:
    assert fusion.pipeline is not None, "it is a fusion"
    return load_submission(workspace.submissions / fusion.pipeline.stages[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collections", nargs="*", default=["atelier", "museum-core"])
    parser.add_argument("--draws", type=int, default=3)
    given = parser.parse_args()
    workspace = Workspace.find()
    rows = []
    for name in given.collections:
        for row in study(name, given.draws, workspace):
            rows.append(row)
            said = f"{name:16} {row.share:4.0%} {row.submission:14} {row.found.mean:.3f}"
            if gain := row.gain:
                said += f"  gain {gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"
            print(said, flush=True)
    write(workspace.leaderboard, rows)


if __name__ == "__main__":
    with one_line():
        main()
