"""Learn every weight of `extract/comparison`: `python -m scripts.comparison.train DATA`."""

import json
import sys
from pathlib import Path

from bench._result_tables import gold_of
from bench.direction import read, read_signals
from scripts.comparison.clusters import clusters
from scripts.comparison.direction import learn_direction
from scripts.comparison.lexicon import lexicon
from scripts.comparison.links import learn_links
from scripts.comparison.tagger import lattice, learn_tags

TARGET = Path(__file__).resolve().parents[2] / "src/probatum/extract/comparison/data"


def write(name: str, held: object) -> None:
    """Put weights into the program's data, one a line so that a change can be read."""
    text = json.dumps(held, indent=0, sort_keys=True, ensure_ascii=False)
    (TARGET / name).write_text(text + "\n", "utf-8")


def texts(data: Path) -> list[str]:
    """What words are counted in: full texts of trials and abstracts whose sets have a licence."""
    articles = read(data / "trial_results" / "evidence_inference_v2" / "fulltext.jsonl.gz")
    abstracts = read(data / "abstract_pool" / "corpus.jsonl.gz")
    held = [each["text"] for each in abstracts if set(each["sources"]) - {"pico_corpus"}]
    return [each["text"] for each in articles] + held


def main() -> None:
    """Learn and write."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "trial_results").is_dir():
        usage = "Usage: python -m scripts.comparison.train DATA, DATA holding trial_results/ and "
        print(usage + "abstract_pool/.", file=sys.stderr)
        raise SystemExit(2)
    data = Path(sys.argv[1])
    prompts = read(data / "trial_results" / "evidence_inference_v2" / "prompts.jsonl")
    # First, since what is seen of a stretch asks for them.
    (TARGET / "clusters.txt").write_text(clusters(texts(data)), "utf-8")
    (TARGET / "lexicon.txt").write_text(lexicon(prompts), "utf-8")
    ways = learn_direction([read_signals(p) for p in prompts], [p["label"] for p in prompts])
    write(
        "direction.json",
        {"differ": ways.differ, "way": ways.way, "differ_bias": ways.differ_bias},
    )
    held = [
        gold_of(record) for record in read(data / "trial_results" / "rct_art" / "sentences.jsonl")
    ]
    tags = learn_tags([lattice(g.tokens, g.segments) for g in held])
    write("tagging.json", {"seen": tags.seen, "follows": tags.follows, "between": tags.between})
    links = learn_links((g.tokens, sorted(g.segments), g.pairs) for g in held)
    write("linking.json", {"groups": links.groups, "outcomes": links.outcomes})


if __name__ == "__main__":
    main()
