"""Run by Alembic for the core and for every plugin; ``renda.migrate`` hands over the connection."""

from alembic import context

from renda.model import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
