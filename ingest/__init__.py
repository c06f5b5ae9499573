"""From a file, a feed or pasted text to incidents."""
