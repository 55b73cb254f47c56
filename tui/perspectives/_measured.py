"""What was measured and what was forecast of it, as the cells of a row: trend, newest reading, way and day."""

from __future__ import annotations

from datetime import date

from store.forecasts import Settlement, forecasting, readings, settlement_of, span_of
from store.model import Bet, Record, Signal
from store.parts import Forecast, Reading
from store.records import Records
from tui.perspectives._columns import day_span
from tui.perspectives._finished import is_live
from tui.shapes import Column, Scene, Span

TICKS = "▁▂▃▄▅▆▇█"
TREND = 10
"""Readings a trend shows at most, the newest ones."""

# --------------------------------------------------------------------------------------------------------------- readings


def newest(signal: Record | None) -> Reading | None:
    """The last thing measured."""
    return max(signal.readings, key=lambda reading: reading.on, default=None) if isinstance(signal, Signal) else None


def sparkline(values: list[float]) -> str:
    """The values as a line of small bars from their least to their most; a level one where all are the same."""
    if not values:
        return ""
    low, high = min(values), max(values)
    if not high > low:
        return TICKS[3] * len(values)
    return "".join(TICKS[min(int((value - low) / (high - low) * len(TICKS)), len(TICKS) - 1)] for value in values)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def forecast_of(record: Record) -> Forecast | None:
    """What a bet forecasts of a signal."""
    return forecasting(record) if isinstance(record, Bet) else None


def verdict(forecast: Forecast, value: float | None) -> tuple[str, str]:
    """Where the newest reading stands in the range that was forecast, and its token.

    Where the forecast says which way it should go, outside of the range is short of it or past it, else below or above.
    """
    low, high = forecast.low, forecast.high
    if value is None or low is None or high is None:
        return ("no reading" if value is None else "no range"), "dim"
    span = span_of(low, high)
    if low <= value <= high:
        return f"in {span}", "good"
    first, last = forecast.from_value, forecast.to_value
    if first is None or last is None or first == last:
        return (f"below {span}" if value < low else f"above {span}"), "info"
    return (f"short of {span}", "warn") if (value < low) == (last > first) else (f"past {span}", "good")


# ---------------------------------------------------------------------------------------------------------------- columns


def _aim(record: Record) -> tuple[float | None, float | None, date | None]:
    """From where, to where and by when: of a signal, or as a bet forecasts it."""
    held = record if isinstance(record, Signal) else forecast_of(record)
    return (held.from_value, held.to_value, held.by) if held else (None, None, None)


def _way(record: Record, scene: Scene) -> Span:
    first, last, _ = _aim(record)
    return Span("" if first is None and last is None else f"{_number(first) or '?'} → {_number(last) or '?'}")


def _by(record: Record, scene: Scene) -> Span:
    return day_span(_aim(record)[2], scene.today, pressing=is_live(record))


def _last(record: Record, records: Records) -> Reading | None:
    """The newest reading: of a signal its own, of a bet that of the signal it forecasts."""
    forecast = forecast_of(record)
    return newest(record if forecast is None else records.get(forecast.signal or ""))


def _settled(record: Record, scene: Scene) -> Settlement | None:
    """How the range of a bet came out, once its day has passed and its signal was measured."""
    found = settlement_of(record, scene.records, scene.today) if isinstance(record, Bet) else None
    return found if found and found.is_settled else None


def _now(record: Record, scene: Scene) -> Span:
    last = settled.reading if (settled := _settled(record, scene)) else _last(record, scene.records)
    if not isinstance(record, Signal):
        return Span(_number(last.value) if last else "", "dim")
    unit = f" {record.unit}" if is_short(record.unit) else ""
    return Span(f"{_number(last.value)}{unit}") if last else Span("–", "dim")


def is_short(unit: str) -> bool:
    """Whether a unit has room beside the number."""
    return 0 < len(unit) <= 3


def _trend(record: Record, scene: Scene) -> Span:
    """Of a signal its readings, of a bet how its forecast stands."""
    if isinstance(record, Signal):
        values = [reading.value for reading in readings(record)[-TREND:]]
        return Span(sparkline(values), "doing") if values else Span("no reading", "warn")
    if settled := _settled(record, scene):
        held = settled.outcome == "inside"
        return Span(
            f"{'held' if held else settled.outcome} {span_of(settled.low, settled.high)}", "good" if held else "warn"
        )
    if forecast := forecast_of(record):
        last = _last(record, scene.records)
        return Span(*verdict(forecast, last.value if last else None))
    return Span("no forecast" if isinstance(record, Bet) and is_live(record) else "", "dim")


MEASURED = (
    Column("from → to", 11, _way, keep=6),
    Column("now", 8, _now, right=True, keep=9),
    Column("trend", 14, _trend, keep=8),
    Column("by", 10, _by, right=True, keep=4),
)
"""The columns of what has a reading, or forecasts one."""
