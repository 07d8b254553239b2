"""The ground of all tables: names of constraints, exact numbers, and what belongs to one district."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON as _JSON
from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, MetaData, Numeric, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")
Json = _JSON().with_variant(JSONB, "postgresql")


class Exact(TypeDecorator[Decimal]):
    """A decimal kept exactly: NUMERIC where the database has it, text on SQLite."""

    impl = String(64)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """See SQLAlchemy."""
        return dialect.type_descriptor(String(64) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """See SQLAlchemy."""
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """See SQLAlchemy."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone; kept as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """See SQLAlchemy."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """See SQLAlchemy."""
        return None if value is None else (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Base(DeclarativeBase):
    """The registry of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class DistrictBound:
    """What belongs to exactly one district. A session fills in whose it is and shows nobody else's.

    Alone, without ``DistrictOwned``, it is for rows that must not be numbered in the order they came.
    """

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), nullable=False)


class DistrictOwned(DistrictBound):
    """What belongs to a district and has a number of its own."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
