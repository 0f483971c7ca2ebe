"""What one turn of a talk says, by rules: what is wanted, what is refused, what is taken back.

English and French rules are tried together, since neither matches the other's words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CLAUSES = re.compile(r"[,;:!?.]+|\b(?:but|mais|though|pourtant)\b", re.IGNORECASE)

_DETERMINER = r"(?:any |a |an |the |some |d'|des? |du |la |le |les |l'|une? |aucune? |it was )?"
_NO = (
    r"(?:i do(?:n't| not) want|i want no|without|except(?: for)?|apart from|nothing|not|no|"
    r"je ne veux(?: pas| plus)?(?: de| d')?|sans|sauf|hormis|rien|pas|ni)"
)
_REFUSES = re.compile(rf"^(?:and |or |et |ou )?{_NO}\b\s*{_DETERMINER}(.*)$", re.IGNORECASE)
_REFUSES_AFTER = re.compile(
    rf"^(.*?)\s*\b(?:and |et )?(?:without|not|sans|pas)\b\s*{_DETERMINER}(.+)$", re.IGNORECASE
)
_MORE_REFUSED = re.compile(r"\b(?:and|or|et|ou|ni)\s+(?:no |not |without |sans |pas |de |d')?",
                           re.IGNORECASE)  # fmt: skip
_INSTEAD = re.compile(
    rf"^(.*?)\s*\b(?:rather than|instead of|plutôt qu(?:e |')|au lieu d(?:e |'))\s*"
    rf"{_DETERMINER}(.+)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"^(?:and |et )?(?:with )?(?:nobody|no one|(?:sans|que) personne)\b.*$",
                     re.IGNORECASE)  # fmt: skip
_TAKES_BACK = re.compile(
    r"^(?:no|non)$|^(?:actually|finally|finalement|en fait|plutôt|rather)\b"
    r"(?!\s+(?:than|que|qu'|comme))|"
    r"\b(?:after all|instead|i'd rather|i meant|je préfère|à la place|rather)\b(?!\s+(?:than|of))",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:(?:almost|something|anything|more|others?|another|one|as \w+|the same(?: sort)?|plutôt|"
    r"presque|d'autres|encore|quelque chose|un|une|aussi \w+|le même genre)\s+)*"
    r"(?:like|as in|similar to|in the manner of|comme|dans la manière de)\s+"
    r"(?:this|that|these|those|the (?:one|picture)(?: that)?(?: i \w+(?: \w+)*)?|here|ça|"
    r"cel(?:ui|les?)(?:-ci|-là)?(?: que (?:je|j'ai) ?\w+(?: \w+)?)?|ce tableau|ici|"
    r"le tableau que j'ai \w+|ceux-ci)(?: one| picture| two)?(?: there)?\b|"
    r"^(?:yes|oui)\b|^(?:that|this)(?: one)?(?: there)?\b(?! \w+ing)|^cel(?:ui|le)-(?:ci|là)\b",
    re.IGNORECASE,
)
_OPENERS = re.compile(
    r"^(?:and|or|but|et|ou|mais|no|non|well|only|just|yes|oui|now|maintenant|actually|finally|"
    r"finalement|en fait|plutôt|rather|please|i meant|show me|montrez-moi|montre-moi|"
    r"i(?:'d| would) (?:like|rather have)|i want|i'm looking for|je voudrais|j'aimerais|je veux|"
    r"je préfère|je cherche|a picture of|a painting of|pictures of|paintings of|un tableau de|"
    r"des tableaux de|she should|it should be|qu'il soit)\b\s*",
    re.IGNORECASE,
)
_CLOSERS = re.compile(
    r"\s*\b(?:please|s'il (?:vous|te) plaît|of course|bien sûr|after all|instead|à la place|"
    r"rather|perhaps|peut-être|de préférence)$",
    re.IGNORECASE,
)
_EMPTY = (
    "a an the some any of in on at with to it its is are and or for one ones them her his he she "
    "be by as do un une des de du d la le les l au aux et ou en dans sur avec a qui que il elle "
    "se sa son ses pour par est i je j me you vous rather plutot almost presque"
)


@dataclass(frozen=True)
class Meaning:
    """What a turn says by itself."""

    wanted: str = ""
    refused: tuple[str, ...] = ()
    takes_back: bool = False
    """Whether something that was said before no longer holds."""


def meaning(text: str) -> Meaning:
    """What the words of one turn say; what no rule knows is wanted."""
    text = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    wanted: list[str] = []
    refused: list[str] = []
    back = False
    for clause in _CLAUSES.split(text):
        clause = _POINTS.sub(" ", clause.strip()).strip()
        back = back or bool(_TAKES_BACK.search(clause))
        clause = _without_closers(clause)
        if found := _INSTEAD.match(clause):
            wanted.append(_bare(found[1]))
            refused += _several(found[2])
            back = True
        elif _NOBODY.match(clause):
            refused.append("people")
        elif (found := _REFUSES.match(clause)) and content(found[1]):
            refused += _several(found[1])
        elif (found := _REFUSES_AFTER.match(_bare(clause))) and content(found[2]):
            wanted.append(_bare(found[1]))
            refused += _several(found[2])
        else:
            wanted.append(_bare(clause))
    said = ", ".join(part for part in wanted if content(part))
    return Meaning(said, tuple(part for part in refused if content(part)), back)


def content(text: str) -> frozenset[str]:
    """The words of a text that mean something by themselves: small, without accents or plural."""
    plain = unicodedata.normalize("NFD", text.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return frozenset(word.rstrip("sx") or word for word in words if word not in _EMPTY.split())


def _several(text: str) -> list[str]:
    return [_bare(part) for part in _MORE_REFUSED.split(text) if part.strip()]


def _bare(clause: str) -> str:
    """A clause without words that open or close a request."""
    before = None
    while clause != before:
        before, clause = clause, _without_closers(_OPENERS.sub("", clause.strip()))
    return clause


def _without_closers(clause: str) -> str:
    return _CLOSERS.sub("", clause.strip()).strip()
