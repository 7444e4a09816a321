"""What keeps an audit from being carried out as asked, each worded for the user."""

from __future__ import annotations


class SettingsError(Exception):
    """The settings cannot be used; the argument says which and what is expected, in Chinese."""


class ServerUnavailable(Exception):  # noqa: N818 - a circumstance to fall back from, not a fault of the program
    """The server did not come up; the argument says why, in Chinese."""


class OutputBusy(Exception):  # noqa: N818 - a circumstance, not a fault of the program
    """Another audit is writing into the output folder; the argument says which, in Chinese."""


class DiskFull(Exception):  # noqa: N818 - a circumstance, not a fault of the program
    """There is no room for what an audit has to write; the argument says where and how much it takes, in Chinese."""


class ClusterFault(Exception):  # noqa: N818 - a circumstance, not a fault of the program
    """A cluster does not answer, or a worker cannot judge as this machine does; the argument says which, in Chinese."""
