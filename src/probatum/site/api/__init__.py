"""The HTTP API: the program's documents over HTTP, described by OpenAPI.

It takes and gives what the commands take and give, and like the pages it keeps no question. A body
must be JSON and say so, which no form of another site can send without asking the browser first.
"""
