# SPDX-License-Identifier: BSL-1.0
# PyTorch eager, one thread, the loop that its own guide recommends. Speaks the conversation of workload.hpp.
import json
import sys
import time

import torch
from torch import nn


class Network:
    def __init__(self, sizes, folder):
        self.sizes = sizes
        widths, batch = sizes["widths"], sizes["batch"]
        layers = []
        for i, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
            if i:
                layers.append({"tanh": nn.Tanh, "relu": nn.ReLU}[sizes["hidden"]]())
            layers.append(nn.Linear(fan_in, fan_out))
        self.net = nn.Sequential(*layers)
        count = sum(p.numel() for p in self.net.parameters())
        mse = sizes["loss"] == "mse"
        with open(f"{folder}/{sizes['name']}.f32", "rb") as file:
            values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
        inputs, targets, self.start = values.split(
            [batch * widths[0], batch * (widths[-1] if mse else 1), count])
        self.inputs = inputs.reshape(batch, widths[0]).clone()
        self.targets = targets.reshape(batch, widths[-1]).clone() if mse else targets.long()
        self.loss = nn.MSELoss() if mse else nn.CrossEntropyLoss()

    def restart(self, learning_rate):
        # Not vector_to_parameters: that makes the parameters views of one vector.
        at = 0
        with torch.no_grad():
            for p in self.net.parameters():
                p.copy_(self.start[at:at + p.numel()].view_as(p))
                at += p.numel()
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=learning_rate)

    def train(self, count):
        net, inputs, targets, loss, optimizer = self.net, self.inputs, self.targets, self.loss, self.optimizer
        for _ in range(count):
            optimizer.zero_grad(set_to_none=True)
            seen = loss(net(inputs), targets)
            seen.backward()
            optimizer.step()
        return seen.item()

    def parameters(self):
        return torch.cat([p.detach().reshape(-1) for p in self.net.parameters()])

    def timed(self, count):
        begin = time.process_time()
        self.train(count)
        return time.process_time() - begin

    def answer(self, verb, argument):
        if verb == "first":
            self.restart(2.0**20)
            seen = self.train(1)
            with open(argument, "wb") as file:
                file.write(((self.start - self.parameters()) / 2.0**20).numpy().tobytes())
            return seen
        if verb == "train":
            self.restart(self.sizes["learning_rate"])
            self.train(int(argument))
            return self.train(1)
        seconds, count = float(argument), 1
        self.restart(self.sizes["learning_rate"])
        block = self.timed(1)
        while block < seconds / 20:
            count *= 2
            block = self.timed(count)
        best = spent = block
        while spent < seconds:
            block = self.timed(count)
            spent += block
            best = min(best, block)
        return best * 1e6 / count


def main():
    folder = sys.argv[1]
    torch.set_num_threads(1)
    with open(f"{folder}/workloads.json") as file:
        sizes = {each["name"]: each for each in json.load(file)}
    made = {}
    print("PyTorch", torch.__version__, flush=True)
    for line in sys.stdin:
        verb, name, argument = line.split()
        if name not in made:
            made[name] = Network(sizes[name], folder)
        print(repr(made[name].answer(verb, argument)), flush=True)


main()
