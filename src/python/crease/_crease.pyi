"""The native half: fields as the Rust side returns them."""

from fractions import Fraction
from typing import Any, Callable, Iterator, Optional, final

import numpy as np

__all__ = [
    "__version__",
    "Network",
    "Region",
    "Regions",
    "check",
    "count",
    "exact",
    "fit",
    "regions",
    "robust",
]
__version__: str

@final
class Network:
    """A network with exact weights."""

    @staticmethod
    def read(path: str, logits: bool = False) -> Network: ...
    @staticmethod
    def assembled(architecture: bytes, tensors: bytes) -> Network: ...
    @property
    def name(self) -> str: ...
    @property
    def input_shape(self) -> list[int]: ...
    @property
    def output_shape(self) -> list[int]: ...
    @property
    def domain(self) -> Optional[list[list[Fraction]]]: ...
    def json(self) -> str: ...
    def evaluate(self, x: Any) -> list[Fraction]: ...

@final
class Region:
    """A proper activation region."""

    @property
    def pattern(self) -> list[list[int]]: ...
    @property
    def point(self) -> list[Fraction]: ...
    @property
    def matrix(self) -> list[list[Fraction]]: ...
    @property
    def offset(self) -> list[Fraction]: ...
    @property
    def facets(self) -> list[tuple[list[Fraction], Fraction]]: ...
    @property
    def bounded(self) -> bool: ...
    @property
    def vertices(self) -> list[list[Fraction]]: ...
    def volume(self) -> Optional[Fraction]: ...
    def numpy(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]: ...

@final
class Regions(Iterator[Region]):
    """The regions of a network, one after another."""

    def __iter__(self) -> Regions: ...
    def __next__(self) -> Region: ...

def count(
    net: Network,
    sides: Any,
    notion: str,
    time: Optional[float],
    threads: Optional[int],
    progress: Optional[Callable[[int], object]],
) -> tuple[int, bool]: ...
def regions(net: Network, sides: Any) -> Regions: ...
def robust(
    net: Network,
    x: Any,
    norm: str,
    sides: Any,
    label: Optional[int],
    time: Optional[float],
    progress: Optional[Callable[[int], object]],
) -> dict[str, Any]: ...
def fit(
    x: Any,
    y: Any,
    lambda_: Any,
    sparsest: bool,
    norm: str,
    time: Optional[float],
    progress: Optional[Callable[[int], object]],
) -> Optional[dict[str, Any]]: ...
def check(
    names: list[str],
    cases: int,
    seed: int,
    time: Optional[float],
    progress: Optional[Callable[[int], object]],
) -> list[dict[str, Any]]: ...
def exact(value: Any) -> list[Fraction]: ...
