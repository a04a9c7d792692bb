"""The optional language model behind one small protocol: text in, text out, never trusted."""
