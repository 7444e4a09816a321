import io

from audit.record import Status
from audit.summary import ReportSummary
from flows.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_tells_how_far_how_fast_and_what_was_found() -> None:
    progress = Progress(io.StringIO())
    progress.begin(500)
    for number in range(132):
        status = Status.CRASHED if number < 2 else Status.READ
        progress.advance(ReportSummary(f"{number}.txt", None, status))
    line = progress.line(progress._started + 10)
    assert line == "第 132/500 份，每秒 13.2 份，约剩 28 秒，问题 0 个，未能读取 2 份"


def test_a_long_rest_is_told_in_minutes() -> None:
    progress = Progress(io.StringIO())
    progress.begin(500)
    progress.advance(ReportSummary("1.txt", None, Status.READ, None))
    assert "约剩 8 分钟" in progress.line(progress._started + 1)


def test_a_log_gets_no_line_a_moment_after_the_start() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress.begin(2)
    progress.announce("正在启动")
    progress.advance(ReportSummary("1.txt", None, Status.READ, None))
    progress.end()
    assert stream.getvalue() == ""


def test_a_terminal_is_left_clean() -> None:
    stream = Terminal()
    progress = Progress(stream)
    progress.announce("正在启动")
    progress.begin(1)
    progress.end()
    assert stream.getvalue().endswith("\r\x1b[K")
