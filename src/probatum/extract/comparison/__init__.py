"""Which way a comparison went, and the table that a result sentence holds."""

from probatum.extract.comparison.judged import Judged, judge
from probatum.extract.comparison.rows import ArmMeasure, Cell, ResultRow, rows_of

__all__ = ["ArmMeasure", "Cell", "Judged", "ResultRow", "judge", "rows_of"]
