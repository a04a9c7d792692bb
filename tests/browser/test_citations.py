"""Our CSL-JSON set by citeproc-js, the citation processor of Zotero, in a real browser.

tests/render/test_bibliography.py has it set by citeproc-py, which is another program.
"""

import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from probatum.render.bibliography import Entry, Person, answer_entry, references
from probatum.render.csl import csl_json
from tests.browser.conftest import Chromium
from tests.render import samples

pytestmark = pytest.mark.browser

# In the order of the NLM's "Citing Medicine".
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info>
    <title>Numbered, for tests</title>
    <id>https://example.org/styles/numbered</id>
    <updated>2026-01-01T00:00:00+00:00</updated>
  </info>
  <citation collapse="citation-number">
    <sort><key variable="citation-number"/></sort>
    <layout prefix="[" suffix="]" delimiter=","><text variable="citation-number"/></layout>
  </citation>
  <bibliography et-al-min="7" et-al-use-first="6">
    <layout suffix=".">
      <text variable="citation-number" suffix=". "/>
      <group delimiter=". ">
        <names variable="author">
          <name delimiter=", " name-as-sort-order="all" sort-separator=" " initialize-with=""/>
        </names>
        <text variable="title"/>
        <group delimiter=" ">
          <text variable="container-title" font-style="italic"/>
          <text variable="publisher"/>
          <date variable="issued"><date-part name="year"/></date>
        </group>
        <group>
          <text variable="volume"/>
          <text variable="issue" prefix="(" suffix=")"/>
          <text variable="page" prefix=":"/>
        </group>
        <text variable="version" prefix="Version "/>
        <choose>
          <if variable="DOI"><text variable="DOI" prefix="doi:"/></if>
          <else><text variable="URL"/></else>
        </choose>
        <text variable="note"/>
      </group>
    </layout>
  </bibliography>
</style>
"""
SET = """({items, style, locale, format}) => {
  const held = Object.fromEntries(items.map((item) => [item.id, item]));
  const system = {retrieveLocale: () => locale, retrieveItem: (id) => held[id]};
  const engine = new CSL.Engine(system, style, "en-US");
  engine.setOutputFormat(format);
  const cited = {citationItems: items.map((item) => ({id: item.id})), properties: {}};
  return [engine.processCitationCluster(cited, [], [])[1][0][1], engine.makeBibliography()[1]];
}"""


@pytest.fixture
def setting(chromium: Chromium) -> Iterator[Any]:
    """Sets entries in the style: a citation of all of them, and the list."""
    held = sorted((Path(sys.prefix) / "share" / "citeproc").glob("citeproc-*.js"))
    if not held:
        pytest.skip("citeproc-js is not here; scripts/ensure-citeproc fetches it, or says why not")
    locale = (files("citeproc") / "data" / "locales" / "locales-en-US.xml").read_text("utf-8")
    page = chromium.browser.new_page()
    page.evaluate("window.module = {}")
    page.add_script_tag(path=held[-1])

    def lines(*entries: Entry, form: str = "text") -> tuple[str, list[str]]:
        items = json.loads(csl_json(entries))
        given = {"items": items, "style": STYLE, "locale": locale, "format": form}
        cited, listed = page.evaluate(SET, given)
        return cited, [" ".join(line.split()) for line in listed]

    yield lines
    page.close()


def test_every_entry_of_an_answer_is_set_whole_by_citeproc_js(setting: Any) -> None:
    answer = samples.full()
    cited, listed = setting(answer_entry(answer), *references(answer, samples.name))
    assert cited == "[1–9]"
    assert listed == [
        "1. Probatum. What can be given for recurrent examploma after a platinum drug has failed? "
        "Probatum 2033. Review status: Not reviewed by a medical board. Answer 0f1e2d3c4b5a.",
        "2. Nobody A, Noone B, et al. Examplimab or chemotherapy after a platinum drug in "
        "examploma: final analysis. Journal of Made-up Trials 2033. 1:1–9. doi:10.0000/fiction.1. "
        "Randomised trial. Abstract or summary read. Current. ClinicalTrials.gov: NCT00000000.",
        "3. Nobody A, et al. Survival with examplimab in examploma. Journal of Made-up Trials "
        "2030. 1:10–19. https://pubmed.ncbi.nlm.nih.gov/1/. Randomised trial. Full text read. "
        "Superseded, replaced by star1-2033.",
        "4. Beta Society. Examploma: guideline of the Beta Society, version 2.2032. Beta Society "
        "2032. https://example.org/beta/examploma. Guideline. Issuing body’s page read. Current.",
        "5. Noone C, et al. Fictinumab in examploma (MOON-2). Annals of Invention 2031. 7:70–77. "
        "doi:10.0000/fiction.2. Randomised trial. Read second-hand. Currency not known.",
        "6. Agency E. Examplimab: prescribing information. Agency E 2032. Drug label. Label read. "
        "Current. Other identifier: EU/0/00/0000.",
        "7. Agency E. Decision on examplimab for examploma. Agency E 2032. "
        "https://example.org/agency-e/decision. Regulator’s decision. Issuing body’s page read. "
        "Corrected.",
        "8. Nemo D. Reading marker M. Reviews of Fiction 2029. 3:3. Narrative review. Abstract or "
        "summary read. Retracted.",
        "9. Nemo D, et al. Examplimab in cutaneous examploma (SUN-3). Annals of Invention 2028. "
        "4:1. https://clinicaltrials.gov/study/NCT00000001. Single-arm trial. Registry entry read. "
        "Interim. ClinicalTrials.gov: NCT00000001.",
    ]


def test_citeproc_js_reads_no_markup_in_a_title_and_keeps_its_comparisons(setting: Any) -> None:
    title = "<b>Bold</b>, CD4 <200, <span class='x'>y</span> and p<0.05 <sup>2</sup>"
    entry = Entry(key="k", kind="article", title=title, people=(Person("Nobody", "A"),), year=2033)
    shown = "‹b>Bold‹/b>, CD4 <200, ‹span class=’x’>y‹/span> and p<0.05 ‹sup>2‹/sup>"
    assert setting(entry) == ("[1]", [f"1. Nobody A. {shown}. 2033."])
    escaped = shown.replace("<", "&#60;").replace(">", "&#62;")
    line = f'<div class="csl-entry">1. Nobody A. {escaped}. 2033.</div>'
    assert setting(entry, form="html") == ("[1]", [line])
