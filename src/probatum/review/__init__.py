"""The board's rules: states, roles, the record of events, signatures and what voids them."""
