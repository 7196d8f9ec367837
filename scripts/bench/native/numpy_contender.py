"""The book's networks in NumPy, as a reader of the book would write them: a class a layer, `forward` and `backward`.

One thread, mini-batches drawn by `np.random.choice` as in the book's train_neuralnet.py, gathering included.
"""

import sys

import numpy as np

from serve import Contender, digits, serve


class Affine:
    def __init__(self, inputs, units, spread):
        self.W = (spread * np.random.randn(inputs, units)).astype(dtype)
        self.b = np.zeros(units, dtype)

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx.reshape(self.shape)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


def im2col(images, height, width, stride=1):
    n, channels, h, w = images.shape
    out_h, out_w = (h - height) // stride + 1, (w - width) // stride + 1
    col = np.zeros((n, channels, height, width, out_h, out_w), dtype)
    for y in range(height):
        for x in range(width):
            col[:, :, y, x] = images[:, :, y : y + stride * out_h : stride, x : x + stride * out_w : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(n * out_h * out_w, -1)


def col2im(col, shape, height, width, stride=1):
    n, channels, h, w = shape
    out_h, out_w = (h - height) // stride + 1, (w - width) // stride + 1
    col = col.reshape(n, out_h, out_w, channels, height, width).transpose(0, 3, 4, 5, 1, 2)
    images = np.zeros(shape, dtype)
    for y in range(height):
        for x in range(width):
            images[:, :, y : y + stride * out_h : stride, x : x + stride * out_w : stride] += col[:, :, y, x]
    return images


class Convolution:
    def __init__(self, filters, channels, size, spread):
        self.W = (spread * np.random.randn(filters, channels, size, size)).astype(dtype)
        self.b = np.zeros(filters, dtype)

    def forward(self, x):
        filters, _, size, _ = self.W.shape
        n, _, h, w = x.shape
        self.x = x
        self.col = im2col(x, size, size)
        self.col_W = self.W.reshape(filters, -1).T
        out = np.dot(self.col, self.col_W) + self.b
        return out.reshape(n, h - size + 1, w - size + 1, filters).transpose(0, 3, 1, 2)

    def backward(self, dout):
        filters, channels, size, _ = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, filters)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(self.col.T, dout).T.reshape(filters, channels, size, size)
        return col2im(np.dot(dout, self.col_W.T), self.x.shape, size, size)


class Pooling:
    def __init__(self, size):
        self.size = size

    def forward(self, x):
        n, channels, h, w = x.shape
        size = self.size
        col = im2col(x, size, size, size).reshape(-1, size * size)
        self.arg_max = np.argmax(col, axis=1)
        self.shape = x.shape
        out = np.max(col, axis=1)
        return out.reshape(n, h // size, w // size, channels).transpose(0, 3, 1, 2)

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1)
        size = self.size
        dmax = np.zeros((dout.size, size * size), dtype)
        dmax[np.arange(self.arg_max.size), self.arg_max.flatten()] = dout.flatten()
        dmax = dmax.reshape(dout.shape + (size * size,))
        col = dmax.reshape(dmax.shape[0] * dmax.shape[1] * dmax.shape[2], -1)
        return col2im(col, self.shape, size, size, size)


class SoftmaxWithLoss:
    def forward(self, x, t):
        x = x - x.max(axis=1, keepdims=True)
        e = np.exp(x)
        self.y = e / e.sum(axis=1, keepdims=True)
        self.t = t
        return -np.log(self.y[np.arange(len(t)), t] + 1e-7).mean()

    def backward(self):
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dx / dtype(len(self.t))


def blas():
    """The library behind np.dot, by the files that are mapped into this process."""
    try:
        with open("/proc/self/maps") as maps:
            names = {line.split("/")[-1].strip() for line in maps if "blas" in line.lower()}
    except OSError:
        return "a BLAS not known"
    openblas = sorted(name for name in names if "openblas" in name.lower())
    return ", ".join(openblas or sorted(names)) or "no BLAS"


class Numpy(Contender):
    def prepare(self, ask):
        workload = ask["workload"]
        self.batch, self.rate = workload["batch"], workload["rate"]
        units, filters = workload["units"], workload.get("filters")
        self.x, self.t = digits(ask, dtype)
        if filters:
            self.x = self.x.reshape(-1, 1, 28, 28)
        np.random.seed(1)
        self.layers = []
        if filters:
            size = workload["kernel"]
            self.layers += [Convolution(filters, 1, size, np.sqrt(2 / size**2)), Relu(), Pooling(2)]
        for i, (inputs, count) in enumerate(zip(units, units[1:])):
            self.layers += ([Relu()] if i else []) + [Affine(inputs, count, np.sqrt(2 / inputs))]
        self.last = SoftmaxWithLoss()
        return f"NumPy {np.__version__}, {blas()}"

    def forward(self, x, t):
        for layer in self.layers:
            x = layer.forward(x)
        return self.last.forward(x, t)

    def step(self):
        batch = np.random.choice(len(self.t), self.batch)
        self.forward(self.x[batch], self.t[batch])
        dout = self.last.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        for layer in self.layers:
            if hasattr(layer, "W"):
                layer.W -= dtype(self.rate) * layer.dW
                layer.b -= dtype(self.rate) * layer.db

    def loss(self):
        some = min(len(self.t), 1000)
        return float(self.forward(self.x[:some], self.t[:some]))


dtype = np.dtype(sys.argv[1]).type
serve(Numpy())
