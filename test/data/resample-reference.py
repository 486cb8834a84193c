"""Writes golden/resample-reference.json: what scipy.signal.resample_poly and numpy.interp make of two short signals.

Run by hand with numpy and scipy: python3 test/data/resample-reference.py
"""

import json
import os

import numpy as np
import scipy
from scipy.signal import resample_poly

n = np.arange(160)
even = 9.81 + np.sin(0.37 * n) + 0.5 * np.cos(2.9 * n) + 0.01 * n
# A clock near 104 Hz that ticks in milliseconds and sometimes repeats a tick.
steps = np.array([10, 9, 10, 0, 19, 10, 9, 10, 10, 9])
times = np.concatenate([[0], np.cumsum(np.tile(steps, 20))]) / 1000
uneven = np.sin(40 * times) + 0.1 * np.arange(len(times)) % 0.7
grid50 = np.arange(int(times[-1] * 50 + 1e-6) + 1) / 50
grid150 = np.arange(int(times[-1] * 150 + 1e-6) + 1) / 150

reference = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "even": {
        "rateHz": 64,
        "values": even.tolist(),
        "to": {
            str(rate): resample_poly(even, rate // np.gcd(rate, 64), 64 // np.gcd(rate, 64), padtype="edge").tolist()
            for rate in (20, 25, 128)
        },
    },
    "uneven": {
        "timesS": times.tolist(),
        "values": uneven.tolist(),
        "linear50": np.interp(grid50, times, uneven).tolist(),
        "filtered50": resample_poly(np.interp(grid150, times, uneven), 1, 3, padtype="edge").tolist(),
    },
}
path = os.path.join(os.path.dirname(__file__), "golden", "resample-reference.json")
with open(path, "w") as file:
    json.dump(reference, file)
    file.write("\n")
