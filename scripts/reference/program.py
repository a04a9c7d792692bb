"""The pages about checks, settings and addresses, and what the README counts."""

import json
import os
import re

from scripts.reference.page import HEAD, ROOT, SOURCE, MismatchError, meanings, same, table


def checks() -> str:
    """What each check does and cannot see."""
    from probatum.checks import across, gate
    from probatum.site.checks import check_texts

    parts = [
        HEAD,
        "# Checks\n",
        "Every sentence is a draft until all of these have passed. None of them knows whether the "
        "draft was made by a template, a curator or a language model. A draft that fails is left "
        "out, and the answer's limits say how many were.\n",
        "What follows is asked of sentences in our own words. A quote from a held text goes "
        "through checks of the same names, asked of words that are not ours: see "
        "[the library and its texts](../explanation/library.md#quotes-in-answers).\n",
    ]
    for name, text in zip(gate.NAMES, check_texts(), strict=True):
        if not text.blind:
            raise MismatchError(f"check {name}: its module does not say what it cannot see")
        parts.append(f"## {name}\n\n{text.does}\n\n**Blind spot.** {text.blind}\n")
    parts.append("## Across claims\n")
    intro = re.sub(r"\s*\(D\d+\)", "", " ".join((across.__doc__ or "").split()))
    parts.append(
        f"{intro} What they find is said in the answer's limits; a reference that nothing cites "
        "is refused by the document itself.\n"
    )
    rows = []
    for name in across_names():
        doc = " ".join((getattr(across, name).__doc__ or "").split())
        rows.append([f"`{name}`", re.sub(r"\s*\(D\d+\)", "", doc)])
    parts.append(table(["finding", "says that"], rows))
    return "\n".join(parts)


def across_names() -> list[str]:
    """The findings across claims: functions that give findings, named like them."""
    text = (SOURCE / "checks" / "across.py").read_text("utf-8")
    names = re.findall(r'_finding\(\s*"(\w+)"', text)
    return list(dict.fromkeys(names))


def environment_names() -> set[str]:
    """Every environment variable that the program or its set-up reads."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"environ(?:\.\w+\(|\[)\s*[\"'](\w+)", text))
        found |= set(re.findall(r"[\"'](\w+)[\"'] (?:not )?in os\.environ", text))
        for constant in re.findall(r"environ(?:\.\w+\(|\[)\s*([A-Z_]+)\b", text):
            found |= set(re.findall(rf'^{constant} = "(\w+)"', text, re.MULTILINE))
        found |= set(re.findall(r"(?:envvar=|getenv\()[\"'](\w+)", text))
    for path in (ROOT / "scripts").iterdir():
        if path.is_file() and path.suffix == "" and path.name != "make-reference":
            found |= set(re.findall(r"\$\{([A-Z_]+):[-+]", path.read_text("utf-8")))
    return found - {"BASH_SOURCE"}


def settings() -> str:
    """Every environment variable, and the limits."""
    from probatum.packs.loader import MAX_BYTES
    from probatum.questions.text import MAX_CHARACTERS
    from probatum.sources import limits

    texts = meanings("settings")
    same("settings", environment_names(), set(texts))
    rows = [[f"`{name}`", " ".join(str(text).split())] for name, text in texts.items()]
    return "\n".join(
        (
            HEAD,
            "# Settings\n",
            "Everything is set by options and environment variables; there is no settings file.\n",
            table(["variable", "does"], rows),
            "## Limits\n",
            table(
                ["limit", "value"],
                [
                    ["a question", f"{MAX_CHARACTERS:,} characters"],
                    ["a pack's file", f"{MAX_BYTES:,} bytes"],
                    [
                        "a document's file, where it is read record by record",
                        f"{limits.STREAMED_BYTES:,} bytes after decompression",
                    ],
                    [
                        "a document's file, where it has to be in memory as a whole",
                        f"{limits.WHOLE_BYTES:,} bytes",
                    ],
                    [
                        "growth of compressed data",
                        f"{limits.EXPANSION} times, where that is much at all",
                    ],
                    ["the text of one work", f"{limits.TEXT_CHARACTERS:,} characters"],
                    ["elements or objects inside one another", f"{limits.DEPTH}"],
                    ["a PDF", f"{limits.PAGES:,} pages, {limits.SECONDS} seconds"],
                ],
            ),
        )
    )


def routes() -> str:
    """Every address with its parameters."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    import django

    django.setup()
    from django.urls import URLPattern

    from probatum.site.urls import urlpatterns as every

    # The API is included as a whole and describes itself.
    urlpatterns = [each for each in every if isinstance(each, URLPattern)]
    texts = meanings("routes")
    same("routes", {pattern.name for pattern in urlpatterns}, set(texts))
    read: set[str] = set()
    for path in (SOURCE / "site").rglob("*.py"):
        read |= set(re.findall(r"(?:GET|query)\.get\(\"(\w+)\"", path.read_text("utf-8")))
    same("address parameters", read, {name for part in texts.values() for name in part})
    parts = [
        HEAD,
        "# Addresses of the site\n",
        "What is asked and read takes GET and HEAD; what changes something takes a form that the "
        "site gave out itself. Every answer carries a content security policy that allows the "
        "site's own style sheet and script and nothing else. Who does not sign in gets no cookie, "
        "but for the one that protects the form for signing in and one that holds a language that "
        "was chosen. Who may do what is the "
        "[editorial policy](../explanation/board.md).\n",
    ]
    for pattern in urlpatterns:
        shown = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{pattern.pattern}")
        parts.append(f"## {shown}\n\n{' '.join((pattern.callback.__doc__ or '').split())}\n")
        if texts[pattern.name]:
            rows = [[f"`{name}`", text] for name, text in texts[pattern.name].items()]
            parts.append(table(["parameter", "is"], rows))
    parts.append("`/static/…` serves the style sheet, the scripts and the icon.\n")
    return "\n".join(parts)


def openapi() -> str:
    """The API's own description."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    import django

    django.setup()
    from probatum.site import urls
    from probatum.site.api.description import description

    assert urls.urlpatterns, "the description is that of the addresses that are there"
    return json.dumps(description(), ensure_ascii=False, indent=1, default=str) + "\n"


def readme() -> str:
    """README.md with what is held, counted now."""
    from probatum.evidence.source import Checked
    from probatum.packs.loader import load_pack, shipped_packs

    packs = [load_pack(folder) for folder in shipped_packs()]
    lines = [
        f"- **{pack.manifest.title}**: {len(pack.records)} records from {len(pack.sources)} "
        f"sources, as of {pack.manifest.as_of}"
        for pack in packs
    ]
    records = [record for pack in packs for record in pack.records]
    share = {
        how: f"{100 * sum(record.checked is how for record in records) / len(records):.0f} %"
        for how in Checked
    }
    lines.append(
        f"\nHow they were read: {share[Checked.ABSTRACT_OR_SUMMARY]} in an abstract or official "
        f"summary, {share[Checked.SECONDARY_TRANSCRIPTION]} second-hand (a transcription of the "
        f"source, or another work about it), {share[Checked.OFFICIAL_PAGE]} on a page of the body "
        "that issued them. None was read in a trial's full text. Every citation says which."
    )
    text = (ROOT / "README.md").read_text("utf-8")
    head, rest = text.split("<!-- held: written by `make reference` -->\n")
    return (
        "\n".join((f"{head}<!-- held: written by `make reference` -->", *lines, ""))
        + rest[rest.index("<!-- /held -->") :]
    )
