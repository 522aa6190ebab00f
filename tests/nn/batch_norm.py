#!/usr/bin/env python3
"""Writes batch_norm_reference.hpp: a small network with two batch norms, as PyTorch trains it.

    python3 batch_norm.py          needs PyTorch
"""
import pathlib

import torch
from torch import nn

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)


class residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Tanh(),
                    residual(nn.Linear(4, 4, bias=False), nn.BatchNorm1d(4, momentum=0.3), nn.SiLU()), nn.Linear(4, 2))
x = torch.randn(10, 3) * torch.tensor([1.0, 5.0, 0.1]) + torch.tensor([0.0, 100.0, -3.0])
t = torch.randn(10, 2)
lines = ["// Written by batch_norm.py.", "#pragma once", "", "namespace batch_norm_reference {"]


def row(name, tensor):
    numbers = ", ".join(repr(float(v)) for v in tensor.detach().flatten())
    lines.append(f"inline constexpr double {name}[] = {{{numbers}}};")


def state():
    return torch.cat([v.flatten() for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")])


lines.append("// " + ", ".join(k for k in net.state_dict() if not k.endswith("num_batches_tracked")))
row("x", x)
row("t", t)
row("before", state())
optimiser = torch.optim.SGD(net.parameters(), lr=0.05)
losses = []
for epoch in range(4):
    for first in (0, 6):  # the last batch is smaller
        optimiser.zero_grad()
        part = slice(first, first + 6)
        loss = torch.mean(torch.sum((net(x[part]) - t[part]) ** 2, dim=1))
        loss.backward()
        if epoch == 0 and first == 0:
            row("first_gradient", torch.cat([p.grad.flatten() for p in net.parameters()]))
        optimiser.step()
        losses.append(loss)
row("losses", torch.stack(losses))
row("after", state())
net.eval()
row("outputs", net(x))
lines += ["}  // namespace batch_norm_reference", ""]
pathlib.Path(__file__).with_name("batch_norm_reference.hpp").write_text("\n".join(lines))
