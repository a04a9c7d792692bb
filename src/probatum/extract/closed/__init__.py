"""Questions that are answered by yes or no, and what the results of a text reply to one."""
