"""What a function gave, kept in one of its arguments for as long as that argument lives.

A table of the function's own would hold on to every library and vocabulary that was ever opened,
and a server opens them anew whenever documents were added.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def remembered(
    owner: str, most: int
) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """Keep up to `most` outcomes in the argument named `owner`; beyond that, all are forgotten.

    For pure functions that are called by position with arguments that can be hashed. The owner has
    to be an object with attributes of its own.
    """

    def decorate(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        place = list(inspect.signature(function).parameters).index(owner)
        name = f"_remembered {function.__module__}.{function.__qualname__}"

        @wraps(function)
        def remembering(*given: _Given.args, **named: _Given.kwargs) -> _Made:
            if named:
                raise TypeError(f"{function.__qualname__} is called by position only")
            kept: dict[Any, _Made] = vars(given[place]).setdefault(name, {})
            key = (*given[:place], *given[place + 1 :])
            if key not in kept:
                if len(kept) >= most:
                    kept.clear()
                kept[key] = function(*given, **named)
            return kept[key]

        return remembering

    return decorate
