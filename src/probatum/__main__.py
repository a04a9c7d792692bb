"""The `probatum` command, and what `python -m probatum` runs."""

from probatum.cli.collection import no_collection


def main() -> None:
    """Load the commands and run the one that was asked for."""
    with no_collection():
        from probatum.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
