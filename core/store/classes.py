"""Classes: each learner's digits under a number, for a teacher, for a time.

A class is found by a hash of its code, so what is stored opens none. Who takes part is a browser;
its digits go with it, and all of a class goes with the class.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from core.messages import N_, require
from core.store import tables
from core.store.database import INSERT, Database, now
from core.store.records import ClassDigit, ClassRow, Mark

classes, hands, digits = tables.classes.c, tables.hands.c, tables.class_digits.c
CLASS = [classes[name] for name in ("id", "owner", "key_hash", "created", "until", "learned")]
MARK = [digits.hand, digits.label, digits.written]

MOST_DAYS = 30
"""No class lasts longer."""

MOST_HANDS = 60
"""So many take part in a class at once: what a server of one process is measured with."""

MOST_OF_OWNER, MOST_CLASSES = 5, 1_000
"""So many classes are open at once: of one teacher, and in one database."""

BYTES = 28 * 28
"""Of a digit's pixels."""


class Classes:
    """The classes of a store.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, class_id: str, owner: str, key_hash: str, days: float) -> None:
        """Open a class.

        Parameters
        ----------
        class_id, owner, key_hash
            As in `ClassRow`.
        days : float
            After which all of it is deleted; more than 0, at most `MOST_DAYS`.

        Raises
        ------
        InputError
            If it is to last longer, or as many classes are open as may be.
        """
        require(
            0 < days <= MOST_DAYS,
            N_("A class lasts at most {most} days, not {days}."),
            most=MOST_DAYS,
            days=days,
        )
        with self._database.writing() as (connection, now):
            delete_over(connection, now)
            if count(connection, select(classes.id).where(classes.id == class_id)):
                return  # a click that arrived twice
            n_own = count(connection, select(classes.id).where(classes.owner == owner))
            require(
                n_own < MOST_OF_OWNER,
                N_("{most} classes of yours are open: delete one first."),
                most=MOST_OF_OWNER,
            )
            require(
                count(connection, select(classes.id)) < MOST_CLASSES,
                N_("{most} classes are open on this server: try again tomorrow."),
                most=MOST_CLASSES,
            )
            times = {"created": now, "until": now + days * 86_400}
            row = {"id": class_id, "owner": owner, "key_hash": key_hash, "n_joined": 0}
            connection.execute(insert(tables.classes).values(row | times))

    def get(self, class_id: str) -> ClassRow | None:
        """Read a class; None if there is none, or its time is over."""
        with self._database.reading() as connection:
            lasts = classes.until > now(connection)
            query = select(*CLASS).where(classes.id == class_id, lasts)
            row = connection.execute(query).first()
        return None if row is None else ClassRow(*row)

    def close(self, class_id: str) -> None:
        """Delete a class, with all who took part and all their digits."""
        with self._database.writing() as (connection, _):
            connection.execute(delete(tables.classes).where(classes.id == class_id))
        self._database.give_back_space()

    def note_learned(self, class_id: str, learned: Mapping[str, Any]) -> None:
        """Keep what came of it when a network learned from a class, in the place of the last."""
        with self._database.writing() as (connection, _):
            here = update(tables.classes).where(classes.id == class_id)
            connection.execute(here.values(learned=dict(learned)))

    def close_over(self) -> None:
        """Delete the classes whose time is over, with all that is in them."""
        with self._database.writing() as (connection, now):
            deleted = delete_over(connection, now)
        if deleted:
            self._database.give_back_space()

    def number(self, class_id: str, owner: str) -> int | None:
        """Read the number under which somebody takes part; None who does not."""
        query = select(hands.number).where(hands.class_id == class_id, hands.owner == owner)
        with self._database.reading() as connection:
            found: int | None = connection.scalar(query)
        return found

    def numbers(self, class_id: str) -> list[int]:
        """Read the numbers of all who take part."""
        query = select(hands.number).where(hands.class_id == class_id).order_by(hands.number)
        with self._database.reading() as connection:
            return [*connection.scalars(query)]

    def join(self, class_id: str, owner: str) -> int | None:
        """Take part in a class, or go on taking part.

        Parameters
        ----------
        class_id : str
        owner : str
            The browser of who takes part.

        Returns
        -------
        int or None
            Their number, from 1; None if there is no such class.

        Raises
        ------
        InputError
            If `MOST_HANDS` take part.
        """
        with self._database.writing() as (connection, now):
            here = classes.id == class_id, classes.until > now
            joined = select(classes.n_joined).where(*here).with_for_update()  # others wait
            n_joined: int | None = connection.scalar(joined)
            if n_joined is None:
                return None
            inside = select(hands.number).where(hands.class_id == class_id)
            number: int | None = connection.scalar(inside.where(hands.owner == owner))
            if number is not None:
                return number
            require(
                count(connection, inside) < MOST_HANDS,
                N_("This class is full: {most} take part."),
                most=MOST_HANDS,
            )
            number = n_joined + 1
            connection.execute(update(tables.classes).where(*here).values(n_joined=number))
            row = {"class_id": class_id, "number": number, "owner": owner}
            connection.execute(insert(tables.hands).values(row))
        return number

    def leave(self, class_id: str, owner: str) -> None:
        """Take no part any longer: all digits of theirs are deleted."""
        with self._database.writing() as (connection, _):
            here = hands.class_id == class_id, hands.owner == owner
            connection.execute(delete(tables.hands).where(*here))
        self._database.give_back_space()

    def add(self, class_id: str, owner: str, label: int, pixels: bytes) -> bool:
        """Keep a digit of somebody who takes part, in the place of their last one with its label.

        Parameters
        ----------
        class_id, owner : str
        label : int
            0 to 9.
        pixels : bytes
            As in `ClassDigit`.

        Returns
        -------
        bool
            Whether it is kept: not where the class is over, or they take no part in it.

        Raises
        ------
        InputError
            If it is no digit of 28×28 pixels.
        """
        require(
            label in range(10) and len(pixels) == BYTES,
            N_("A digit of a class has a label from 0 to 9, and 28×28 pixels."),
        )
        with self._database.writing() as (connection, now):
            query = select(hands.number).join(tables.classes, classes.id == hands.class_id)
            here = hands.class_id == class_id, hands.owner == owner, classes.until > now
            number = connection.scalar(query.where(*here).with_for_update(of=tables.hands))
            if number is None:
                return False
            row = {"class_id": class_id, "hand": number, "label": label}
            written = {"written": now, "pixels": pixels}
            new = INSERT[connection.dialect.name](tables.class_digits).values(row | written)
            connection.execute(new.on_conflict_do_update(index_elements=[*row], set_=written))
        return True

    def marks(self, class_id: str) -> list[Mark]:
        """Read which digits there are, by hand and label."""
        with self._database.reading() as connection:
            return [Mark(*row) for row in connection.execute(in_order(select(*MARK), class_id))]

    def digits(self, class_id: str, hand: int | None = None) -> list[ClassDigit]:
        """Read the digits, by hand and label: of all hands, or of one."""
        query = in_order(select(*MARK, digits.pixels), class_id)
        if hand is not None:
            query = query.where(digits.hand == hand)
        with self._database.reading() as connection:
            return [ClassDigit(*row) for row in connection.execute(query)]

    def remove(self, class_id: str, hand: int, label: int | None = None) -> None:
        """Delete one digit: who wrote it is asked for it again. Without a label, the whole hand."""
        if label is None:
            gone = delete(tables.hands).where(hands.class_id == class_id, hands.number == hand)
        else:
            gone = delete(tables.class_digits).where(
                digits.class_id == class_id, digits.hand == hand, digits.label == label
            )
        with self._database.writing() as (connection, _):
            connection.execute(gone)
        self._database.give_back_space()


def delete_over(connection: Connection, now: float) -> int:
    """Delete the classes whose time is over; tell how many."""
    return connection.execute(delete(tables.classes).where(classes.until <= now)).rowcount


def count(connection: Connection, query: Select[Any]) -> int:
    """Count the rows of a query."""
    return connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def in_order(query: Select[Any], class_id: str) -> Select[Any]:
    """Restrict a query to the digits of a class, by hand and label."""
    return query.where(digits.class_id == class_id).order_by(digits.hand, digits.label)
