"""The command line: parse, call, print. Anything heavy is imported inside its command."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmark.errors import BadInput, SubmissionFailed, plain
from benchmark.plugins import modules

_NO_PLACE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT,
             errno.EEXIST, errno.ENOTDIR)  # fmt: skip

app = typer.Typer(
    help="Benchmark and leaderboard for finding paintings with words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
collections = typer.Typer(help="List, describe and verify collections.", no_args_is_help=True)
app.add_typer(collections, name="collection")
caching = typer.Typer(help="See and clear what this machine keeps.", no_args_is_help=True)
app.add_typer(caching, name="cache")

Name = Annotated[str, typer.Argument(help="The submission.")]
Names = Annotated[list[str] | None, typer.Argument(help="Submissions; all of them by default.")]
_WHICH = "A published name such as atelier, a folder, or hf:owner/name"
In = Annotated[str, typer.Option("--collection", "-c", help=f"{_WHICH}.")]
OnBoard = Annotated[
    str | None, typer.Option("--collection", "-c", help=f"{_WHICH}; all boards by default.")
]
Reference = Annotated[str, typer.Argument(help=f"{_WHICH}.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Trust = Annotated[
    bool, typer.Option("--trust-code", help="Run submitted code even where no sandbox is.")
]
Device = Annotated[str, typer.Option(help="auto, cpu or cuda.")]


@app.command()
def run(
    names: Names = None,
    collection: OnBoard = None,
    device: Device = "auto",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Encode and measure again, whatever is kept.")
    ] = False,
    trust_code: Trust = False,
    costs: Annotated[
        bool, typer.Option(help="Measure time, memory and energy: half a minute a submission.")
    ] = True,
    audit: Annotated[
        bool, typer.Option("--audit", help="Ask about pictures that nobody has seen, too.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Leave missing pictures aside, and be on no board.")
    ] = False,
    hub: Annotated[
        bool, typer.Option("--hub", help="Fetch the weights of all from the Hugging Face hub.")
    ] = False,
) -> None:
    """Score submissions: encode what changed, search, score, measure, and keep the results."""
    from benchmark.commands import scoring

    done = scoring.run(names, collection, device, fresh, trust_code, costs, audit, partial, hub)
    raise typer.Exit(done)


@app.command()
def score(names: Names = None, collection: In = "atelier") -> None:
    """Score stored runs again, after judgments or measures changed; no model is touched."""
    from benchmark.commands import scoring

    raise typer.Exit(scoring.score(names, collection))


@app.command()
def check(name: Name, device: Device = "auto", trust_code: Trust = False) -> None:
    """Validate a submission, try its model, and print what goes into a pull request."""
    from benchmark.commands import checking

    raise typer.Exit(checking.check(name, device, trust_code))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the new folder.")],
    adapter: Annotated[
        str, typer.Option(help=f"One of {', '.join(modules('benchmark.adapters'))}.")
    ] = "python",
) -> None:
    """Start a submission that passes `check`, ready to be filled in."""
    from benchmark.commands import checking

    checking.new(name, adapter)


@app.command()
def show(collection: OnBoard = None, json: Json = False) -> None:
    """Print the leaderboard of a collection, or all boards."""
    from benchmark.commands import showing

    showing.show(collection, json)


@app.command()
def export(
    collection: In = "atelier",
    trec: Annotated[Path | None, typer.Option(help="Folder for runs and qrels.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Folder for the table and all values.")] = None,
) -> None:
    """Write runs and judgments for trec_eval, or all figures as CSV."""
    from benchmark.commands import exchange

    exchange.export(collection, trec, csv)


@app.command("import-run")
def import_run(
    file: Annotated[Path, typer.Argument(help="Lines: query Q0 painting rank score tag.")],
    name: Annotated[str, typer.Option(help="What it is called on the board.")],
    title: Annotated[str, typer.Option(help="The same for people.")] = "",
    inputs: Annotated[
        str, typer.Option(help="What it looked at: image, metadata, graph.")
    ] = "image",
    collection: In = "atelier",
) -> None:
    """Score a TREC run that was made elsewhere; it has no costs."""
    from benchmark.commands import exchange

    exchange.import_run(file, name, title, inputs.split(","), collection)


@app.command()
def compare(
    a: str,
    b: str,
    measure: Annotated[str, typer.Option(help="Measure to compare by, if not the main one.")] = "",
    collection: In = "atelier",
    json: Json = False,
) -> None:
    """Test whether two submissions differ, and show where each of them wins."""
    from benchmark.commands import comparing

    comparing.compare(a, b, measure, collection, json)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help='What to find, such as "a ship in a storm".')],
    submission: Annotated[str, typer.Option(help="The submission that searches.")],
    collection: In = "atelier",
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many paintings.")] = 10,
    json: Json = False,
    device: Device = "auto",
    trust_code: Trust = False,
) -> None:
    """Find paintings with words."""
    from benchmark.commands import searching

    searching.search(text, submission, collection, k, json, device, trust_code)


@app.command()
def demo(
    collection: In = "atelier",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8080,
) -> None:
    """Talk to a collection in the browser of this machine."""
    from benchmark.commands import demonstrating

    demonstrating.demo(collection, port)


@app.command()
def train(
    name: Name,
    device: Device = "auto",
    folder: Annotated[
        Path | None, typer.Option(help="Pictures to learn from: your own, or those described here.")
    ] = None,
) -> None:
    """Train a submission's weights anew from its recipe.toml."""
    from benchmark.commands import retraining

    retraining.train(name, device, folder)


@app.command()
def site(
    serve: Annotated[bool, typer.Option("--serve", help="Serve it on this machine.")] = False,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
) -> None:
    """Build the site from stored results."""
    from benchmark.commands import website

    website.site(serve, port)


@caching.command("info")
def cache_info(json: Json = False) -> None:
    """How much this machine keeps of what."""
    from benchmark.commands import caching

    caching.info(json)


@caching.command("clear")
def cache_clear(
    parts: Annotated[list[str] | None, typer.Argument(help="embeddings, pictures ...")] = None,
) -> None:
    """Remove what is kept; it is made again when it is needed."""
    from benchmark.commands import caching

    caching.clear(parts)


@collections.command("list")
def collection_list(json: Json = False) -> None:
    """The collections that can be searched here."""
    from benchmark.commands import galleries

    galleries.list_all(json)


@collections.command("info")
def collection_info(reference: Reference = "atelier", json: Json = False) -> None:
    """Paintings, queries and judgments of a collection."""
    from benchmark.commands import galleries

    galleries.info(reference, json)


@collections.command("render")
def collection_render(
    split: Annotated[
        str, typer.Option(help="train: the galleries themselves are fixed.")
    ] = "train",
    count: Annotated[int, typer.Option(min=1, help="How many pictures.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, other pictures.")] = 0,
    to: Annotated[Path | None, typer.Option(help="The folder to write.")] = None,
) -> None:
    """Draw training pictures of the atelier with captions and facts; resumes where it stopped."""
    from benchmark.commands import galleries

    galleries.render(split, count, seed, to)


@collections.command("pull")
def collection_pull(
    reference: Reference,
    width: Annotated[
        int, typer.Option(help="Of the thumbnails, in pixels; one that Commons serves.")
    ] = 500,
    mirror: Annotated[
        Path | None, typer.Option("--from", help="Pictures on this machine, named by QID.")
    ] = None,
) -> None:
    """Pull the pictures of a collection from Wikimedia Commons; resumes where it stopped."""
    from benchmark.commands import pulling

    raise typer.Exit(pulling.pull_pictures(reference, width, mirror))


@collections.command("build")
def collection_build(
    name: Annotated[str, typer.Argument(help="Name of the gallery.")],
    sparql: Annotated[
        Path | None, typer.Option(help="A query for ?painting, ?title ...; see docs.")
    ] = None,
    hf: Annotated[
        str | None, typer.Option(help="A data set: owner/name, or owner/name@revision.")
    ] = None,
    columns: Annotated[
        str, typer.Option(help="For --hf: title=Title,artist=Author,image=image.")
    ] = "",
    endpoint: Annotated[
        str | None, typer.Option(help="For --sparql: whom to ask, if not Wikidata's service.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many works at most.")] = 60_000,
    to: Annotated[Path | None, typer.Option(help="The folder to write, if not ./NAME.")] = None,
) -> None:
    """Build a gallery of your own from a SPARQL query or a data set; resumes where it stopped."""
    from benchmark.commands import building

    building.build(name, sparql, hf, columns, endpoint, limit, to)


@collections.command("verify")
def collection_verify(reference: Reference = "atelier") -> None:
    """Read every picture and judgment; exit 2 on the first thing wrong, naming it."""
    from benchmark.commands import galleries

    galleries.verify(reference)


@collections.command("overlap")
def collection_overlap(
    reference: Reference,
    against: Annotated[Path, typer.Option(help="A folder of pictures, such as for training.")],
    json: Json = False,
) -> None:
    """Find paintings of a gallery among pictures for training, by perceptual hash."""
    from benchmark.commands import overlapping

    overlapping.overlap(reference, against, json)


def main() -> None:
    """Run the command. Errors are one line; exit 0 done, 1 a submission failed, 2 bad input."""
    try:
        app()
    except SystemExit as stop:
        if stop.code == 130:  # what typer makes of Ctrl-C
            print("stopped; what was finished is kept", file=sys.stderr)
        raise
    except BadInput as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except SubmissionFailed as error:
        print(f"failed: {error}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        if error.errno not in _NO_PLACE:
            raise
        where = plain(str(error.filename or "this machine"))
        remedy = "give it a place that you may write to and that has room"
        print(f"error: {where}: {error.strerror}; {remedy}", file=sys.stderr)
        sys.exit(2)
    except ModuleNotFoundError as error:
        if error.name not in ("fcntl", "resource"):
            raise
        print("error: this needs Linux or macOS; on Windows, run it inside WSL", file=sys.stderr)
        sys.exit(2)
