#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Saves PyTorch's weights of small networks, as a user of PyTorch would, and what the networks compute with them.

    /usr/bin/python3 tools/reference_weights.py            # rewrites the files in tests/train/torch
    /usr/bin/python3 tools/reference_weights.py --check    # 1 if the arrays in them are not what would be written

Needs PyTorch (Debian: python3-torch) and NumPy. The files are
    perceptron.npz            numpy.savez of the state_dict, float32
    perceptron_packed.npz     numpy.savez_compressed of the same
    perceptron.safetensors    the same in the safetensors format
    perceptron_double.npz, perceptron_double.safetensors     the network in float64
    perceptron_values.npz     inputs x, outputs z, and outputs z_double of the network in float64
Debian has no package of safetensors, so the format is written here, by its description at
https://huggingface.co/docs/safetensors.
"""
import argparse
import collections
import json
import pathlib
import struct
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "train" / "torch"
DTYPES = {"float32": "F32", "float64": "F64"}


def save_safetensors(path, arrays):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, a in sorted(arrays.items()):
        header[name] = {"dtype": DTYPES[str(a.dtype)], "shape": list(a.shape),
                        "data_offsets": [len(data), len(data) + a.nbytes]}
        data += a.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def load_safetensors(path, numpy):
    data = path.read_bytes()
    length, = struct.unpack("<Q", data[:8])
    header, data = json.loads(data[8:8 + length]), data[8 + length:]
    types = {word: name for name, word in DTYPES.items()}
    return {name: numpy.frombuffer(data[slice(*entry["data_offsets"])], types[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0],
                                     epilog="example: /usr/bin/python3 tools/reference_weights.py --check")
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    arguments = parser.parse_args()
    try:
        import numpy
        import torch
    except ImportError:
        print("reference_weights: PyTorch is missing; Debian has it as python3-torch", file=sys.stderr)
        return 2
    torch.manual_seed(1)
    torch.set_num_threads(1)
    net = torch.nn.Sequential(collections.OrderedDict(
        fc1=torch.nn.Linear(5, 7), relu=torch.nn.ReLU(), fc2=torch.nn.Linear(7, 3)))
    x = torch.randn(4, 5)
    values = {"x": x.numpy(), "z": net(x).detach().numpy()}
    single = {name: t.numpy().copy() for name, t in net.state_dict().items()}
    net.double()
    values["z_double"] = net(x.double()).detach().numpy()
    double = {name: t.numpy() for name, t in net.state_dict().items()}
    FOLDER.mkdir(exist_ok=True)
    different = 0
    for name, arrays, save in [
            ("perceptron.npz", single, lambda p, a: numpy.savez(p, **a)),
            ("perceptron_packed.npz", single, lambda p, a: numpy.savez_compressed(p, **a)),
            ("perceptron.safetensors", single, save_safetensors),
            ("perceptron_double.npz", double, lambda p, a: numpy.savez(p, **a)),
            ("perceptron_double.safetensors", double, save_safetensors),
            ("perceptron_values.npz", values, lambda p, a: numpy.savez(p, **a))]:
        path = FOLDER / name
        if not arguments.check:
            save(path, arrays)
            print(f"{name}: {path.stat().st_size} bytes")
            continue
        there = {} if not path.exists() else load_safetensors(path, numpy) if name.endswith(".safetensors") \
            else dict(numpy.load(path))
        same = list(sorted(there)) == list(sorted(arrays)) and all(
            there[k].dtype == a.dtype and numpy.allclose(there[k], a, 1e-6) for k, a in arrays.items())
        different += not same
        print(f"{name} is {'' if same else 'not '}up to date")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
