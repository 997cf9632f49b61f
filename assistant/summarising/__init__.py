"""From an agenda item's sections to its case summary, every line with its evidence."""
