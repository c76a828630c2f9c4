# SPDX-License-Identifier: BSL-1.0
# The layer in the middle of three is the wrong one.
import sys

import torch
from torch import nn

FIXED = "FIXED" in sys.argv
x = torch.ones(32, 64)
if FIXED:
    net = nn.Sequential(nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 10))
else:
    net = nn.Sequential(nn.Linear(64, 32), nn.Linear(30, 16), nn.Linear(16, 10))
print(tuple(net(x).shape))
