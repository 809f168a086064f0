"""Train the light models and write `packs/models/goods.npz`. Run by `make models`; needs scikit-learn and the shared data."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from tidewaiter.service.classify import Classifier
from tidewaiter.service.learning.data import data_folder
from tidewaiter.service.learning.training import train
from tidewaiter.service.models import models_file, save_models
from tidewaiter.service.screening import build_screener


def main() -> int:
    """Train and write; the version is the date given, so that the same data and packs give the same bytes."""
    version = sys.argv[1] if len(sys.argv) > 1 else "2026.11.0"
    given = os.environ.get("TIDEWAITER_DATA")
    classifier = Classifier(build_screener(date(2026, 11, 24), learned=False))
    learned = train(classifier, data_folder(Path(given) if given else None), version)
    path = models_file()
    save_models(learned, path)
    print(
        f"{path}: {path.stat().st_size / 1e6:.1f} MB, {len(learned.codes.code_of)} wordings, {len(learned.codes.codes)} codes"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
