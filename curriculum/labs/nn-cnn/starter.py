"""A convolutional network from scratch. README.md beside this file explains each step; write the functions in this order.

Shapes: N images, C channels, H rows, W columns, O filters of k rows and k columns. Everything is float64. None of the functions
may change its inputs. Do not loop over images, filters or positions in Python: one check trains with your functions. A loop
over the k * k places inside a window is fine.
"""

import numpy as np


def im2col(x, k, stride=1, pad=0):
    """All windows of k x k pixels, each written out as one row of numbers.

    x: (N, C, H, W). pad: this many rows and columns of zeros are added on all four sides first. stride: the step from one
    window to the next, down and across. Only windows that fit entirely count, so
        Ho = (H + 2 * pad - k) // stride + 1        and Wo likewise.
    Returns (N, Ho, Wo, C * k * k). The last axis runs over channels, within these over the rows of the window, within these
    over its columns: entry (c * k + i) * k + j is pixel (i, j) of channel c.
    """
    raise NotImplementedError("im2col")


def conv2d(x, w, b, stride=1, pad=0):
    """What deep learning calls a convolution: each filter is laid on each window as it is, without turning it round.

    x: (N, C, H, W). w: (O, C, k, k). b: (O,), added to all outputs of a filter. stride and pad as in im2col.
    Returns (N, O, Ho, Wo): y[n, o, r, s] = b[o] + sum over c, i, j of w[o, c, i, j] * padded x[n, c, r*stride + i, s*stride + j].
    """
    raise NotImplementedError("conv2d")


def conv2d_backward(d_y, x, w, stride=1, pad=0):
    """The gradients of a loss through conv2d.

    d_y: (N, O, Ho, Wo), the gradient with respect to its output. x, w, stride, pad as there.
    Returns (d_x, d_w, d_b), of the shapes of x, w and b.
    """
    raise NotImplementedError("conv2d_backward")


def maxpool2d(x, k):
    """The largest value of each k x k block; the blocks do not overlap.

    x: (N, C, H, W) with H and W divisible by k. Returns (N, C, H / k, W / k).
    """
    raise NotImplementedError("maxpool2d")


def maxpool2d_backward(d_y, x, k):
    """The gradient through maxpool2d: all of it goes to the entry that was the largest.

    d_y: (N, C, H / k, W / k). x, k as there. If several entries of a block are equally large, the first of them gets it, in
    the order of reading: row by row from the top, each from the left. Returns an array of the shape of x.
    """
    raise NotImplementedError("maxpool2d_backward")


def cnn_logits(params, x):
    """A small network: convolution, ReLU, the maximum over all positions, a linear layer.

    params: {"w1": (O, C, k, k) with odd k, "b1": (O,), "w2": (O, K), "b2": (K,)}. x: (N, C, H, H).
    The convolution has stride 1 and pad (k - 1) // 2, so that its output is H x H again. maxpool2d with a block of H x H leaves
    one number for each filter. These O numbers times w2, plus b2, are the logits. Returns (N, K).
    """
    raise NotImplementedError("cnn_logits")
