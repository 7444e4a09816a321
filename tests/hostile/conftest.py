"""Sample files of every format, made once for all hostile tests."""

from __future__ import annotations

import pytest

from tests.hostile.samples import make_samples
from tests.office import NO_SOFFICE, SOFFICE


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good report as a file of each format."""
    if SOFFICE is None:
        pytest.skip(NO_SOFFICE)
    return make_samples(tmp_path_factory.mktemp("samples"))
