"""The cells of a row that tells a result out of a held text, in the digits of its quote."""

from probatum.answers.held_forest import HeldResult
from probatum.answers.plan import PlanCell
from probatum.evidence.statement import number, with_unit
from probatum.extract.result import Arm, Effect


def cells(each: HeldResult) -> tuple[PlanCell, ...]:
    """The row of the table."""
    result, document, draft = each.result, each.document, each.draft
    title = document.title or document.source
    return (
        PlanCell(f"{title} ({each.again})" if each.again else title, draft),
        PlanCell(_capital(result.endpoint or "not named"), draft),
        PlanCell("; ".join(filter(None, map(_arm, result.arms))) or "-", draft),
        PlanCell(_effect(result.effect, draft.text) or "-", draft),
        PlanCell(document.depth.value.replace("_", " "), draft),
        PlanCell(draft.text, draft),
    )


def _arm(arm: Arm) -> str:
    if arm.state == "not_reached":
        value = "not reached"
    elif arm.value is not None:
        value = with_unit(number(arm.value), arm.unit)
    else:
        return ""
    return f"{arm.name} {value}" if arm.name else value


def _effect(effect: Effect, quote: str) -> str:
    """The estimate with its interval and P value, in the digits of the quote."""
    parts = []
    if effect.value is not None:
        label = effect.label if effect.type == "other" else effect.type
        parts.append(f"{label or 'effect'} {number(effect.value)}")
        if effect.ci_low is not None and effect.ci_high is not None:
            level = f"{number(effect.ci_level)}% " if effect.ci_level is not None else ""
            parts.append(f"({level}CI {number(effect.ci_low)} to {number(effect.ci_high)})")
    if effect.p:
        digits = effect.p[1:]
        printed = f"0{digits}" if digits.startswith(".") and f"0{digits}" in quote else digits
        parts.append(f"P{effect.p[0]}{printed}")
    return " ".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
