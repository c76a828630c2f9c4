# SPDX-License-Identifier: BSL-1.0
# 16 pixels are multiplied by the weights of 16 hidden units: the sizes are equal, the dimensions are not.
import sys

import torch

FIXED = "FIXED" in sys.argv
x, of_pixels, of_hidden = torch.ones(32, 16), torch.ones(16, 10), torch.ones(16, 10)
if FIXED:
    z = x @ of_pixels
else:
    z = x @ of_hidden
print(tuple(z.shape))
