"""What other processes use of this computer."""

import psutil


def newest_child() -> psutil.Process:
    """Return the process that this one has started last, such as a server."""
    return max(psutil.Process().children(), key=lambda child: child.create_time())


def cpu(process: psutil.Process) -> float:
    """Give the seconds of processor time that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)
