"""From a need to an answer: gather findings, compose drafts, pass them through the gate, assemble."""
