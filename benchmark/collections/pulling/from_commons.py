"""Commons as a source of pictures: items at Wikidata, files at Commons, thumbnails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from benchmark.collections.pulled import Source
from benchmark.collections.pulling.api import Api
from benchmark.collections.pulling.commons import WIDTHS, Described, described
from benchmark.collections.pulling.found import Found, Way
from benchmark.collections.pulling.inspection import KINDS, MOST_BYTES
from benchmark.collections.pulling.patience import Patience
from benchmark.collections.pulling.polite_http import Http, Wanted
from benchmark.collections.pulling.wanted import Work
from benchmark.collections.pulling.wikidata import QID, file_names, is_title
from benchmark.errors import BadInput

_PICTURE = Wanted(KINDS, MOST_BYTES)


class Commons:
    """Thumbnails of one width."""

    def __init__(self, http: Http, width: int) -> None:
        """Raises BadInput for a width that is not served."""
        if width not in WIDTHS:
            served = ", ".join(map(str, WIDTHS))
            raise BadInput(f"--width {width}", "Commons does not serve it", f"use one of {served}")
        self.source = Source(kind="Commons", px=width)
        self._http, self._patience = http, Patience(http.clock)
        self._wikidata = Api(http, http.servers.wikidata)
        self._commons = Api(http, http.servers.commons)

    def locate(self, works: Sequence[Work]) -> Mapping[str, Way]:
        """Id -> its thumbnail, or why there is none; two questions, one after the other."""
        names = self._names(works)
        titles = sorted({name for name in names.values() if is_title(name)})
        files = (
            described(self._commons, self._http.servers, titles, self.source.px) if titles else {}
        )
        ways: dict[str, Way] = {}
        for work in works:
            name = names.get(work.id)
            if name is None:
                asked = QID.fullmatch(work.id)
                ways[work.id] = (
                    "Wikidata has no picture of it (P18)" if asked
                    else "has neither a QID nor the name of a file"
                )  # fmt: skip
                continue
            file = files.get(name, "the name of its file is none that Commons has")
            ways[work.id] = file if isinstance(file, str) else partial(self._fetch, file)
        return ways

    def _names(self, works: Sequence[Work]) -> dict[str, str]:
        """Id -> name of its file: the manifest's, else Wikidata's."""
        known = {work.id: work.file for work in works if work.file}
        unknown = [w.id for w in works if w.id not in known and QID.fullmatch(w.id)]
        return known | (file_names(self._wikidata, unknown) if unknown else {})

    def _fetch(self, file: Described) -> Found:
        answer = self._patience.with_(lambda: self._http.picture(file.url, _PICTURE))
        about = {"origin": file.url, "file_title": file.title, "licence": file.licence,
                 "licence_url": file.licence_url, "artist": file.artist, "credit": file.credit,
                 "page": file.page}  # fmt: skip
        return Found(answer.data, about)
