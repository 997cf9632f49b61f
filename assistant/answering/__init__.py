"""From passages to a checked answer with its citations, or an honest no."""
