"""Machine code from LLVM's language, for this machine. LLVM comes with numba, as llvmlite."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np


def element(kind: str) -> str:
    """A type's name in that language."""
    return f"i{np.dtype(kind).itemsize * 8}"


def _machine() -> Any:
    """This machine, whose widest vectors are used. An engine takes it over, so each has its own."""
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    target = binding.Target.from_default_triple()
    return target.create_target_machine(
        cpu=binding.get_host_cpu_name(),
        features=binding.get_host_cpu_features().flatten(),
        opt=2,
    )


def _engine(text: str) -> Any:
    from llvmlite import binding

    module = binding.parse_assembly(text)
    module.verify()
    engine = binding.create_mcjit_compiler(module, _machine())
    engine.finalize_object()
    return engine


@lru_cache(maxsize=256)
def compiled(text: str) -> Callable[[int, int, int], None]:
    """Machine code of a kernel: called with the number of records and where the addresses stand.

    These are of two arrays: the addresses of the columns, and of the outputs. Kept by its text: for
    one host the rules often come to the same as for another, and compiling is the dearest part.
    """
    engine = _engine(text)
    of_kernel = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)
    kernel = of_kernel(engine.get_function_address("kernel"))

    def run(size: int, columns: int, outputs: int, _kept: Any = engine) -> None:
        kernel(size, columns, outputs)

    return run


@cache
def lookup(places: str, classes: str) -> Callable[[int, int, int, int], None]:
    """Machine code that looks a list up: called with a size and the addresses of three arrays.

    places, classes: the types. Eight records a turn.
    """
    place, of = element(places), element(classes)
    lines = [
        "define void @lookup(i64 %size, ptr %places, ptr %classes, ptr %found) {",
        "entry:",
        "  %any = icmp ult i64 0, %size",
        "  br i1 %any, label %body, label %end",
        "body:",
        "  %i = phi i64 [ 0, %entry ], [ %next, %body ]",
    ]
    for n in range(8):
        lines += [
            f"  %i{n} = add i64 %i, {n}",
            f"  %pp{n} = getelementptr {place}, ptr %places, i64 %i{n}",
            f"  %p{n} = load {place}, ptr %pp{n}",
            f"  %w{n} = zext {place} %p{n} to i64"
            if place != "i64"
            else f"  %w{n} = or i64 %p{n}, 0",
            f"  %cp{n} = getelementptr {of}, ptr %classes, i64 %w{n}",
            f"  %c{n} = load {of}, ptr %cp{n}",
            f"  %fp{n} = getelementptr {of}, ptr %found, i64 %i{n}",
            f"  store {of} %c{n}, ptr %fp{n}",
        ]
    lines += [
        "  %next = add i64 %i, 8",
        "  %more = icmp ult i64 %next, %size",
        "  br i1 %more, label %body, label %end",
        "end:",
        "  ret void",
        "}",
    ]
    engine = _engine("\n".join(lines) + "\n")
    kind = ctypes.CFUNCTYPE(None, ctypes.c_int64, *[ctypes.c_void_p] * 3)
    code = kind(engine.get_function_address("lookup"))

    def run(size: int, places_at: int, classes_at: int, found_at: int, _kept: Any = engine) -> None:
        code(size, places_at, classes_at, found_at)

    return run
