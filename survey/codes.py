"""Finding a concept in the database by its code, or by one that it had before it got another name or was merged.

Files (content, codebooks, exports of others) go on using the codes of the day they were made.
"""

from .models import Concept, FormerConcept


def concept_with_code(scheme: str, slug: str) -> Concept | None:
    """The concept that has this code now, or had it."""
    concepts = Concept.objects.select_related("scheme")
    now = concepts.filter(scheme__slug=scheme, slug=slug).first()
    return now or concepts.filter(former__scheme__slug=scheme, former__slug=slug).first()


def concept_keys() -> dict[str, int]:
    """*scheme/slug* -> key, for all codes of now and before."""
    former = FormerConcept.objects.exclude(concept=None).values_list("scheme__slug", "slug", "concept_id")
    now = Concept.objects.values_list("scheme__slug", "slug", "pk")
    return {f"{scheme}/{slug}": pk for scheme, slug, pk in [*former, *now] if pk is not None}
