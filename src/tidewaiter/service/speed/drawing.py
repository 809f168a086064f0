"""Draw curves as one SVG: a panel each, both axes in powers of ten, so that a straight line at 45° is "twice the size, twice the cost"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tidewaiter.service.speed.slope import Curve

_WIDE, _TALL, _LEFT, _TOP, _KEY = 420, 240, 70, 40, 18
# Told apart by their dashes as well as by their colour.
_STROKES = (("#00538a", ""), ("#b04a00", "7 4"), ("#2f6b2f", "2 3"), ("#6b2f6b", "9 3 2 3"))


def draw(curves: Sequence[Curve]) -> str:
    """Return the curves as an SVG document, one panel below the other."""
    environment = Environment(
        loader=PackageLoader("tidewaiter.service.speed", "templates"), autoescape=True, undefined=StrictUndefined
    )
    panels = []
    top = _TOP
    for curve in curves:
        panel = _panel(curve, top)
        panels.append(panel)
        top += panel["foot"] + _TOP + 10
    return environment.get_template("slope.svg").render(width=_LEFT + _WIDE + 40, height=top, panels=panels)


def _panel(curve: Curve, top: int) -> dict[str, Any]:
    sizes = [size for points in curve.series.values() for size, _ in points]
    costs = [cost for points in curve.series.values() for _, cost in points]
    across, up = _Axis(sizes, _WIDE), _Axis(costs, -_TALL)
    lines = []
    for place, (name, points) in enumerate(curve.series.items()):
        colour, dashes = _STROKES[place % len(_STROKES)]
        dots = [{"x": across(size), "y": up(cost), "label": f"{size:,g}: {cost:,.1f} {name}"} for size, cost in points]
        lines.append(
            {
                "name": name,
                "colour": colour,
                "dashes": dashes,
                "dots": dots,
                "points": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
                "key": _TALL + 54 + place * _KEY,
            }
        )
    return {
        "title": f"Cost over {curve.over}",
        "size": curve.size,
        "left": _LEFT,
        "top": top,
        "wide": _WIDE,
        "tall": _TALL,
        "across": across.ticks(),
        "up": up.ticks(),
        "lines": lines,
        "note": curve.note,
        "foot": _TALL + 54 + len(lines) * _KEY,
    }


class _Axis:
    """A logarithmic axis from the power of ten below the least value to the one above the greatest.

    Args:
        values: what is to be shown; what is not above nought stands at the beginning.
        length: its length; a negative one runs upwards.
    """

    def __init__(self, values: Sequence[float], length: int) -> None:
        shown = [math.log10(value) for value in values if value > 0] or [0.0]
        self.low = math.floor(min(shown))
        self.high = max(math.ceil(max(shown)), self.low + 1)
        self.length = length

    def __call__(self, value: float) -> float:
        power = math.log10(value) if value > 0 else self.low
        share = (power - self.low) / (self.high - self.low)
        return round(self.length * share if self.length > 0 else -self.length * (1 - share), 1)

    def ticks(self) -> list[dict[str, object]]:
        """Return where the powers of ten stand, with their labels."""
        powers = range(self.low, self.high + 1)
        return [{"at": self(10.0**power), "label": _label(10.0**power)} for power in powers]


def _label(value: float) -> str:
    for unit, name in ((1e6, "M"), (1e3, "k")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"
