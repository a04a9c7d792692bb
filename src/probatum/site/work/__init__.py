"""Work beside the pages: a queue in the site's own database, and the worker that empties it."""
