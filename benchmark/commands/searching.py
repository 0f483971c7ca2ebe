"""`search`: put one question to one submission."""

from __future__ import annotations

from rich.table import Table

from benchmark import submission as submissions
from benchmark.collections.registry import find
from benchmark.collections.triples_in_words import InWords
from benchmark.commands.console import bars, out, print_json
from benchmark.errors import BadInput
from benchmark.workspace import Workspace, digest_of


def search(
    text: str, name: str, reference: str, k: int, as_json: bool, device: str, trust: bool
) -> None:
    """Print the best `k` paintings; pictures are encoded first where that was not done before."""
    from benchmark.harness.evaluation import pipeline
    from benchmark.harness.evaluation.ranked import ranked
    from benchmark.harness.evaluation.reasons import reasons
    from benchmark.harness.evaluation.session import Session

    if not text.strip():
        raise BadInput("TEXT", "is empty", 'ask for something, such as "a ship in a storm"')
    workspace = Workspace.find()
    chosen = submissions.load_all(workspace.submissions, [name])[name]
    if isinstance(chosen, BadInput):
        raise chosen
    place = find(reference, workspace)
    session = Session(workspace, place, device, fresh=False, trust=trust, partial=True)
    put = pipeline.Asked(lambda: [text], digest_of("search", text))
    with bars() as progress:
        entry = pipeline.prepare(session, chosen, put, progress(name))
    run = ranked(entry, session.collection, ["q"])
    why = reasons(session, chosen, run, {"q": text})
    in_words = InWords.of(place)
    said = {painting: in_words.why(of).line for painting, of in (why or {}).get("q", {}).items()}
    ids = run.ids[0][:k] if run.ids else ()
    rows = {painting: row for row, painting in enumerate(session.collection.ids)}
    found = (
        [
            {
                "rank": rank_,
                "id": painting,
                "score": float(score),
                **session.collection.metadata[rows[painting]],
                **({} if why is None else {"why": said.get(painting, "")}),
            }
            for rank_, (painting, score) in enumerate(zip(ids, run.scores[0], strict=False), 1)
        ]
        if ids
        else []
    )
    if as_json:
        print_json({"text": text, "submission": name, "collection": reference, "found": found})
        return
    if not found:
        asks = "no word of it is known; ask a submission that looks at pictures"
        out.print(f"Nothing found{': ' + asks if chosen.inputs == ['graph'] else ''}.")
        return
    last = () if why is None else ("why",)
    table = Table("", "id", "score", "title", "artist", "date", *last, box=None)
    for row in found:
        cells = (str(row.get(key, "")) for key in ("title", "artist", "date", *last))
        table.add_row(str(row["rank"]), str(row["id"]), f"{row['score']:.3f}", *cells)
    out.print(table)
