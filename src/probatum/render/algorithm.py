"""The decision path as a picture, drawn from the same steps as the list beside it.

Steps stand in layers, each below all steps that lead to it. Nothing in a box is shortened: a cut
condition is another condition.
"""

from collections.abc import Mapping

from probatum.evidence.answer import Algorithm, AlgorithmStep
from probatum.evidence.base import Frozen
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
    actions: tuple[tuple[str, ...], ...]


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


def _boxes(algorithm: Algorithm, texts: Mapping[str, str]) -> tuple[list[_Box], float, float]:
    rows = layers(algorithm.steps)
    most = max((len(row) for row in rows), default=1)
    total = max(_WIDTH, most * _NARROWEST + (most - 1) * _GAP_X + 2 * _GAP_X)
    boxes, y = [], 4.0
    for row in rows:
        inner = total - 2 * _GAP_X
        width = min(_WIDEST, (inner - (len(row) - 1) * _GAP_X) / len(row))
        left = (total - len(row) * width - (len(row) - 1) * _GAP_X) / 2
        tallest = 0.0
        for index, step in enumerate(row):
            condition = wrapped(step.if_, width - 2 * _PAD, _SIZE * 1.06)
            actions = [wrapped(texts[each], width - 2 * _PAD - 14, _SIZE) for each in step.then]
            lines = len(condition) + sum(len(each) for each in actions)
            height = lines * _LEADING + len(actions) * 6 + 2 * _PAD - 3
            tallest = max(tallest, height)
            boxes.append(
                _Box(
                    step=step,
                    x=left + index * (width + _GAP_X),
                    y=y,
                    width=width,
                    height=height,
                    condition=tuple(condition),
                    actions=tuple(tuple(each) for each in actions),
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
            class_=f"a-box{mark}" if box.actions else f"a-box a-ask{mark}",
        )
    ]
    y = box.y + _PAD + 10
    parts.append(text_lines(box.condition, box.x + _PAD, y, _LEADING, "a-if"))
    y += len(box.condition) * _LEADING + 6
    for action in box.actions:
        arrow = element("text", "→", x=box.x + _PAD, y=y, class_="a-mark")
        parts.append(arrow + text_lines(action, box.x + _PAD + 16, y, _LEADING, "a-then"))
        y += len(action) * _LEADING + 6
    return "".join(parts)


def _arrow(start: _Box, end: _Box, between: list[_Box], total: float, *, chosen: bool) -> str:
    """Down from one box to the next; round the side where other boxes stand in the way."""
    x1, y1 = start.x + start.width / 2, start.y + start.height
    x2, y2 = end.x + end.width / 2, end.y
    low, high = sorted((x1, x2))
    blocked = any(box.x < high + 4 and box.x + box.width > low - 4 for box in between)
    if y2 <= y1:
        blocked = True
    if blocked:
        side = total - 7 if x2 >= total / 2 - 1 else 7
        exit_x = start.x + start.width if side > total / 2 else start.x
        enter_x = end.x + end.width if side > total / 2 else end.x
        y1, y2 = start.y + start.height / 2, end.y + end.height / 2
        head = -7 if enter_x > side else 7
        path = f"M{exit_x:.1f} {y1:.1f}H{side:.1f}V{y2:.1f}H{enter_x:.1f}"
        path += f"m{head} -5l{-head} 5l{head} 5"
    else:
        bend = y2 - _GAP_Y / 2
        path = f"M{x1:.1f} {y1:.1f}V{bend:.1f}H{x2:.1f}V{y2 - 1:.1f}m-5 -7l5 7l5 -7"
    return element("path", d=path, class_="a-arrow a-path" if chosen else "a-arrow")


def algorithm_svg(algorithm: Algorithm, texts: Mapping[str, str], identity: str) -> str:
    """The picture; its full content stands in the list beside it, which the description names."""
    boxes, width, height = _boxes(algorithm, texts)
    by_id = {box.step.id: box for box in boxes}
    path = list(zip(algorithm.path, algorithm.path[1:], strict=False))
    parts = []
    for box in boxes:
        for target in box.step.next:
            if target in by_id:
                end = by_id[target]
                between = [other for other in boxes if box.y < other.y < end.y]
                chosen = (box.step.id, target) in path
                parts.append(_arrow(box, end, between, width, chosen=chosen))
    parts += [_draw(box, chosen=box.step.id in algorithm.path) for box in boxes]
    title = element("title", escape(f"Decision path: {algorithm.title}"), id=f"{identity}-title")
    words = f"{len(boxes)} steps joined by arrows. The list after the picture gives the same steps."
    description = element("desc", escape(words), id=f"{identity}-desc")
    return element(
        "svg",
        title + description + "".join(parts),
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{identity}-title {identity}-desc",
        class_="flow",
    )
