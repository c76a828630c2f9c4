# SPDX-License-Identifier: BSL-1.0
"""Prints a file of weights, read by Python's standard library alone: how many arrays, and of each the name, type,
sizes and numbers.

python3 tests/data/weights.py file.npz | file.safetensors

Where NumPy can be imported, an .npz file is also read by numpy.load, which must give the same.
"""
import ast
import json
import struct
import sys
import zipfile

FORMATS = {"<f4": "f", "<f8": "d", "<i8": "q", "F32": "f", "F64": "d", "I64": "q"}


def numbers(word, data):
    return list(struct.unpack(f"<{len(data) // struct.calcsize(FORMATS[word])}{FORMATS[word]}", data))


def npz(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert name.endswith(".npy")
            data = archive.read(name)
            assert data[:8] == b"\x93NUMPY\x01\x00"
            length, = struct.unpack("<H", data[8:10])
            assert (10 + length) % 64 == 0
            header = ast.literal_eval(data[10:10 + length].decode())
            assert not header["fortran_order"]
            word, data = header["descr"], data[10 + length:]
            values = data.decode("utf-32-le") if word.startswith("<U") else numbers(word, data)
            yield name[:-4], word, list(header["shape"]), values


def safetensors(path):
    data = open(path, "rb").read()
    length, = struct.unpack("<Q", data[:8])
    header, data = json.loads(data[8:8 + length].decode()), data[8 + length:]
    assert (8 + length) % 8 == 0
    for key, word in header.pop("__metadata__", {}).items():
        yield key, "metadata", [], word
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        yield name, entry["dtype"], entry["shape"], numbers(entry["dtype"], data[begin:end])


path = sys.argv[1]
tensors = list(npz(path) if path.endswith(".npz") else safetensors(path))
print(len(tensors), "arrays")
for name, word, shape, values in tensors:
    print(json.dumps(name), word, shape, values)
if path.endswith(".npz"):
    try:
        import numpy
    except ImportError:
        sys.exit()
    with numpy.load(path) as arrays:
        assert arrays.files == [name for name, *_ in tensors]
        for name, word, shape, values in tensors:
            assert arrays[name].dtype == word and list(arrays[name].shape) == shape
            assert (str(arrays[name]) if word.startswith("<U") else arrays[name].ravel().tolist()) == values
