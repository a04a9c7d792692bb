"""The pages under docs/reference, written from the code so that they describe this program."""
