"""Debian's PostgreSQL, started for the tests: on loopback, on a free port, in a folder of its own.

Without PostgreSQL these tests are skipped, unless POSTGRES_REQUIRED is set.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.ports import free_port

SECONDS = 60  # the longest the server may take to start or stop


def find_binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, of the newest version there is."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found := shutil.which("initdb"):
        folders.append(Path(found).parent)
    return max(folders, key=lambda folder: folder.parent.name.zfill(4), default=None)


class Server:
    """A PostgreSQL that trusts everyone on this machine and forgets all in the end."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        # PostgreSQL refuses to run as root; Debian makes it a user of its own.
        self.user = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.numbers = count()
        self.unused: list[str] = []
        self.port = free_port()
        self.give(folder)
        self.call("initdb", "--auth=trust", "--username=ladder", "--encoding=UTF8", "--no-sync")

    def give(self, folder: Path) -> None:
        """Let the server's user write in `folder`."""
        os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def call(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [self.binaries / program, f"--pgdata={self.folder}", *arguments],
                cwd=self.folder,
                user=self.user.pw_uid if os.geteuid() == 0 else None,
                group=self.user.pw_gid if os.geteuid() == 0 else None,
                extra_groups=[] if os.geteuid() == 0 else None,
                stdout=said,  # a file: the server keeps it open, and a pipe would never end
                stderr=said,
                timeout=SECONDS,
            )
            said.seek(0)
            assert done.returncode == 0, said.read()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self.call("pg_ctl", "start", "--wait", "-o", f"{options} -c fsync=off")

    def stop(self) -> None:
        """Stop the server as a crash would, open connections and all."""
        self.call("pg_ctl", "stop", "--wait", "--mode=immediate")

    def url(self, database: str) -> str:
        return f"postgresql://ladder@127.0.0.1:{self.port}/{database}"

    def execute(self, command: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(command)

    @contextmanager
    def database(self) -> Iterator[str]:
        """An empty database, as long as the block lasts; its address.

        To make one takes long, so it is emptied and used again, under another name: what a test
        left running does not find it any more.
        """
        name = f"test_{next(self.numbers)}"
        made = f"ALTER DATABASE {self.unused.pop()} RENAME TO" if self.unused else "CREATE DATABASE"
        self.execute(f"{made} {name}")
        yield self.url(name)
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            name,
        )
        self.execute("DROP SCHEMA public CASCADE", name)
        self.execute("CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC", name)
        self.unused.append(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server, running; a test that stops it starts it again."""
    binaries = find_binaries()
    if binaries is None:
        reason = "PostgreSQL was not found on this machine"
        if os.environ.get("POSTGRES_REQUIRED"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        server = Server(binaries, folder)
        server.start()
        try:
            yield server
        finally:
            with suppress(AssertionError):  # a failed test may have left it stopped
                server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, empty database, of each kind we support."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url
