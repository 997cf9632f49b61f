"""The catalogue's tables. The catalogue is the truth; the vectors are derived from it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _owner(name: str, target: str) -> Column[str]:
    return Column(name, String, ForeignKey(target, ondelete="CASCADE"), nullable=False, index=True)


documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False, unique=True),
    Column("sha256", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("municipality", String, nullable=False),
    Column("date", Date),
    Column("url", Text, nullable=False),
    Column("ingested_at", Float, nullable=False),
    Column("in_vectors", Boolean, nullable=False, default=False),
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", String, primary_key=True),
    _owner("document_id", "documents.id"),
    Column("committee", String, nullable=False),
    Column("date", Date, index=True),
    Column("place", String, nullable=False),
    Column("participants", JSON, nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("id", String, primary_key=True),
    _owner("document_id", "documents.id"),
    Column("position", Integer, nullable=False),
    Column("number", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("case_number", String, nullable=False, index=True),
    Column("closed", Boolean, nullable=False),
    Column("decision", JSON),
    Column("attachments", JSON, nullable=False),
    Column("url", Text, nullable=False),
)

sections = Table(
    "sections",
    metadata,
    Column("id", String, primary_key=True),
    _owner("document_id", "documents.id"),
    Column("item_id", String, ForeignKey("items.id", ondelete="CASCADE"), index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("tables", JSON, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("id", String, primary_key=True),
    _owner("document_id", "documents.id"),
    _owner("section_id", "sections.id"),
    Column("position", Integer, nullable=False),
    Column("content", JSON, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner("document_id", "documents.id"),
    _owner("section_id", "sections.id"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("embedded_hash", String, nullable=False, index=True),
)

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner("section_id", "sections.id"),
    Column("kind", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("block", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("embedded_hash", String, nullable=False, index=True),
)

summaries = Table(
    "summaries",
    metadata,
    Column("item_id", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("item_version", String, nullable=False),
    Column("approved_by", String),
    Column("approved_at", String),
    Column("summary", JSON, nullable=False),
    comment="No foreign key: a summary outlives its item's going and coming back at an ingest.",
)

superseded = Table(
    "superseded",
    metadata,
    Column("source", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("document_id", String, nullable=False, index=True),
    comment="Files whose document was taken over by another file with the same id.",
)

vectors = Table(
    "vectors",
    metadata,
    Column("embedded_hash", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("expires", Date),
    Column("revoked_at", String),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False, index=True),
    Column("given", JSON, nullable=False),
    Column("asked_by", String, nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("started_at", String),
    Column("ended_at", String),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("result", JSON, nullable=False),
    Column("error", Text),
    Column("attempts", Integer, nullable=False),
    Column("cancelling", Boolean, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("leased_by", String),
    Column("leased_until", Float, nullable=False),
    Column("callback_url", Text),
    Column("callback", String),
)

replies = Table(
    "replies",
    metadata,
    Column("caller", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("asked_sha256", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", Float, nullable=False),
    Column("quotes", Boolean, nullable=False),
    comment="What callers were answered, so that a post that is sent again is not done again.",
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("item_id", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("model", String, nullable=False),
    Column("version", String, nullable=False),
)

stances = Table(
    "stances",
    metadata,
    Column("item_id", String, primary_key=True),
    Column("voter", String, primary_key=True),
    Column("stance", String, nullable=False),
    Column("known", Boolean, nullable=False),
    Column("at", String, nullable=False, index=True),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

Index("items_by_document", items.c.document_id, items.c.position)
Index("sections_by_document", sections.c.document_id, sections.c.position)

FULLTEXT = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_terms USING fts5(place, topic, text, "
    "tokenize=\"unicode61 tokenchars '.,-/§'\")",
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_vocabulary USING fts5vocab(passage_terms, row)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS title_terms USING fts5("
    "item_id UNINDEXED, title, "
    "tokenize=\"unicode61 tokenchars '.,-/§'\")",
)
"""SQLite's full text: Danish stems, split and folded before they are written here."""
