#!/usr/bin/env python3
"""Writes tables.hpp: activations, norms and losses as NumPy computes them, and their derivatives as PyTorch does.

    /usr/bin/python3 tables.py [--check]      --check compares with the file and, where it is there, with PyTorch
"""
import math
import pathlib
import sys

import numpy as np

X = np.array([-6.5, -2.0, -0.75, -1e-3, 0.1, 1e-3, 0.5, 1.25, 3.0, 7.5])
Y = np.array([0.3, -1.2, 2.5, 0.05, 0.8])
T = np.array([0.1, 0.4, 0.0, 0.25, 0.25])
SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0])
K = 2

erf = np.vectorize(math.erf)
sigmoid = lambda x: 1 / (1 + np.exp(-x))
softplus = lambda x: np.logaddexp(0, x)
log_softmax = lambda z: z - np.log(np.sum(np.exp(z)))


def xlogx(p):
    return np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0)


def huber(e, delta):
    e = np.abs(e)
    return np.sum(np.where(e <= delta, e * e / 2, delta * (e - delta / 2)))


ONE = np.eye(len(Y))[K]
ENTRIES = {
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "elu_half": lambda x: np.where(x > 0, x, 0.5 * np.expm1(np.minimum(x, 0))),
    "gelu": lambda x: x * (1 + erf(x / math.sqrt(2))) / 2,
    "gelu_tanh": lambda x: x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "silu": lambda x: x * sigmoid(x),
    "mish": lambda x: x * np.tanh(softplus(x)),
    "layer_norm": lambda x: (x - x.mean()) / np.sqrt(x.var() + 1e-5),
    "rms_norm": lambda x: x / np.sqrt(np.mean(x * x) + 1e-5),
}
LOSSES = {
    "squared_error": lambda y: np.sum((y - T) ** 2),
    "mean_squared_error": lambda y: np.mean((y - T) ** 2),
    "absolute_error": lambda y: np.sum(np.abs(y - T)),
    "mean_absolute_error": lambda y: np.mean(np.abs(y - T)),
    "huber": lambda y: huber(y - T, 1),
    "huber_half": lambda y: huber(y - T, 0.5),
    "hinge": lambda y: np.sum(np.maximum(0, 1 - SIGNS * y)),
    "hinge_class": lambda y: np.sum(np.delete(np.maximum(0, 1 + y - y[K]), K)),
    "cross_entropy": lambda y: -np.sum(T * log_softmax(y)),
    "cross_entropy_class": lambda y: -log_softmax(y)[K],
    "cross_entropy_smooth": lambda y: -np.sum((0.9 * T + 0.1 / len(T)) * log_softmax(y)),
    "cross_entropy_class_smooth": lambda y: -np.sum((0.9 * ONE + 0.1 / len(T)) * log_softmax(y)),
    "binary_cross_entropy": lambda y: -np.sum(T * np.log(sigmoid(y)) + (1 - T) * np.log(1 - sigmoid(y))),
    "negative_log_likelihood": lambda y: -np.sum(T * y),
    "negative_log_likelihood_class": lambda y: -y[K],
    "kl_divergence": lambda y: np.sum(xlogx(T) - T * y),
}


def slope(f, x, i):
    """∂f/∂xᵢ of a scalar f by central differences, two steps extrapolated: good to about 1e-10."""
    def difference(h):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        return (f(up) - f(down)) / (up[i] - down[i])
    return (4 * difference(2e-4) - difference(4e-4)) / 3


def weights(n):
    return np.cos(np.arange(n))  # a derivative of each entry counts differently


def computed():
    for name, f in ENTRIES.items():
        w = weights(len(X))
        yield name, f(X), [slope(lambda x: np.sum(w * f(x)), X, i) for i in range(len(X))]
    for name, f in LOSSES.items():
        yield name, [f(Y)], [slope(f, Y, i) for i in range(len(Y))]


def text():
    row = lambda name, values: f"inline constexpr double {name}[] = {{{', '.join(repr(float(v)) for v in values)}}};"
    lines = ["// Written by tables.py: values as NumPy computes them, derivatives by differences.", "#pragma once", "",
             "namespace table {", row("x", X), row("y", Y), row("t", T), row("signs", SIGNS),
             f"inline constexpr double k = {K};", row("weights", weights(len(X)))]
    for name, value, derivative in computed():
        lines += [row(name, value), row(name + "_derivative", derivative)]
    return "\n".join(lines + ["}  // namespace table", ""])


def compare_with_torch():
    try:
        import torch
        import torch.nn.functional as F
    except ImportError:
        return print("PyTorch is not there")
    t, k, signs = torch.tensor(T), torch.tensor(K), torch.tensor(SIGNS)
    entries = {"elu": F.elu, "elu_half": lambda x: F.elu(x, 0.5), "gelu": F.gelu,
               "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu, "mish": F.mish,
               "layer_norm": lambda x: F.layer_norm(x, x.shape)}
    losses = {"squared_error": lambda y: F.mse_loss(y, t, reduction="sum"), "mean_squared_error": lambda y: F.mse_loss(y, t),
              "absolute_error": lambda y: F.l1_loss(y, t, reduction="sum"), "mean_absolute_error": lambda y: F.l1_loss(y, t),
              "huber": lambda y: F.huber_loss(y, t, reduction="sum"),
              "huber_half": lambda y: F.huber_loss(y, t, reduction="sum", delta=0.5),
              "hinge_class": lambda y: F.multi_margin_loss(y[None], k[None]) * len(Y),
              "cross_entropy": lambda y: F.cross_entropy(y, t), "cross_entropy_class": lambda y: F.cross_entropy(y, k),
              "cross_entropy_smooth": lambda y: F.cross_entropy(y, t, label_smoothing=0.1),
              "cross_entropy_class_smooth": lambda y: F.cross_entropy(y, k, label_smoothing=0.1),
              "binary_cross_entropy": lambda y: F.binary_cross_entropy_with_logits(y, t, reduction="sum"),
              "negative_log_likelihood_class": lambda y: F.nll_loss(y[None], k[None]),
              "kl_divergence": lambda y: F.kl_div(y, t, reduction="sum")}
    worst = 0
    for name, value, derivative in computed():
        f = entries.get(name) or losses.get(name)
        if f is None:
            continue
        at = torch.tensor(X if name in entries else Y, requires_grad=True)
        out = f(at)
        (torch.sum(torch.tensor(weights(len(X))) * out) if name in entries else out).backward()
        difference = max(np.max(np.abs(out.detach().numpy() - value)),
                         np.max(np.abs(at.grad.numpy() - derivative)))
        assert difference < 1e-8, (name, difference)
        worst = max(worst, difference)
    print(f"as PyTorch {torch.__version__}: largest difference {worst:.1e}")


if __name__ == "__main__":
    file = pathlib.Path(__file__).with_name("tables.hpp")
    if "--check" in sys.argv:
        assert file.read_text() == text()
        compare_with_torch()
    else:
        file.write_text(text())
