# SPDX-License-Identifier: BSL-1.0
# A product of matrices whose inner sizes differ.
import sys

import torch

FIXED = "FIXED" in sys.argv
x, W, V = torch.ones(32, 128), torch.ones(128, 10), torch.ones(100, 10)
if FIXED:
    z = x @ W
else:
    z = x @ V
print(tuple(z.shape))
