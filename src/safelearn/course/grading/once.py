"""What nbgrader does anew for each cell, and each time it opens its gradebook, is done once for a batch.

Nothing it decides is changed: the same statements, the same tables, the same schemas, whose own validity is looked at
once and not for every cell again. ``nbgrader autograde`` by itself does without, and gives the same marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace
from typing import Any


@contextmanager
def once() -> Iterator[None]:
    """Inside the block; only the thread that opened it may use nbgrader."""
    import nbgrader.api
    from nbgrader.nbgraderformat import common

    engine, schemas = nbgrader.api.create_engine, common.jsonschema
    tables = nbgrader.api.Base.metadata
    made: list[Any] = []

    def make_tables(bind: Any) -> None:
        if bind not in made:
            type(tables).create_all(tables, bind=bind)
            made.append(bind)

    try:
        # A new engine dozens of times would compile every statement anew. Closing a gradebook closes its
        # connections as before.
        nbgrader.api.create_engine = lru_cache(maxsize=4)(engine)
        tables.create_all = make_tables
        common.jsonschema = SimpleNamespace(validate=_validate)
        yield
    finally:
        nbgrader.api.create_engine, common.jsonschema = engine, schemas
        del tables.create_all


def _validate(instance: Any, schema: dict[str, Any]) -> None:
    """What ``jsonschema.validate`` does, but for looking at the schema itself each time."""
    from jsonschema.exceptions import best_match

    error = best_match(_validator(json.dumps(schema)).iter_errors(instance))
    if error is not None:
        raise error


@lru_cache(maxsize=8)
def _validator(schema: str) -> Any:
    from jsonschema.validators import validator_for

    content = json.loads(schema)
    kind = validator_for(content)
    kind.check_schema(content)
    return kind(content)
