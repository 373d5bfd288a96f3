"""The answers of all respondents, as small as they can be: one byte a question. They live in memory only."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .codebook import Codebook

#: Not asked, or left empty.
NOT_ASKED = -2
#: "Don't know" or "not applicable".
MISSING = -1

Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Answers:
    """Finished responses only.

    `columns`: variable -> for each respondent the place of the answer in `Variable.options` (from 0), or NOT_ASKED or
    MISSING; for a multiple-choice column 1 is chosen and 0 is not. `texts`: open questions, a categorical series.
    """

    codebook: Codebook
    columns: dict[str, Codes]
    texts: dict[str, "pd.Series[str]"]
    finished: int
    unfinished: int
    first_day: date | None
    last_day: date | None
