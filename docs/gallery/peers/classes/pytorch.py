# SPDX-License-Identifier: BSL-1.0
# Probabilities of nine classes for the scores of ten.
import sys

import torch
from torch.nn import functional as F

FIXED = "FIXED" in sys.argv
z, q, p = torch.ones(32, 10), torch.ones(32, 10) / 10, torch.ones(32, 9) / 9
if FIXED:
    loss = F.cross_entropy(z, q)
else:
    loss = F.cross_entropy(z, p)
print(loss.item())
