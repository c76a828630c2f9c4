# SPDX-License-Identifier: BSL-1.0
# The gradient by a parameter that the loss does not contain.
import sys

import torch
from torch.nn import functional as F

FIXED = "FIXED" in sys.argv
x, y = torch.ones(32, 64), torch.zeros(32, dtype=torch.long)
W = torch.ones(64, 10, requires_grad=True)
V = torch.ones(64, 10, requires_grad=True)
F.cross_entropy(x @ W, y).backward()
if FIXED:
    dW = W.grad
else:
    dW = V.grad
print("None" if dW is None else tuple(dW.shape))
