"""Which servers are asked, and which may hand over a picture."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_OURS = ("wikimedia.org", "wikipedia.org")


@dataclass(frozen=True)
class Servers:
    """Addresses of the two APIs. `loopback` (127.0.0.1:PORT) is a stand-in's: the one server
    that is spoken to without TLS, and no option of the command."""

    wikidata: str = "https://www.wikidata.org/w/api.php"
    commons: str = "https://commons.wikimedia.org/w/api.php"
    loopback: str = ""

    def may_serve(self, url: str) -> bool:
        """Whether a picture, or a page about it, may lie at this address."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        if self.loopback and parts.scheme == "http":
            return parts.netloc == self.loopback and host == "127.0.0.1"
        ours = any(host == one or host.endswith(f".{one}") for one in _OURS)
        plain = "@" not in parts.netloc and port in (None, 443)
        return parts.scheme == "https" and ours and plain

    def named(self, url: str) -> str:
        """What people call the server at an address."""
        known = {self.wikidata: "Wikidata", self.commons: "Commons"}
        return known.get(url) or urlsplit(url).hostname or "none that can be asked"
