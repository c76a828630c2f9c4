# SPDX-License-Identifier: BSL-1.0
# A column of predictions against a vector of targets.
import sys

import torch
from torch.nn import functional as F

FIXED = "FIXED" in sys.argv
z, v, u = torch.ones(442, 1), torch.ones(442, 1), torch.ones(442)
z[0, 0] = 3
if FIXED:
    loss = F.mse_loss(z, v)
else:
    loss = F.mse_loss(z, u)
print(loss.item())
