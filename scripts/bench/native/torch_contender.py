"""PyTorch as its tutorials write it: a module, cross-entropy, `torch.optim.SGD`, eager, one thread; batches gathered by index."""

import numpy as np
import torch
from torch import nn

from serve import Contender, digits, serve


class Torch(Contender):
    def prepare(self, ask):
        workload = ask["workload"]
        self.batch = workload["batch"]
        units, filters = workload["units"], workload.get("filters")
        torch.set_num_threads(1)
        torch.manual_seed(1)
        points = workload["data"] == "points"
        if points:
            self.x = torch.tensor(ask["data"]["inputs"], dtype=torch.float32).reshape(-1, 2)
            self.t = torch.tensor(ask["data"]["targets"], dtype=torch.float32).reshape(-1, 1)
        else:
            pixels, labels = digits(ask, np.float32)
            self.x, self.t = torch.from_numpy(pixels), torch.from_numpy(labels)
        layers = []
        if filters:
            self.x = self.x.reshape(-1, 1, 28, 28)
            layers += [nn.Conv2d(1, filters, workload["kernel"]), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
        activation = nn.Tanh if workload["activation"] == "tanh" else nn.ReLU
        for i, (inputs, count) in enumerate(zip(units, units[1:])):
            layers += ([activation()] if i else []) + [nn.Linear(inputs, count)]
        for layer in layers:
            if hasattr(layer, "weight"):
                inputs = layer.weight[0].numel()
                nn.init.normal_(layer.weight, std=((1 if points else 2) / inputs) ** 0.5)
                nn.init.zeros_(layer.bias)
        self.network = nn.Sequential(*layers)
        self.criterion = nn.MSELoss() if points else nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=workload["rate"])
        return f"PyTorch {torch.__version__}"

    def step(self):
        batch = torch.randint(len(self.t), (self.batch,))
        self.optimizer.zero_grad()
        self.criterion(self.network(self.x[batch]), self.t[batch]).backward()
        self.optimizer.step()

    def loss(self):
        with torch.no_grad():
            return float(self.criterion(self.network(self.x[:1000]), self.t[:1000]))


serve(Torch())
