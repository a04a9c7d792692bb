"""What programs are given, over HTTP or by an assistant: the documents that the commands print."""
