"""Keep and find: everything held, built from packs into one file, with a snapshot id."""
