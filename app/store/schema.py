"""The table, as the migrations leave it."""

from sqlalchemy import Column, MetaData, String, Table, Text

METADATA = MetaData()

EXPERIMENTS = Table(
    "experiments",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("experiment", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("created", String(40), nullable=False),
)
"""created: ISO 8601 in UTC."""
