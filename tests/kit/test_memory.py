import gc

import pytest

from kit.memory import RARELY, rarely_collected


def test_garbage_is_collected_rarely_until_the_work_ends_or_fails():
    before = gc.get_threshold()

    with rarely_collected():
        meanwhile = gc.get_threshold()
    with pytest.raises(OSError, match="no space"), rarely_collected():
        raise OSError("no space")

    assert meanwhile == (RARELY, *before[1:])
    assert gc.get_threshold() == before
