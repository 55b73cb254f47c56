"""Pictures of lenses that stand alone: the lines of a drawing and the colours of a theme as SVG, HTML or Markdown.

A picture loads nothing from anywhere and runs nothing; its text stays text, to be selected and read aloud.  Every sign
that a font may draw wider or narrower than a cell gets a place and a width of its own, so columns, boxes and wide
characters line up in whatever monospaced font there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from themes import Theme
from tui.drawing import Line, draw
from tui.inks import Ink, ink
from tui.perspective import Perspective
from tui.plain import UNFOLDED, about, named
from tui.shapes import Scene, Span, View
from tui.text import safe, width_of, wrapped

FONTS = "ui-monospace, 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', 'Liberation Mono', Consolas, monospace"
CELL, LINE, SIZE, BASE = 8.4, 17.0, 14.0, 13.0
"""Pixels: the width of a cell, the height of a line, of the letters, and from the top of a line to what letters stand on."""
MARGIN, GAP = 2, 4
"""Cells around the picture, and between two lenses in it."""

# ----------------------------------------------------------------------------------------------------------- what is shown


class Panel(NamedTuple):
    """One lens in a picture: its name, sentences about it, and its lines, none wider than ``columns`` cells."""

    title: str
    about: tuple[str, ...]
    lines: tuple[Line, ...]
    columns: int

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines above the drawing."""
        about = (line for sentence in self.about for line in wrapped(sentence, self.columns))
        return ((Span(self.title, "title"),), *((Span(line, "dim"),) for line in about), ())


def panel(
    perspective: Perspective,
    view: View,
    scene: Scene,
    columns: int,
    *,
    lines: int | None = None,
    filtered: str = "",
    past: date | None = None,
) -> Panel:
    """A lens as it is drawn in so many columns; with ``lines`` in so many of them, and the last says what is left out.

    ``filtered`` is the filter as it was typed, ``past`` the day at whose end the records stood so.
    """
    bare = Panel(safe(named(perspective, view)), tuple(map(safe, about(perspective, filtered, past))), (), columns)
    room = UNFOLDED if lines is None else max(lines - len(bare.head), 4)
    drawing = draw(view, scene, columns, room)
    drawn = [drawing.line(y) for y in range(min(drawing.height, room))]
    if drawing.height > room:
        drawn[-1] = (Span(f"+{drawing.height - room + 1} more lines", "dim"),)
    empty = ((Span(line, "dim"),) for line in wrapped(perspective.empty, columns))
    return bare._replace(lines=tuple(drawn or empty))


# -------------------------------------------------------------------------------------------------------- runs of one width

_LETTERS = r"!-~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f"
"""What every monospaced font draws as wide as a cell: Latin, Greek and Cyrillic."""
_RUN = re.compile(rf" +|[{_LETTERS}]+(?: [{_LETTERS}]+)* *|(.)\1+|.", re.DOTALL)


class Run(NamedTuple):
    """A piece of a line: its first cell, how many it takes, and whether a font may make it wider or narrower."""

    x: int
    cells: int
    text: str
    token: str
    sign: bool


def runs(line: Line) -> Iterator[Run]:
    """The pieces of a line, from the left; what has no width of its own stays with the sign before it."""
    x = 0
    for span in line:
        held: Run | None = None
        for found in _RUN.finditer(safe(span.text)):
            text = found[0]
            cells = width_of(text)
            if held is not None and cells == 0:
                held = held._replace(text=held.text + text, sign=True)
                continue
            if held is not None:
                yield held
            sign = not (text.isascii() or re.match(f"[{_LETTERS}]", text))
            held = Run(x, cells, text, span.token, sign)
            x += cells
        if held is not None:
            yield held


# ----------------------------------------------------------------------------------------------------------------- colours


def _inks(panels: Iterable[Panel], theme: Theme) -> Mapping[str, Ink]:
    """The inks a picture needs, by token; that of ``text`` is its ground."""
    lines = (line for one in panels for line in (*one.head, *one.lines))
    tokens = {"text", "faint", *(span.token for line in lines for span in line)}
    return {token: ink(theme, token) for token in sorted(tokens)}


_CSS = {"bold": "font-weight:bold", "italic": "font-style:italic", "underline": "text-decoration:underline"}


def _rules(inks: Mapping[str, Ink], colour: str) -> str:
    """A CSS rule a token; ``colour`` is the property that colours text."""
    ground = inks["text"].ground
    return "".join(
        f".{token}{{{';'.join(_declared(one, colour, ground))}}}" for token, one in inks.items() if token != "text"
    )


def _declared(one: Ink, colour: str, ground: str) -> Iterator[str]:
    yield f"{colour}:{one.colour}"
    yield from (_CSS[name] for name in sorted(one.attributes))
    if colour == "color" and one.ground != ground:
        yield f"background:{one.ground}"


# --------------------------------------------------------------------------------------------------------------------- SVG


def svg(panels: Sequence[Panel], theme: Theme, title: str) -> str:
    """The lenses side by side as one SVG document, ``title`` being what a screen reader says of it first."""
    inks = _inks(panels, theme)
    base = inks["text"]
    wide = 2 * MARGIN + sum(one.columns for one in panels) + GAP * (len(panels) - 1)
    high = max((len(one.head) + len(one.lines) for one in panels), default=0) + 2
    size = f"{_px(wide * CELL)} {_px(high * LINE)}"
    width, height = size.split()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{width}" height="{height}"'
        ' role="graphics-document document" aria-labelledby="title" aria-describedby="desc">',
        f'<title id="title">{escape(safe(title))}</title>',
        f'<desc id="desc">{escape(_described(panels))}</desc>',
        f"<style>text{{font:{SIZE:g}px {FONTS};fill:{base.colour};white-space:pre}}{_rules(inks, 'fill')}</style>",
        f'<rect width="100%" height="100%" fill="{base.ground}"/>',
    ]
    x = MARGIN
    for at, one in enumerate(panels):
        if at:
            middle = _px((x - GAP / 2) * CELL)
            parts.append(f'<path d="M{middle} {_px(LINE)}V{_px((high - 1) * LINE)}" stroke="{inks["faint"].colour}"/>')
        parts.append(f'<g aria-label="{escape(one.title)}">')
        parts.extend(_svg_line(line, x, y, inks) for y, line in enumerate((*one.head, *one.lines), 1) if line)
        parts.append("</g>")
        x += one.columns + GAP
    return "\n".join([*parts, "</svg>"]) + "\n"


def _described(panels: Sequence[Panel]) -> str:
    return " ".join(f"{one.title}. {' '.join(one.about)}." for one in panels)


def _svg_line(line: Line, left: int, y: int, inks: Mapping[str, Ink]) -> str:
    """One line as a text, a part of it for each run, and the grounds below it."""
    ground, grounds, texts = inks["text"].ground, [], []
    for run in runs(line):
        place, width = _px((left + run.x) * CELL), _px(run.cells * CELL)
        if (below := inks[run.token].ground) != ground:
            grounds.append(f'<rect x="{place}" y="{_px(y * LINE)}" width="{width}" height="{LINE:g}" fill="{below}"/>')
        named = "" if run.token == "text" else f' class="{run.token}"'
        fitted = ' lengthAdjust="spacingAndGlyphs"' if run.sign else ""
        texts.append(f'<tspan{named} x="{place}" textLength="{width}"{fitted}>{escape(run.text, quote=False)}</tspan>')
    return f'{"".join(grounds)}<text xml:space="preserve" y="{_px(y * LINE + BASE)}">{"".join(texts)}</text>'


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# -------------------------------------------------------------------------------------------------------------------- HTML


def html(panels: Sequence[Panel], theme: Theme, title: str) -> str:
    """The lenses as one HTML document: side by side where there is room, else below each other."""
    inks = _inks(panels, theme)
    sections = "\n".join(_section(one, at) for at, one in enumerate(panels))
    return page(title, theme, f'<main class="board">\n{sections}\n</main>', _rules(inks, "color"))


def page(title: str, theme: Theme, body: str, rules: str = "") -> str:
    """An HTML document that loads and runs nothing, in the colours of a theme; ``body`` is HTML already."""
    base, dim, warn = (ink(theme, token) for token in ("text", "dim", "warn"))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{escape(safe(title))}</title>
<style>
body{{margin:0;padding:1.5em;font:{SIZE:g}px/{LINE:g}px {FONTS};color:{base.colour};background:{base.ground}}}
.board{{display:flex;flex-wrap:wrap;gap:2em 4ch}}
section{{max-width:100%;overflow-x:auto}}
h1,h2,p{{font:inherit;margin:0}}
h1,h2{{font-weight:bold}}
.about,.aside{{color:{dim.colour}}}
.missing{{color:{warn.colour}}}
pre{{font:inherit;margin:{LINE:g}px 0 0}}
pre i{{display:inline-block;font-style:inherit;height:{LINE:g}px;vertical-align:top;overflow:hidden}}
{rules}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def _section(one: Panel, at: int) -> str:
    about = "\n".join(f'<p class="about">{escape(sentence, quote=False)}</p>' for sentence in one.about)
    lines = "\n".join("".join(map(_html_run, runs(line))) for line in one.lines)
    return (
        f'<section style="width:{one.columns}ch" aria-labelledby="lens{at}">\n'
        f'<h1 id="lens{at}">{escape(one.title, quote=False)}</h1>\n{about}\n<pre>{lines}</pre>\n</section>'
    )


def _html_run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.sign:
        text = f'<i style="width:{run.cells}ch">{text}</i>'
    return text if run.token == "text" else f'<span class="{run.token}">{text}</span>'


# ---------------------------------------------------------------------------------------------------------------- Markdown


def markdown(panels: Sequence[Panel]) -> str:
    """The lenses as Markdown, each a heading, what it asks and hides, and its lines as they stand."""
    return "\n".join(_fenced(one) for one in panels)


def _fenced(one: Panel) -> str:
    lines = ["".join(span.text for span in line).rstrip() for line in one.lines]
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
    about = "  \n".join(map(plain_markdown, one.about))
    return "\n".join([f"## {plain_markdown(one.title)}", "", about, "", f"{fence}text", *lines, fence, ""])


def plain_markdown(text: str) -> str:
    """The text so that Markdown shows it as it is: whatever it could read as markup has a backslash before it."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", text)
