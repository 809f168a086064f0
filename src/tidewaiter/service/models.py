"""The shipped model weights: one npz file of plain arrays with a JSON head, written by training and read at start.

Rounded to half precision; nothing in the file is executed when it is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from tidewaiter.model import InputError
from tidewaiter.screen.goods.code_model import CodeModel
from tidewaiter.screen.goods.learned import Concern, Learned, LinearModel, NearestWordings
from tidewaiter.service.locations import packs_folder
from tidewaiter.text.hashing import BUCKETS

FILE = Path("models") / "goods.npz"


def models_file(folder: Path | None = None) -> Path:
    """Return where the model weights of a folder of packs lie."""
    return packs_folder(folder) / FILE


def save_models(learned: Learned, path: Path) -> None:
    """Write the models; the same models give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {
        "version": learned.version,
        "buckets": BUCKETS,
        "linear": {name: _head(model) for name, model in _linear(learned).items()},
        "codes": list(learned.codes.codes),
        "power": learned.codes.power,
        "looked_at": learned.codes.looked_at,
    }
    arrays: dict[str, Any] = {"head": np.frombuffer(json.dumps(head, sort_keys=True).encode(), np.uint8)}
    for name, model in _linear(learned).items():
        arrays[f"{name}.weights"] = model.weights.astype(np.float16)
        arrays[f"{name}.rarity"] = model.rarity.astype(np.float16)
    codes = learned.codes
    arrays["codes.rarity"] = codes.rarity.astype(np.float16)
    arrays["codes.counts"] = np.diff(codes.starts).astype(np.uint16)
    arrays["codes.wordings"] = codes.wordings
    arrays["codes.values"] = codes.values
    arrays["codes.code_of"] = codes.code_of
    sound = codes.code_model
    arrays["sound.inner"] = sound.inner
    arrays["sound.scales"] = sound.scales
    arrays["sound.outer"] = sound.outer.astype(np.float16)
    arrays["sound.biases"] = sound.biases
    arrays["sound.rarity"] = sound.rarity.astype(np.float16)
    arrays["sound.common"] = sound.common.astype(np.uint16)
    with path.open("wb") as handle:
        np.savez_compressed(handle, **arrays)


def _linear(learned: Learned) -> dict[str, LinearModel]:
    concern = learned.concern
    return {
        "register": concern.register,
        "supply": concern.supply,
        "declared": concern.declared,
        "vague": learned.vague,
    }


def _head(model: LinearModel) -> dict[str, object]:
    return {"bias": model.bias, "signals": {name: round(value, 5) for name, value in model.signals.items()}}


def load_models(path: Path) -> Learned | None:
    """Read the models, or None where there is no such file.

    Raises:
        InputError: the file is not one of these, or was made for another hashing.
    """
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return _read(arrays)
    except (ValueError, KeyError, OSError) as error:
        raise InputError(f"{path}: cannot be read as model weights: {error}") from error


def _read(arrays: Any) -> Learned:
    head = json.loads(arrays["head"].tobytes())
    if head["buckets"] != BUCKETS:
        raise ValueError(f"made for {head['buckets']} buckets, this version hashes to {BUCKETS}")
    linear = {
        name: LinearModel(
            arrays[f"{name}.weights"].astype(np.float32),
            arrays[f"{name}.rarity"].astype(np.float32),
            float(about["bias"]),
            about["signals"],
        )
        for name, about in head["linear"].items()
    }
    counts = arrays["codes.counts"].astype(np.int64)
    codes = NearestWordings(
        arrays["codes.rarity"].astype(np.float32),
        np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))),
        arrays["codes.wordings"],
        arrays["codes.values"],
        arrays["codes.code_of"],
        tuple(head["codes"]),
        CodeModel(
            arrays["sound.rarity"].astype(np.float32),
            arrays["sound.inner"],
            arrays["sound.scales"],
            arrays["sound.outer"].astype(np.float32),
            arrays["sound.biases"],
            arrays["sound.common"].astype(np.int64),
        ),
        float(head["power"]),
        int(head["looked_at"]),
    )
    vague = linear.pop("vague")
    return Learned(head["version"], Concern(**linear), vague, codes)
