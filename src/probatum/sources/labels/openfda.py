"""Answers of openFDA: drug labels by section, and the applications of Drugs@FDA.

A label here is the text of the structured product label with its markup gone, so a section is one
long paragraph; tables come beside it as markup and are read as rows. As in the label itself the
words are the manufacturer's. FDA is the body only of a label with an approved application.
"""

import re
from collections.abc import Iterator
from typing import Final

from probatum.evidence.document import Document, Item, Skipped
from probatum.sources.file import SourceFile
from probatum.sources.json.node import Node, Oddities
from probatum.sources.json.outline import outline
from probatum.sources.json.values import records
from probatum.sources.labels.drugsfda import application
from probatum.sources.labels.openfda_label import label
from probatum.sources.labels.sections import sections
from probatum.sources.limits import UnreadableError

# Any of these tells openFDA from other JSON; of the sections, two are needed.
_OWN: Final = frozenset({"openfda", "spl_product_data_elements", "spl_unclassified_section"})
_LISTED: Final = frozenset({"set_id", "spl_set_id", "sponsor_name", "application_number"})
_OTHERS: Final = frozenset({"resourceType", "protocolSection", "resultList"})
# Other endpoints of openFDA, by a field of their records.
_ENDPOINTS: Final = {
    "safetyreportid": "reports of side effects",
    "recall_number": "recalls",
    "product_ndc": "the directory of products",
    "mdr_report_key": "reports on devices",
    "k_number": "clearances of devices",
    "count": "counts",
}
_CODES: Final = re.compile(rb'\s*(?:"?loinc"?,|"?\d{3,5}-\d"?\s*,)', re.IGNORECASE)


def recognise(name: str, head: bytes) -> bool:
    """An answer, one of its records, or a file of the endpoint's own (schema, codes)."""
    if name.lower().endswith(".csv"):
        return _CODES.match(head) is not None
    seen = outline(head)
    keys = {*seen.outer, *seen.inner}
    if not seen.outer or keys & _OTHERS:
        return False
    fields = sections().keys()
    if "$schema" in seen.outer or "_doc" in seen.outer:
        return len(keys & {f"{field}_table" for field in fields}) > 1
    if "error" in seen.outer:
        return "No matches found" in seen.text or "open.fda.gov" in seen.text
    in_answer = {"meta", "results"} <= keys and bool(keys & (_LISTED | _ENDPOINTS.keys()))
    return bool(keys & _OWN) or in_answer or len(fields & set(seen.outer)) > 1


def read(file: SourceFile) -> Iterator[Item]:
    """Each label or application of an answer."""
    if file.name.lower().endswith(".csv"):
        raise UnreadableError("it is a list of the codes of label sections, without any label")
    found = False
    held: list[Skipped] = []
    for record in records(file, inside="results"):
        value, where = record.value, f"result {record.number}"
        if record.damage is not None:
            held.append(Skipped(where, record.damage))
        elif record.listed or _is_record(value):
            for item in _items(value, where, file.name):
                found = found or isinstance(item, Document)
                held.append(item) if isinstance(item, Skipped) else (yield item)
        elif isinstance(value, dict):
            _refuse(value)
        if found:
            yield from held
            held.clear()
    if not found:
        raise UnreadableError(_nothing(held))


def _is_record(value: object) -> bool:
    """A single record, not the frame around a list of them."""
    return isinstance(value, dict) and not {"results", "error", "$schema", "_doc"} & value.keys()


def _items(value: object, where: str, name: str) -> Iterator[Item]:
    if not isinstance(value, dict):
        yield Skipped(where, "it is no record")
        return
    odd = Oddities()
    node = Node(value, odd)
    other = next((said for key, said in _ENDPOINTS.items() if key in value), None)
    if "submissions" in node or "products" in node:
        yield application(node, where)
    elif other is not None:
        yield Skipped(where, f"it is of openFDA's {other}, not a label")
    else:
        yield from label(node, map(str, value), where, name)
    yield from odd.skipped(where)


def _refuse(value: dict[str, object]) -> None:
    """Say what a frame without records is."""
    error = value.get("error")
    if isinstance(error, dict):
        said = error.get("message")
        said = f": {said.strip().rstrip('.')}" if isinstance(said, str) else ""
        raise UnreadableError(f"it is an error that openFDA answered with{said}")
    if "$schema" in value or "_doc" in value:
        raise UnreadableError("it describes the fields of openFDA's labels and holds no label")


def _nothing(skipped: list[Skipped]) -> str:
    if not skipped:
        return "it is an answer of openFDA without results"
    if len({each.reason for each in skipped}) == 1:
        number = "one result" if len(skipped) == 1 else f"{len(skipped)} results"
        return f"it is an answer of openFDA with nothing to read ({number}: {skipped[0].reason})"
    return (
        f"it is an answer of openFDA with nothing to read ({skipped[0].where}: {skipped[0].reason})"
    )
