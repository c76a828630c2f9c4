# SPDX-License-Identifier: BSL-1.0
# Probabilities where logits are meant: cross entropy takes the softmax itself.
import sys

import torch
from torch.nn import functional as F

FIXED = "FIXED" in sys.argv
z = torch.ones(4, 3)
z[0, 0] = 9
y = torch.zeros(4, dtype=torch.long)
if FIXED:
    loss = F.cross_entropy(z, y)
else:
    loss = F.cross_entropy(F.softmax(z, 1), y)
print(loss.item())
