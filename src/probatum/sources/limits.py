"""How much of a hostile or broken file is read before it is given up, and how that is said."""

from probatum.evidence.base import ProbatumError

# Bytes after decompression that one file may have. The yearly PubMed files are about 200 MB, the
# largest label or article known here under 20 MB.
STREAMED_BYTES = 2_000_000_000
# Bytes of a file that has to be in memory as a whole (a JSON document, a PDF, an HTML page).
WHOLE_BYTES = 100_000_000
# How many times larger than its compressed form a file may be. Gzip of XML reaches about 20.
EXPANSION = 200
# Elements or objects inside one another.
DEPTH = 250
# Characters of one work's text: about four thousand printed pages.
TEXT_CHARACTERS = 20_000_000
# Paragraphs, rows and headings of one work: each takes a kilobyte while it is laid out. The
# guideline with the most among the samples, of 211 pages, has 1,225.
BLOCKS = 300_000
# Pages of a PDF, and seconds for one document of any kind.
PAGES = 5_000
SECONDS = 120


class UnreadableError(ProbatumError):
    """A file that cannot be read at all, with the reason in one sentence (without its name)."""
