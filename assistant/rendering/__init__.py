"""Case summaries and briefings as JSON, Markdown, HTML and DOCX. Nothing is looked up here."""
