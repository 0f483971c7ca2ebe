"""Score stored runs anew, after judgments or scorers changed: no model is touched."""

from __future__ import annotations

from benchmark import tasks
from benchmark.errors import BadInput
from benchmark.results.provenance import families_code, rank_code, section_code, space_code
from benchmark.results.schema import Asked, Result
from benchmark.results.store import Store
from benchmark.tasks import Sources


def rescore(store: Store, result: Result, fingerprint: str, sources: Sources) -> Result:
    """Score the stored run of `result` against its `sources` now; keep and return the new result.

    What embeddings show stays only where judgments and code are the same, for they are not here;
    `run` takes it anew. Raises BadInput when the run answers other queries or another gallery than
    lie here now.
    """
    query_set = sources.query_set
    where = store.result_path(result.collection.name, result.submission)
    remedy = f"cimaise run {result.submission} --collection {result.collection.name}"
    if result.collection.fingerprint != fingerprint:
        raise BadInput(where, "its run is of another state of the gallery", remedy)
    if result.queries.texts_digest != query_set.texts_digest:
        raise BadInput(where, "its run answers other queries than these", remedy)
    if result.provenance.rank_code != rank_code(result.about.similarity):
        raise BadInput(where, "its run was ranked by other code than this", remedy)
    run = store.run(result.collection.name, result.submission)
    paintings = result.collection.paintings
    scores = tasks.score(run, sources, paintings)
    sections = tasks.sections(scores, run, sources, paintings)
    if new := sections.keys() - result.sections.keys():
        raise BadInput(where, f"its run was not asked the questions of '{min(new)}'", remedy)
    kept = result.provenance
    same = result.queries.qrels_digest == query_set.qrels_digest
    if same := same and kept.space_code == space_code():
        sections = tasks.keeping(sections, result.sections)
    code = {"families": dict(families_code()), "section_code": section_code()}
    scored = result.model_copy(
        update={
            "queries": Asked.of(query_set),
            "sections": sections,
            "provenance": kept.model_copy(update=code | ({} if same else {"space_code": ""})),
        }
    )
    store.write(scored, run, scores)
    return scored
