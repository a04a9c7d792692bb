"""One web page, fetched when a person asks for it by its address and never otherwise."""
