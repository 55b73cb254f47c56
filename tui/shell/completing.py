"""The completions of bash, zsh and fish, from the declarations: static, so that Tab starts no program.

``python -m tui.shell.reference`` writes them beside this file, since what can follow a verb is known only once every lens,
format and field is loaded: too much to load each time a shell starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from store.model import KINDS
from store.parts import LINK_KINDS
from store.settings import PLURALS
from tui.shell.completion import SHELLS
from tui.shell.flags import ABOUT
from tui.shell.verb import Verb, verbs


def _lenses() -> Iterable[str]:
    from tui.perspective import perspectives

    return perspectives()


def _formats() -> Iterable[str]:
    from store.exchange import formats

    return formats()


def _fields() -> Iterable[str]:
    from store.fields import fields

    return sorted({f"{field.path}=" for kind in KINDS for field in fields(kind)})


def _orders() -> Iterable[str]:
    from tui.perspectives._columns import ORDERS

    return ["kind", *ORDERS]


def _themes() -> Iterable[str]:
    import themes

    return themes.names()


def _levels() -> Iterable[str]:
    from store.settings import DEFAULT

    return [level.id for level in DEFAULT.levels]


OFFERS: Mapping[str, Callable[[], Iterable[str]]] = {
    "kinds": lambda: [PLURALS[kind.noun] for kind in KINDS],
    "lenses": _lenses,
    "formats": _formats,
    "links": lambda: LINK_KINDS,
    "fields": _fields,
    "orders": _orders,
    "shells": lambda: SHELLS,
    "themes": _themes,
    "settings": lambda: ("edit", "set"),
    "levels": _levels,
    "filters": lambda: ("state:", "team:", "due<", "conf<", "is:open", "is:overdue", "has:", "no:", "under:", "type:"),
}
"""What an argument offers → the words."""


def flags() -> tuple[str, ...]:
    """Every flag that works everywhere, as typed."""
    return tuple(part.split()[0] for usage in ABOUT for part in usage.split(", ") if part != "--")


def words_for(verb: Verb) -> tuple[str, ...]:
    """What can follow a verb, but for ids and files."""
    offered = [word for argument in verb.arguments if argument.offers in OFFERS for word in OFFERS[argument.offers]()]
    return (*dict.fromkeys(offered), *(option.name for option in verb.options))


def bash() -> str:
    """The completion of bash."""
    cases = "\n".join(f"    {verb.name}) words='{' '.join(words_for(verb))}' ;;" for verb in verbs().values())
    return f"""# many: completion for bash; put it where bash looks, or: source <(many completion bash)
_many() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" verb="" word words
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in -*) ;; *) verb="$word"; break ;; esac
  done
  case "$verb" in
    "") words='{" ".join(verbs())}' ;;
{cases}
    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words {" ".join(flags())}" -- "$current"))
  if [ "${{#COMPREPLY[@]}}" -eq 1 ] && [[ "${{COMPREPLY[0]}}" == *[=:] ]]; then compopt -o nospace; fi
}}
complete -o default -F _many many
"""


def zsh() -> str:
    """The completion of zsh."""
    names = "\n".join(f"    '{verb.name}:{_quiet(verb.summary)}'" for verb in verbs().values())
    cases = "\n".join(
        f"    {verb.name}) compadd -S '' -- {' '.join(words_for(verb))}; _files ;;"
        for verb in verbs().values()
        if words_for(verb)
    )
    return f"""#compdef many
# many: completion for zsh; save it as _many in a folder of $fpath
_many() {{
  local -a names
  names=(
{names}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' names
    compadd -- {" ".join(flags())}
    return
  fi
  case "$words[2]" in
{cases}
    *) compadd -- {" ".join(flags())}; _files ;;
  esac
}}
if [ "$funcstack[1]" = _many ]; then _many "$@"; else compdef _many many; fi
"""


def fish() -> str:
    """The completion of fish."""
    lines = ["# many: completion for fish; save it as ~/.config/fish/completions/many.fish"]
    for verb in verbs().values():
        lines.append(f"complete -c many -n __fish_use_subcommand -f -a {verb.name} -d '{_quiet(verb.summary)}'")
        here = f"complete -c many -n '__fish_seen_subcommand_from {verb.name}'"
        offered = [word for word in words_for(verb) if not word.startswith("--")]
        lines += [f"{here} -a '{' '.join(offered)}'"] if offered else []
        lines += [
            f"{here} -l {option.name[2:]}{' -r' if option.value else ''} -d '{_quiet(option.help)}'"
            for option in verb.options
        ]
    lines += [f"complete -c many -l {name[2:]}" for name in flags() if name.startswith("--")]
    return "\n".join(lines) + "\n"


def _quiet(text: str) -> str:
    """Text that quotes of a shell can hold."""
    return text.replace("'", "").replace(":", " -")


WRITERS: Mapping[str, Callable[[], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
