"""Only the command line tells the collector that what is loaded lives to the end."""

from __future__ import annotations

import gc
import subprocess
import sys

from tidewaiter.service import collecting


def test_inside_another_program_nothing_is_frozen_and_its_thresholds_stay() -> None:
    before = gc.get_freeze_count(), gc.get_threshold()
    collecting.loaded()
    assert (gc.get_freeze_count(), gc.get_threshold()) == before


def test_the_command_line_freezes_what_it_loaded() -> None:
    code = (
        "import gc\nfrom tidewaiter.service import collecting\ncollecting.run_to_the_end()\ncollecting.loaded()\n"
        "print(gc.get_freeze_count() > 1000, gc.get_threshold() == collecting.THRESHOLDS)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
