"""A conversation's last question made into one that stands alone."""
