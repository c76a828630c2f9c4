# SPDX-License-Identifier: BSL-1.0
# A sum along dimension 2 of a matrix, which has 0 and 1.
import sys

import torch

FIXED = "FIXED" in sys.argv
x = torch.ones(32, 64)
if FIXED:
    z = x.sum(1)
else:
    z = x.sum(2)
print(tuple(z.shape))
