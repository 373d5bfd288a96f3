"""Multiple-choice questions in files that leave an option empty when it was not chosen."""

from collections import defaultdict

import numpy as np

from .answers import NOT_ASKED, Codes
from .codebook_types import Codebook, Kind

CHOSEN = 1


def fill_not_chosen(codes: dict[str, Codes], codebook: Codebook) -> None:
    """Set empty cells to "not chosen" in questions without any 0; otherwise every share would be 100%.

    Only for who chose something in that question: who left all of it empty did not answer it.
    """
    questions: dict[tuple[str, tuple[str, str] | None], list[str]] = defaultdict(list)
    for variable in codebook.questions():
        if variable.kind is Kind.MULTIPLE:
            questions[variable.question, variable.only_if].append(variable.name)
    for names in questions.values():
        if any((codes[name] == 0).any() for name in names):
            continue
        answered = np.logical_or.reduce([codes[name] == CHOSEN for name in names])
        for name in names:
            codes[name][answered & (codes[name] == NOT_ASKED)] = 0
