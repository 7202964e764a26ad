"""The inverse of a large positive definite matrix in place, by LAPACK's Cholesky."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

STRIP = 2048  # rows that are mirrored at once, to bound memory


class NotPositive(ArithmeticError):
    """The matrix has no positive definite inverse: the ridge is too small for float32."""


def invert(matrix: NDArray[np.float32]) -> None:
    """Replace symmetric positive definite `matrix` (n × n, C order) by its inverse.

    Raises NotPositive. Cutting it into halves, for products alone, was a fifth slower.
    """
    size = len(matrix)
    if not size:
        return
    # To Fortran the same memory is the transpose, which is the same matrix: no copy is made.
    factor, trouble = lapack.spotrf(matrix.T, lower=1, overwrite_a=1)
    if not trouble:
        factor, trouble = lapack.spotri(factor, lower=1, overwrite_c=1)
    if trouble:
        raise NotPositive
    # Its lower triangle is our upper one.
    for start in range(0, size, STRIP):
        end = min(start + STRIP, size)
        matrix[end:, start:end] = matrix[start:end, end:].T
        square = matrix[start:end, start:end]
        square[:] = np.triu(square) + np.triu(square, 1).T
