"""Numbers of one indicator, or of any question, in the order of the downloads."""

from django.db.models import Q

from ..barometer import Number, numbers_of
from ..models import Result
from ..result_exports import in_order


def read_numbers(where: Q) -> list[Number]:
    """The numbers that answer this question (one query)."""
    return numbers_of(in_order(Result.objects.filter(where)))
