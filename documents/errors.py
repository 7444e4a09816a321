"""What reading a file can fail with, in Chinese."""

from __future__ import annotations

import errno

_FAULTS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "不存在",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘是只读的",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足",
    errno.EBUSY: "正被其他程序占用",
    errno.EIO: "磁盘读写出错",
}


def fault_in_words(fault: OSError) -> str:
    """What is wrong in a few Chinese words, in the system's own where it is a rare fault."""
    return _FAULTS.get(fault.errno or 0) or fault.strerror or str(fault)


class Unreadable(Exception):  # noqa: N818 - it is a result of reading, not a fault of the program
    """A file that is no report that can be read.

    ``status`` is a reading status (``"empty"``, ``"no_text"``, ``"encrypted"``, ``"unsupported"``, ``"corrupt"``,
    ``"over_limit"``, ``"changed"``, ``"unreadable"``; of a conversion also ``"timed_out"`` and ``"crashed"``);
    ``reason`` (without a full stop) and ``next_step`` tell the inspector in Chinese what is wrong and what to do.
    ``sha256`` and ``size`` (bytes) are those of the file, where it could be opened.
    """

    def __init__(self, status: str, reason: str, next_step: str, sha256: str | None = None, size: int = 0) -> None:
        super().__init__(status, reason, next_step, sha256, size)
        self.status = status
        self.reason = reason
        self.next_step = next_step
        self.sha256 = sha256
        self.size = size
