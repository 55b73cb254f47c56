"""Which themes there are, and from a TOML file to a theme that can be drawn."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from themes.colour import is_ansi, is_rgb
from themes.theme import ATTRIBUTES, DEPTHS, TOKENS, Style, Theme, ThemeError

PROMISES = ("AAA", "protanopia", "deuteranopia", "tritanopia")
"""What a theme can promise: contrast of level AAA, and states that people without red, green or blue cones tell apart."""

FALLBACKS = ("ansi", "ansi-dark", "ansi-light", "mono", "mono-strong")
"""Built-in themes that can stand in for one that needs more colours than there are."""

_KEYS = {
    "title": str, "description": str, "credit": str, "depth": str, "dark": bool, "inherits": str, "fallback": str,
    "promises": list, "tokens": dict,
}  # fmt: skip
_TYPES = {str: "text in quotes", bool: "true or false", list: "a list", dict: "a table"}
_NAME = re.compile("[a-z0-9][a-z0-9_-]*", re.IGNORECASE)


def names(folders: Sequence[str] = ()) -> tuple[str, ...]:
    """The themes there are, in alphabetical order: the built-in ones and those in the person's own folders."""
    return tuple(sorted(_files(folders)))


def path_of(name: str, folders: Sequence[str] = ()) -> str:
    """The file of the theme of that name.  Raises ThemeError if there is none."""
    return _paths(name, _files(folders))[-1]


def load(name: str, folders: Sequence[str] = ()) -> Theme:
    """The theme of that name; one in a person's own folder hides a built-in one.

    Raises ThemeError if there is none, or if it cannot be drawn.  Poor contrast is for ``checking.check`` to say.
    """
    return _load(name, _files(folders), {})


def parse(name: str, document: Mapping[str, Any], inherited: Callable[[str], Theme] = load) -> Theme:
    """The theme that a parsed TOML document describes, not yet checked for what its tokens say.

    ``inherited`` gives the theme that it names as the one it starts from.  Raises ThemeError for an unknown key, a value of
    the wrong type, and an unknown depth, promise or theme.
    """
    for key, value in document.items():
        if key in TOKENS and key not in _KEYS:
            raise ThemeError(f"{key} is a token: it belongs below a line that says [tokens].")
        if key not in _KEYS:
            raise ThemeError(unknown("key", key, list(_KEYS)))
        if not isinstance(value, _KEYS[key]):
            raise ThemeError(f"{key} must be {_TYPES[_KEYS[key]]}, not {value!r}.")
    below = inherited(document["inherits"]) if "inherits" in document else None
    depth = _known("depth", document.get("depth", below.depth if below else "truecolor"), DEPTHS)
    return Theme(
        name=name,
        title=document.get("title", name),
        description=document.get("description", f"{below.title}, changed" if below else ""),
        depth=depth,
        dark=document.get("dark", below.dark if below else True),
        tokens={**(below.tokens if below else {}), **_styles(document.get("tokens", {}))},
        either="dark" not in document and (below.either if below else depth != "truecolor"),
        fallback=_known("fallback", document.get("fallback", below.fallback if below else "ansi"), FALLBACKS),
        promises=tuple(_known("promise", one, PROMISES) for one in document.get("promises", ())),
        credit=document.get("credit", below.credit if below else ""),
    )


def unknown(what: str, word: object, known: Iterable[str]) -> str:
    """The sentence about a name that does not exist, with the nearest that does, else with all there are."""
    from difflib import get_close_matches  # only when something went wrong

    near = get_close_matches(str(word), list(known), 1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
    return f"There is no {what} called {word!r}. {hint}"


def _known(what: str, word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise ThemeError(unknown(what, word, known))
    return word


def _styles(tokens: Mapping[str, object]) -> dict[str, Style]:
    for token, text in tokens.items():
        if not isinstance(text, str):
            raise ThemeError(f"{token!r} must be text in quotes, such as 'bold #d7dde5', not {text!r}.")
    return {token: Style.parse(str(text)) for token, text in tokens.items()}


# ------------------------------------------------------------------------------------------------------------------ files


def _files(folders: Sequence[str]) -> dict[str, list[str]]:
    """Where each theme is; the last of several files hides the others, and all of them the built-in one."""
    found: dict[str, list[str]] = {}
    for folder in (os.path.dirname(__file__), *folders):
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            if entry.endswith(".toml"):
                found.setdefault(entry.removesuffix(".toml"), []).append(os.path.join(folder, entry))
    return found


def _paths(name: str, files: Mapping[str, list[str]]) -> list[str]:
    if name not in files:
        raise ThemeError(unknown("theme", name, sorted(files)))
    return files[name]


def _load(name: str, files: Mapping[str, list[str]], heirs: Mapping[str, str]) -> Theme:
    """The theme of that name from the last of its files that is not being read: those in ``heirs`` inherit from it."""
    path = next((path for path in reversed(_paths(name, files)) if path not in heirs), None)
    if path is None:
        raise ThemeError(f"The theme {name} inherits from itself: {' → '.join([*heirs.values(), name])}.")
    try:
        return _read(name, path, lambda below: _load(below, files, {**heirs, path: name}))
    except ThemeError as error:
        if "\n" in str(error):  # about the theme it inherits from, which has said where
            raise
        message = f"The theme {_shown(name)} cannot be used: {error}\nIt is in {_shown(path)}."
        raise ThemeError(message, error.faults) from None


def _shown(text: str) -> str:
    return text if text.isprintable() else ascii(text)


def _read(name: str, path: str, inherited: Callable[[str], Theme]) -> Theme:
    import tomllib  # the shell does not need it

    if not _NAME.fullmatch(name):
        raise ThemeError("the name of its file may have letters of English, digits, - and _ only.")
    try:
        with open(path, "rb") as file:
            document = tomllib.load(file)
    except OSError as error:
        raise ThemeError(f"{error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise ThemeError(f"it is not UTF-8 text: byte {error.start + 1} of the file belongs to no letter.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ThemeError(f"it is not TOML: {error}.") from None
    theme = parse(name, document, inherited)
    if found := list(faults(theme)):
        more = f" ({len(found) - 1} more: many themes {name})" if len(found) > 1 else ""
        raise ThemeError(found[0] + more, tuple(found))
    return theme


# ----------------------------------------------------------------------------------------------------------------- faults


def faults(theme: Theme) -> Iterator[str]:
    """What keeps a theme from being drawn at all, a sentence each."""
    if missing := [token for token in TOKENS if token not in theme.tokens]:
        yield f'{_listed(missing)} missing. With inherits = "dark" on top, what is left out comes from there.'
    yield from (unknown("token", token, TOKENS) for token in theme.tokens if token not in TOKENS)
    for token, style in ((token, theme.tokens[token]) for token in TOKENS if token in theme.tokens):
        for colour in filter(None, (style.foreground, style.background)):
            if problem := _colour_fault(colour, theme.depth):
                yield f"{token}: {problem}"
        if theme.is_rgb and "dim" in style.attributes:
            yield f"{token}: a truecolor theme names a quieter colour instead of dim, whose shade differs by terminal."
    text = theme.tokens.get("text", Style())
    if theme.is_rgb and not (text.foreground and text.background):
        yield "text must name a colour and, after “on”, a background: everything else stands on it."


def _listed(tokens: Sequence[str]) -> str:
    shown = [*tokens[:4], f"{len(tokens) - 4} more"] if len(tokens) > 5 else tokens
    return f"{', '.join(shown[:-1])} and {shown[-1]} are" if len(shown) > 1 else f"{shown[0]} is"


def _colour_fault(colour: str, depth: str) -> str | None:
    if not is_rgb(colour) and not is_ansi(colour):
        words = f" Before it may stand {', '.join(ATTRIBUTES)}." if " " in colour else ""
        return f"{colour!r} is not a colour; write #rrggbb, or one of the sixteen names, such as bright_blue.{words}"
    if depth in ("truecolor", "256") and not is_rgb(colour):
        return f"{colour} has another shade on every terminal; a truecolor theme writes #rrggbb."
    if depth == "ansi" and not is_ansi(colour):
        return f"{colour} is not one of the sixteen colours that an ansi theme may use."
    return f"a mono theme has no colours, so not {colour} either." if depth == "mono" else None
