"""The board on the web: articles, their versions, the log of their review, and who may do what."""
