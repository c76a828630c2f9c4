# SPDX-License-Identifier: BSL-1.0
# The gradient of a loss for each sample, not of one number.
import sys

import torch
from torch.nn import functional as F

FIXED = "FIXED" in sys.argv
x, y = torch.ones(32, 64), torch.zeros(32, dtype=torch.long)
W = torch.ones(64, 10, requires_grad=True)
losses = F.cross_entropy(x @ W, y, reduction="none")
if FIXED:
    losses.mean().backward()
else:
    losses.backward()
print(tuple(W.grad.shape))
