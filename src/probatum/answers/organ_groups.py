"""Whether the patient's kidneys and liver put the patient in a group that populations name."""

from decimal import Decimal

from probatum.answers.dosing import organ_function
from probatum.library.library import Library
from probatum.questions.facts.known import group_rules
from probatum.questions.need import Need


def with_organ_groups(need: Need, library: Library) -> Need:
    """The need with the groups that the figures give; of a question its own filtration rate counts.

    Where several estimates are on both sides of the bound, nothing is concluded.
    """
    facts = need.patient
    if facts is None:
        return _by_stated_rate(need, library)
    figures = organ_function(need, library)
    inside, outside = [], []
    rules = group_rules()
    clearance = figures.get("gfr") or figures.get("egfr") or ()
    low = [figure.value < Decimal(rules["renal"]["below"]) for figure in clearance]
    if low and all(low):
        inside.append(rules["renal"]["group"])
    elif low and not any(low) and rules["renal"]["group"] not in need.groups:
        outside.append(rules["renal"]["group"])
    # Class A is mild impairment of a cirrhotic liver, so a low score rules nothing out.
    if any(f.value >= Decimal(rules["hepatic"]["from"]) for f in figures.get("child_pugh", ())):
        inside.append(rules["hepatic"]["group"])
    added = tuple(g for g in inside if g in library.vocabulary and g not in need.groups)
    absent = tuple(outside)
    return need.model_copy(
        update={
            "groups": (*need.groups, *added),
            "not_groups": (*need.not_groups, *absent),
            "patient": facts.model_copy(
                update={
                    "groups": (*facts.groups, *added),
                    "not_groups": (*facts.not_groups, *absent),
                }
            ),
        }
    )


def _by_stated_rate(need: Need, library: Library) -> Need:
    """With the group of reduced kidney function, where the question states such a rate."""
    renal = group_rules()["renal"]
    rates = [Decimal(measure.value) for measure in need.measures if measure.name == "gfr"]
    group = renal["group"]
    low = rates and all(rate < Decimal(renal["below"]) for rate in rates)
    if not low or group in need.groups or group not in library.vocabulary:
        return need
    return need.model_copy(update={"groups": (*need.groups, group)})
