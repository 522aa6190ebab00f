#!/usr/bin/env python3
"""The published updates in NumPy: makes optimisers_reference.hpp, against which optimisers.cpp compares each step.

    optimisers_reference.py > optimisers_reference.hpp
    optimisers_reference.py --torch      compares the same steps and rates with PyTorch's, where it is installed

Twenty weights, a matrix of 4 x 4 and a bias of 4, move for 100 steps by gradients that depend on them and on the step.
Of each step the table holds one number, a weighted sum of all weights.
"""
import math
import sys

import numpy as np

STEPS, N, MATRIX = 100, 20, 16
INDEX = np.arange(N)
IS_MATRIX = INDEX < MATRIX
SLOPE = 0.5 + INDEX / 16
SUM = 1 + (INDEX * 7 % 20) / 16
START = (INDEX * 5 % 9 - 4) / 8


def gradient(w, t):
    """Of a bowl that shakes; t from 0."""
    return SLOPE * w + ((t * 7 + INDEX * 13) % 11 - 5) / 4


def sgd(lr, momentum=0, nesterov=False):
    v = np.zeros(N)

    def step(w, g, t):
        nonlocal v
        v = momentum * v + g
        return w - lr * (g + momentum * v if nesterov else v)
    return step


def rmsprop(lr=1e-2, alpha=0.99, eps=1e-8, momentum=0):
    s, v = np.zeros(N), np.zeros(N)

    def step(w, g, t):
        nonlocal s, v
        s = alpha * s + (1 - alpha) * g * g
        v = momentum * v + g / (np.sqrt(s) + eps)
        return w - lr * v
    return step


def adagrad(lr=1e-2, rate_decay=0, initial_sum=0, eps=1e-10):
    s = np.full(N, float(initial_sum))

    def step(w, g, t):
        nonlocal s
        s = s + g * g
        return w - lr / (1 + (t - 1) * rate_decay) * g / (np.sqrt(s) + eps)
    return step


def adam(lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, decay=0):
    m, v = np.zeros(N), np.zeros(N)

    def step(w, g, t):
        nonlocal m, v
        w = np.where(IS_MATRIX, w * (1 - lr * decay), w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return step


def treated(step, l2=0, l1=0, decay=0, lr=0, clip_value=0, clip_norm=0):
    """Clipping, then penalties, in matrices only; decoupled decay."""
    def all_of_it(w, g, t):
        if clip_value:
            g = np.clip(g, -clip_value, clip_value)
        if clip_norm:
            g = g * min(1.0, clip_norm / np.linalg.norm(g))
        g = np.where(IS_MATRIX, g + l2 * w + l1 * np.sign(w), g)
        return step(np.where(IS_MATRIX, w * (1 - lr * decay), w), g, t)
    return all_of_it


# name: (NumPy's step, PyTorch's optimiser or None, what is done to the gradient there)
def runs():
    return {
        "sgd": (sgd(0.05), ("SGD", dict(lr=0.05)), {}),
        "momentum": (sgd(0.02, 0.9), ("SGD", dict(lr=0.02, momentum=0.9)), {}),
        "nesterov": (sgd(0.02, 0.9, True), ("SGD", dict(lr=0.02, momentum=0.9, nesterov=True)), {}),
        "rmsprop": (rmsprop(), ("RMSprop", {}), {}),
        "rmsprop_momentum": (rmsprop(momentum=0.5), ("RMSprop", dict(momentum=0.5)), {}),
        "adagrad": (adagrad(), ("Adagrad", {}), {}),
        "adagrad_decay": (adagrad(0.05, 0.02, 0.3), ("Adagrad", dict(lr=0.05, lr_decay=0.02, initial_accumulator_value=0.3)), {}),
        "adam": (adam(), ("Adam", {}), {}),
        "adam_betas": (adam(0.02, 0.8, 0.95, 1e-4), ("Adam", dict(lr=0.02, betas=(0.8, 0.95), eps=1e-4)), {}),
        "adamw": (adam(0.01, decay=0.3), ("AdamW", dict(lr=0.01, weight_decay=0.3)), {}),
        "sgd_l2": (treated(sgd(0.05), l2=0.2), ("SGD", dict(lr=0.05, weight_decay=0.2)), {}),
        "adam_l2": (treated(adam(0.01), l2=0.2), ("Adam", dict(lr=0.01, weight_decay=0.2)), {}),
        "sgd_l1": (treated(sgd(0.05, 0.5), l1=0.1), ("SGD", dict(lr=0.05, momentum=0.5)), dict(l1=0.1)),
        "sgd_decay": (treated(sgd(0.05, 0.5), decay=0.4, lr=0.05), None, {}),
        "clip_value": (treated(adam(0.01), clip_value=0.4), ("Adam", dict(lr=0.01)), dict(clip_value=0.4)),
        "clip_norm": (treated(sgd(0.05, 0.9), clip_norm=2), ("SGD", dict(lr=0.05, momentum=0.9)), dict(clip_norm=2)),
        "clip_both": (treated(sgd(0.05), clip_value=0.6, clip_norm=1.5, l2=0.1),
                      ("SGD", dict(lr=0.05, weight_decay=0.1)), dict(clip_value=0.6, clip_norm=1.5)),
    }


def follow(step):
    w, seen = START.copy(), []
    for t in range(STEPS):
        w = step(w, gradient(w, t), t + 1)
        seen.append(float(SUM @ w))
    return seen


# Learning rates: 100 steps, five in an epoch.
EPOCH = 5
LOSSES = [2.0 / (1 + min(e, 6)) + 0.01 * (e * 5 % 3) for e in range(STEPS // EPOCH)]


def step_decay(s):
    return 0.1 * 0.5 ** ((s // EPOCH) // 4)


def cosine(s, length=STEPS, high=0.1, low=0.01):
    return low + (high - low) * (1 + math.cos(math.pi * s / length)) / 2


def warm_up(s, steps=12):
    return 0.1 * (s + 1) / steps if s < steps else cosine(s - steps, STEPS - steps, 0.1, 0)


def on_plateau(s, factor=0.5, patience=2, threshold=1e-2, cooldown=1, least=0.01):
    rate, best, bad, cooling = 0.1, math.inf, 0, 0
    for loss in LOSSES[: s // EPOCH]:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if cooling > 0:
            cooling, bad = cooling - 1, 0
        if bad > patience:
            lower = max(rate * factor, least)
            if rate - lower > 1e-8:
                rate = lower
            cooling, bad = cooldown, 0
    return rate


RATES = {"step_decay": step_decay, "cosine": cosine, "warm_up": warm_up, "on_plateau": on_plateau}


def table(name, numbers):
    rows = [", ".join(repr(x) for x in numbers[i:i + 5]) for i in range(0, len(numbers), 5)]
    return f"inline constexpr double {name}[] = {{\n    " + ",\n    ".join(rows) + "};\n"


def compare_with_torch():
    import torch
    worst = 0.0
    for name, (step, theirs, treat) in runs().items():
        if theirs is None:
            continue
        matrix = torch.tensor(START[:MATRIX], dtype=torch.float64, requires_grad=True)
        bias = torch.tensor(START[MATRIX:], dtype=torch.float64, requires_grad=True)
        kind, options = theirs
        kept = dict(options, weight_decay=0) if "weight_decay" in options else options
        made = getattr(torch.optim, kind)([dict(params=[matrix]), dict(params=[bias], **kept)], **options)
        for t, expected in enumerate(follow(step)):
            w = np.concatenate([matrix.detach().numpy(), bias.detach().numpy()])
            g = gradient(w, t)
            matrix.grad, bias.grad = torch.tensor(g[:MATRIX]), torch.tensor(g[MATRIX:])
            if treat.get("clip_value"):
                torch.nn.utils.clip_grad_value_([matrix, bias], treat["clip_value"])
            if treat.get("clip_norm"):
                torch.nn.utils.clip_grad_norm_([matrix, bias], treat["clip_norm"])
            if treat.get("l1"):
                matrix.grad += treat["l1"] * torch.sign(matrix.detach())
            made.step()
            w = np.concatenate([matrix.detach().numpy(), bias.detach().numpy()])
            # PyTorch divides by the norm + 1e-6 when it clips.
            bound = 1e-5 if treat.get("clip_norm") else 1e-12
            difference = abs(float(SUM @ w) - expected) / max(1, abs(expected))
            worst = max(worst, difference if bound == 1e-12 else 0)
            if difference > bound:
                sys.exit(f"{name}, step {t}: PyTorch has {float(SUM @ w)!r}, NumPy {expected!r}")
        print(f"{name}: 100 steps as PyTorch's")
    for name, rate in RATES.items():
        if name == "warm_up":
            continue  # what PyTorch has starts elsewhere
        weight = torch.zeros(1, requires_grad=True)
        made = torch.optim.SGD([weight], lr=0.1)
        lr = torch.optim.lr_scheduler
        how = {"step_decay": lambda: lr.StepLR(made, 4, 0.5), "cosine": lambda: lr.CosineAnnealingLR(made, STEPS, 0.01),
               "on_plateau": lambda: lr.ReduceLROnPlateau(made, factor=0.5, patience=2, threshold=1e-2, cooldown=1, min_lr=0.01)}[name]()
        for s in range(STEPS):
            found = made.param_groups[0]["lr"]
            if abs(found - rate(s)) > 1e-12:
                sys.exit(f"{name}, step {s}: PyTorch has {found!r}, NumPy {rate(s)!r}")
            made.step()
            if name == "cosine":
                how.step()
            elif s % EPOCH == EPOCH - 1:
                how.step(*([LOSSES[s // EPOCH]] if name == "on_plateau" else []))
        print(f"{name}: 100 rates as PyTorch's")
    print(f"PyTorch {torch.__version__}, largest relative difference {worst:.1e}")


def main():
    if "--torch" in sys.argv:
        return compare_with_torch()
    print("// SPDX-License-Identifier: BSL-1.0\n#pragma once\n\n// Made by optimisers_reference.py, which says what the numbers are.\n")
    print("namespace reference {\n")
    for name, (step, _, _) in runs().items():
        print(table(name, follow(step)))
    print(table("losses", LOSSES))
    for name, rate in RATES.items():
        print(table(name, [rate(s) for s in range(STEPS)]))
    print("}  // namespace reference")


if __name__ == "__main__":
    main()
