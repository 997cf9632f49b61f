"""The Danish prompt texts, one Markdown file each, and the loader that fills them in."""
