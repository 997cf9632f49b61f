"""A meeting, item by item: what is asked, recommended, what it costs, what was decided before."""
