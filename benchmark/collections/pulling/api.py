"""A MediaWiki API: asked one thing at a time, not while it lags, and not believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmark.collections.pulling.patience import Patience
from benchmark.collections.pulling.polite_http import Http, Wanted
from benchmark.collections.pulling.refusals import Again, Ended, Unavailable, Unfit
from benchmark.errors import BadInput
from benchmark.parsing import json_object, shown

BATCH = 50
"""Ids or titles in one call: the most that an API takes of who is not a bot."""
_WANTED = Wanted(("application/json",), 32 << 20, gzip=True)
_LATER = {"maxlag", "ratelimited", "readonly", "internal_api_error_DBQueryError"}
_MAXLAG = "5"
"""Seconds that its databases may lag before we wait: what Wikimedia recommends."""


class Api:
    """Of one wiki, at one address. To be used by one thread."""

    def __init__(self, http: Http, url: str) -> None:
        self._http, self._url = http, url
        self._name = http.servers.named(url)
        self._patience = Patience(http.clock)

    def ask(self, **form: str) -> dict[str, Any]:
        """The answer to a form, as a table. Raises Ended: without its answers there is no pull."""
        form |= {"format": "json", "formatversion": "2", "maxlag": _MAXLAG}
        try:
            return self._patience.with_(lambda: self._once(form))
        except (Unavailable, Unfit) as error:
            raise Ended(f"{self._name} cannot be asked ({error})") from None

    def _once(self, form: Mapping[str, str]) -> dict[str, Any]:
        answer = self._http.api(self._url, form, _WANTED)
        try:
            table = json_object(self._name, answer.data)
        except BadInput as error:
            raise Again(str(error).partition(";")[0]) from None
        if "error" in table:
            said = table["error"] if isinstance(table["error"], dict) else {}
            code = shown(said.get("code"))[:60]
            if code not in _LATER:
                raise Unavailable(f"{self._name}: {code}, {shown(said.get('info'))[:200]}")
            raise Again(f"{self._name}: {code}", answer.retry_after or _lag(said))
        return table

    def broken(self, what: str) -> Ended:
        """An answer of another shape than the API's documentation gives it."""
        return Ended(f"{self._name} answers in an unknown way ({what})")


def _lag(error: Mapping[str, Any]) -> float:
    """Seconds that its databases are behind, which is what the error says where no header does."""
    lag = error.get("lag", 0)
    return min(max(float(lag), 0.0), 60.0) if isinstance(lag, int | float) else 0.0
