"""Lets `python -m probatum` stand for the `probatum` command."""

from probatum.cli.main import main

if __name__ == "__main__":
    main()
