"""Tools for an assistant, by the Model Context Protocol (the extra `mcp`)."""
