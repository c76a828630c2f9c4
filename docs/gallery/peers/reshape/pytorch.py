# SPDX-License-Identifier: BSL-1.0
# 64 numbers of a sample as 6 x 10.
import sys

import torch

FIXED = "FIXED" in sys.argv
x = torch.ones(32, 64)
if FIXED:
    z = x.reshape(32, 8, 8)
else:
    z = x.reshape(32, 6, 10)
print(tuple(z.shape))
