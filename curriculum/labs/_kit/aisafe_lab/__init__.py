"""What a grader may use. README.md in the folder above is the guide for authors."""

from .compare import CheckFailed, allclose, close, fail, same_shape, truthy
from .gradcheck import gradcheck
from .registry import check, fixture

__all__ = [
    "CheckFailed",
    "allclose",
    "check",
    "close",
    "fail",
    "fixture",
    "gradcheck",
    "same_shape",
    "truthy",
]
