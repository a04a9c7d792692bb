"""Keys with which programs act for an account, and what keeps a request from being done twice."""
