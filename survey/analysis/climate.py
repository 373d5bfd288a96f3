"""The innovation climate of each respondent: score, group, and how reliable the scale is."""

import numpy as np
from numpy.typing import NDArray

from ..importing.answers import Answers, Codes
from ..importing.codebook_types import Role
from ..measures import Breakdown, Category, ScoreMeasure, ShareMeasure
from ..statistics.scales import LIMITED_BELOW, STRONG_ABOVE, climate_groups, scale_scores

SCORE = "klimaatscore"
SCHEME = "klimaatgroep"
#: In the order of `ClimateGroup`.
GROUPS = ("beperkt", "gemiddeld", "krachtig")


def items(answers: Answers) -> list[Codes]:
    """The statements of the climate scale as scores from 1 to 5; 0 and below is no answer."""
    scale = answers.codebook.with_role(Role.CLIMATE_ITEM)
    return [answers.columns[item.name] + np.int8(1) for item in scale if item.name in answers.columns]


def climate(answers: Answers) -> tuple[ScoreMeasure, ShareMeasure, Breakdown] | None:
    """Score, share of each climate group, and the groups as a breakdown; nothing without a climate scale.

    An outsider can't know the climate of an organisation, so these groups are not public.
    """
    scale = items(answers)
    if not scale:
        return None
    scores: NDArray[np.float64] = scale_scores(scale)
    groups = climate_groups(scores)
    return (
        ScoreMeasure(SCORE, SCORE, scores, edges=(LIMITED_BELOW, STRONG_ABOVE)),
        ShareMeasure(SCHEME, tuple(Category(f"{SCHEME}-{group}") for group in GROUPS), groups),
        Breakdown(SCHEME, GROUPS, groups, is_public=False),
    )
