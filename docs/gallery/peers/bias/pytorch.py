# SPDX-License-Identifier: BSL-1.0
# A bias of nine numbers for ten outputs.
import sys

import torch

FIXED = "FIXED" in sys.argv
z0, b, c = torch.ones(32, 10), torch.ones(10), torch.ones(9)
if FIXED:
    z = z0 + b
else:
    z = z0 + c
print(tuple(z.shape))
