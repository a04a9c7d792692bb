"""Reference lines hold what the library holds, in one order, and links go where they say."""

from probatum.evidence.source import Identifiers
from probatum.render.cite import line, links
from tests.render import samples


def test_a_trial_is_cited_by_authors_title_publication_and_year_once() -> None:
    assert line(samples.full().references[0]) == (
        "Nobody A, Noone B, et al. Examplimab or chemotherapy after a platinum drug in "
        "examploma: final analysis. Journal of Made-up Trials 2033;1:1-9."
    )


def test_a_body_is_named_in_words_and_the_year_added_where_it_is_not_said() -> None:
    reference = samples.full().references[5].model_copy(update={"body": "beta"})
    assert line(reference, samples.name) == (
        "Beta Society. Decision on examplimab for examploma. 2032."
    )


def test_identifiers_become_links_to_the_registers_they_belong_to() -> None:
    given = Identifiers(pmid="12", doi='10.1/a"b<c', nct="NCT00000000", other="x")
    assert [(each.label, each.address) for each in links(given)] == [
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/12/"),
        ("DOI", "https://doi.org/10.1/a%22b%3Cc"),
        ("ClinicalTrials.gov", "https://clinicaltrials.gov/study/NCT00000000"),
        ("Other identifier", None),
    ]
