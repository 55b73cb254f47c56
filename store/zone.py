"""The time zone of a workspace and the day it is there, told without opening it: it is noted by the last fold, or in the
journal since.

On the fast paths of capture (for the lines in which a day is counted from today) and of the prompt: nothing is imported
that these do not load.  What can be asked where ``datetime`` is loaded anyway stands in ``store.days``.
"""

import os
import time

from store.disk.journal import SUFFIX, Journal, decode, untouched

SETTINGS_TABLE, SETTINGS_KEY = "settings", "0"
"""Where the settings stand, as the model has them; a test holds the two together."""
CHANGED = f'["{SETTINGS_TABLE}","{SETTINGS_KEY}",'.encode()
"""What is in every line of the journal that changes them, and hardly in any other."""
ZONES = "/usr/share/zoneinfo"
"""Where systems keep the rules of time zones."""


def zone_of(path: str) -> str | None:
    """The zone that the workspace at ``path`` names, "" for none; None where it has to be opened to know.

    That is: the file was folded by an older version, or written by another program.
    """
    path = os.path.realpath(path)
    journal = Journal(path + SUFFIX, read_only=True)
    try:
        if not os.path.lexists(path):
            return _zone_since(journal, 0, "")
        found = untouched(path)
        if found is None or type(found.get("zone")) is not str:
            return None
        return _zone_since(journal, found["end"], found["zone"])
    finally:
        journal.close()


def _zone_since(journal: Journal, start: int, zone: str | None) -> str | None:
    """What the newest settings in the journal after an offset name, else ``zone``."""
    for _, line in journal.scan(start):
        if CHANGED in line and (step := decode(line)) is not None:
            for table, key, _, after in step["ops"]:
                if (table, key) == (SETTINGS_TABLE, SETTINGS_KEY):
                    zone = (after or {}).get("zone", "")
    return zone if type(zone) is str else None


def this_day(zone: str = "") -> str | None:
    """The ISO day it is in a zone, or here; None for a zone that the system's own files do not know.

    (Importing ``zoneinfo`` would cost a sixth of a capture.)
    """
    if not zone:
        return time.strftime("%Y-%m-%d")
    plain = zone.isascii() and zone[0].isalpha() and all(mark.isalnum() or mark in "/_+-" for mark in zone)
    if not plain or not os.path.isfile(os.path.join(ZONES, zone)):
        return None
    here = os.environ.get("TZ")
    try:
        _tell_time_of(zone)
        return time.strftime("%Y-%m-%d")
    finally:
        _tell_time_of(here)


def _tell_time_of(zone: str | None) -> None:
    """Let the clock of this process be that of a zone, or that of the system."""
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()
