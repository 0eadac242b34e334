"""Run by Alembic: the migrations, inside the transaction that `core.store.migrate` began."""

from alembic import context

from core.store.migrate import VERSION_TABLE
from core.store.tables import metadata

if hasattr(context, "config"):  # not when the doctests import every module
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
