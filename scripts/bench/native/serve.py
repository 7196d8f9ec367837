"""What every native contender does: it is started once, and answers one line of JSON for each line of JSON that asks (see ../host.mjs)."""

import json
import sys
import time

import numpy as np


class Contender:
    """Has `prepare(ask)`, `step()` and `loss()` of its own."""

    def learn(self, ask):
        before = self.loss()
        for _ in range(ask["steps"]):
            self.step()
        return {"before": before, "after": self.loss()}

    def run(self, ask):
        start = time.perf_counter()
        count = 0
        while True:
            self.step()
            count += 1
            seconds = time.perf_counter() - start
            if seconds * 1000 >= ask["milliseconds"]:
                return {"count": count, "seconds": seconds}


def digits(ask, dtype):
    """Pixels as fractions, shape [count, 784], and labels, shape [count]."""
    images = np.fromfile(ask["images"], np.uint8)[: ask["count"] * 784]
    labels = np.fromfile(ask["labels"], np.uint8)[: ask["count"]].astype(int)
    return (images.astype(dtype) / dtype(255)).reshape(-1, 784), labels


def serve(contender):
    for line in sys.stdin:
        ask = json.loads(line)
        try:
            answer = {"id": ask["id"], "result": getattr(contender, ask["kind"])(ask)}
        except Exception as error:  # the bench prints it
            answer = {"id": ask["id"], "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
