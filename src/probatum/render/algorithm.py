"""The decision path as a picture, drawn from the same steps as the list beside it.

Steps stand in layers, each below all steps that lead to it. A box holds the step's number and its
whole condition, for a cut condition is another condition. What follows from a step is counted here
and said in full, with its citations, under the same number in the list: sentences squeezed into
boxes can't be read, and shortened ones would no longer be those that were checked.
"""

from collections.abc import Mapping

from probatum.evidence.answer import Algorithm, AlgorithmStep
from probatum.evidence.base import Frozen
from probatum.render.language import told, told_of
from probatum.render.svg import element, escape, text_lines, wrapped

_SIZE = 13.0
_LEADING = 17.0
_GAP_X, _GAP_Y, _PAD = 22.0, 38.0, 13.0
_WIDTH, _NARROWEST, _WIDEST = 720.0, 214.0, 470.0


class _Box(Frozen):
    step: AlgorithmStep
    x: float
    y: float
    width: float
    height: float
    condition: tuple[str, ...]
    follows: tuple[str, ...]


def layers(steps: tuple[AlgorithmStep, ...]) -> list[list[AlgorithmStep]]:
    """Steps by the longest way from a start; a step that leads back to itself is not followed."""
    known = {step.id: step for step in steps}
    depth = {step.id: 0 for step in steps}
    for _ in steps:
        changed = False
        for step in steps:
            for target in step.next:
                if target in known and depth[target] < depth[step.id] + 1 < len(steps):
                    depth[target] = depth[step.id] + 1
                    changed = True
        if not changed:
            break
    found: dict[int, list[AlgorithmStep]] = {}
    for step in steps:
        found.setdefault(depth[step.id], []).append(step)
    return [found[key] for key in sorted(found)]


def _follows(step: AlgorithmStep, cited: Mapping[str, str]) -> str:
    """How many statements follow from a step, and on which references they rest."""
    if not step.then:
        return ""
    numbers = {int(each) for claim in step.then for each in cited[claim].split(", ")}
    many = told_of(len(step.then), "%(number)s statement", "%(number)s statements")
    return f"→ {many} [{', '.join(str(each) for each in sorted(numbers))}]"


def _boxes(algorithm: Algorithm, cited: Mapping[str, str]) -> tuple[list[_Box], float, float]:
    rows = layers(algorithm.steps)
    most = max((len(row) for row in rows), default=1)
    total = max(_WIDTH, most * _NARROWEST + (most - 1) * _GAP_X + 2 * _GAP_X)
    boxes, y = [], 4.0
    numbers = {step.id: index for index, step in enumerate(algorithm.steps, 1)}
    for row in rows:
        inner = total - 2 * _GAP_X
        width = min(_WIDEST, (inner - (len(row) - 1) * _GAP_X) / len(row))
        left = (total - len(row) * width - (len(row) - 1) * _GAP_X) / 2
        tallest = 0.0
        for index, step in enumerate(row):
            number = numbers[step.id]
            condition = wrapped(f"{number}. {step.if_}", width - 2 * _PAD, _SIZE * 1.06)
            said = _follows(step, cited)
            follows = wrapped(said, width - 2 * _PAD, _SIZE) if said else []
            height = (len(condition) + len(follows)) * _LEADING + 2 * _PAD - 3
            tallest = max(tallest, height)
            boxes.append(
                _Box(
                    step=step,
                    x=left + index * (width + _GAP_X),
                    y=y,
                    width=width,
                    height=height,
                    condition=tuple(condition),
                    follows=tuple(follows),
                )
            )
        y += tallest + _GAP_Y
    return boxes, total, y - _GAP_Y + 4


def _draw(box: _Box, *, chosen: bool) -> str:
    mark = " a-path" if chosen else ""
    parts = [
        element(
            "rect",
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            rx=7,
            class_=f"a-box{mark}" if box.follows else f"a-box a-ask{mark}",
        )
    ]
    y = box.y + _PAD + 10
    parts.append(text_lines(box.condition, box.x + _PAD, y, _LEADING, "a-if"))
    if box.follows:
        y += len(box.condition) * _LEADING
        parts.append(text_lines(box.follows, box.x + _PAD, y, _LEADING, "a-then"))
    return "".join(parts)


def _open(end: _Box, row: list[_Box], side: float) -> bool:
    """Whether nothing stands between the box and that side of the picture."""
    return not any(min(side, end.x) < box.x + 1 < max(side, end.x) for box in row)


def _arrow(start: _Box, end: _Box, boxes: list[_Box], total: float, *, chosen: bool) -> str:
    """Down from one box to the next; round the side where other boxes stand in the way."""
    between = [other for other in boxes if start.y < other.y < end.y]
    row = [other for other in boxes if other.y == end.y and other is not end]
    x1, y1 = start.x + start.width / 2, start.y + start.height
    x2, y2 = end.x + end.width / 2, end.y
    low, high = sorted((x1, x2))
    blocked = any(box.x < high + 4 and box.x + box.width > low - 4 for box in between)
    if y2 <= y1:
        blocked = True
    if blocked:
        # Off the middle, by the nearer side; from the middle, by the target's.
        near = x1 if abs(x1 - total / 2) > 1 else x2
        side = total - 7 if near >= total / 2 - 1 else 7
        exit_x = start.x + start.width if side > total / 2 else start.x
        enter_x = end.x + end.width if side > total / 2 else end.x
        y2 = end.y + end.height / 2
        head = -7 if enter_x > side else 7
        beside = [other for other in boxes if other.y == start.y and other is not start]
        if _open(start, beside, side):
            path = f"M{exit_x:.1f} {start.y + start.height / 2:.1f}H{side:.1f}"
        else:
            below = max(other.y + other.height for other in (*beside, start)) + _GAP_Y / 2
            path = f"M{x1:.1f} {y1:.1f}V{below:.1f}H{side:.1f}"
        if _open(end, row, side):
            path += f"V{y2:.1f}H{enter_x:.1f}m{head} -5l{-head} 5l{head} 5"
        else:
            path += f"V{end.y - _GAP_Y / 2:.1f}H{x2:.1f}V{end.y - 1:.1f}m-5 -7l5 7l5 -7"
    else:
        bend = y2 - _GAP_Y / 2
        path = f"M{x1:.1f} {y1:.1f}V{bend:.1f}H{x2:.1f}V{y2 - 1:.1f}m-5 -7l5 7l5 -7"
    return element("path", d=path, class_="a-arrow a-path" if chosen else "a-arrow")


def algorithm_svg(algorithm: Algorithm, cited: Mapping[str, str], identity: str) -> str:
    """The picture; `cited` gives the claims' citation numbers, the list beside it the rest."""
    boxes, width, height = _boxes(algorithm, cited)
    by_id = {box.step.id: box for box in boxes}
    path = list(zip(algorithm.path, algorithm.path[1:], strict=False))
    parts = []
    for box in boxes:
        for target in box.step.next:
            if target in by_id:
                end = by_id[target]
                chosen = (box.step.id, target) in path
                parts.append(_arrow(box, end, boxes, width, chosen=chosen))
    parts += [_draw(box, chosen=box.step.id in algorithm.path) for box in boxes]
    title = element(
        "title",
        escape(told("Decision path: %(title)s") % {"title": algorithm.title}),
        id=f"{identity}-title",
    )
    words = told(
        "%(number)s steps joined by arrows. The list after the picture gives the same steps."
    ) % {"number": len(boxes)}
    description = element("desc", escape(words), id=f"{identity}-desc")
    return element(
        "svg",
        title + description + "".join(parts),
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{identity}-title {identity}-desc",
        class_="flow",
    )
