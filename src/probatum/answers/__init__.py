"""From a need to an answer: gather findings, compose drafts, check them, assemble."""
