#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Computes with PyTorch, in float64, what every operation of Gradus should give: values, first and second gradients.

    /usr/bin/python3 tools/reference_values.py            # rewrites torch_values.txt, torch_cases.hpp in tests/calculus
                                                          # and optimizer_values.txt in tests/train
    /usr/bin/python3 tools/reference_values.py --check    # 1 if the files are not what would be written

Needs PyTorch (Debian: python3-torch). The inputs come from a small generator of this file, so that they are the same on
every machine; they stay away from kinks, except in the cases named "tie": how equal elements share a gradient.

torch_cases.hpp says what the cases compute, for the compiler; torch_values.txt has the numbers. A line of it is one of
    case NAME                          begins a case
    op OPERATION NUMBERS...            reductions: mask of axes, keep; softmax: axis; permute: order;
                                       reshape, broadcast: sizes; one_hot: classes
    operand KIND RANK SIZES VALUES     KIND d: gradients follow; n: none
    constant VALUE                     an operand that is a constant
    result RANK SIZES VALUES
    weight VALUES                      L = sum(weight * result)
    gradient K VALUES                  dL / d operand K
    direction K VALUES                 M = sum(direction * dL / d operand K)
    second K J VALUES                  dM / d operand J
    end

optimizer_values.txt has 20 steps of each optimizer on two small networks, and the rates of schedules. A line of it is
    case OPTIMIZER NETWORK ROWS        begins a case
    input NAME VALUES                  x and y
    start NAME VALUES                  a parameter before the first step
    loss VALUES                        of each step, before it
    after NAME VALUES                  a parameter, or a state by PyTorch's name, after the last step
    schedule NAME VALUES               the learning rate at steps 0, 1, ... from a rate of 0.1
"""
import argparse
import math
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests"

state = 1


def number():
    """The next of a fixed sequence of numbers between -1 and 1, with three decimals."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return ((state >> 33) % 2001 - 1000) / 1000


def count(sizes):
    return math.prod(sizes)


def anywhere(scale=2.0):
    return lambda n: [round(scale * number(), 3) for _ in range(n)]


def away_from_zero(n):
    return [round(x + math.copysign(0.2, x), 3) for x in anywhere(2.0)(n)]


def positive(n):
    return [round(0.3 + 1.5 * abs(number()), 3) for _ in range(n)]


def apart(n):
    """Distinct numbers, at least 0.1 apart, in some order."""
    order = sorted(range(n), key=lambda _: number())
    return [round(0.2 * i - 0.1 * n + 0.04 * number(), 3) for i in order]


def bits(n):
    return [float(number() > 0) for _ in range(n)]


def classes(c):
    return lambda n: [float(int((number() + 1) * 500) % c) for _ in range(n)]


def exactly(*values):
    return lambda n: list(values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0],
                                     epilog="example: /usr/bin/python3 tools/reference_values.py --check")
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    arguments = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("reference_values: PyTorch is missing; Debian has it as python3-torch", file=sys.stderr)
        return 2
    values = write(torch)
    different = 0
    for name, text in {"calculus/torch_values.txt": values, "calculus/torch_cases.hpp": header(values),
                       "train/optimizer_values.txt": optimizers(torch)}.items():
        same = (FOLDER / name).exists() and (FOLDER / name).read_text() == text
        different += not same
        if arguments.check:
            print(f"{name} is {'' if same else 'not '}up to date")
        else:
            (FOLDER / name).write_text(text)
            print(f"{name}: {len(text)} bytes")
    return 1 if arguments.check and different else 0


def header(values):
    """What is computed, without the numbers, as a C++ array."""
    rows, operands = [], []
    for line in values.splitlines():
        word, *rest = line.split()
        if word == "case":
            name, operands, second = rest[0], [], "false"
        elif word == "op":
            operation, numbers = rest[0], rest[1:]
        elif word == "operand":
            sizes = rest[2 : 2 + int(rest[1])]
            operands.append(f"{{'{rest[0]}', {rest[1]}, {{{', '.join(sizes)}}}}}")
        elif word == "constant":
            operands.append(f"{{'c', 0, {{}}, {float(rest[0])}}}")
        elif word == "second":
            second = "true"
        elif word == "end":
            rows.append(f'    {{"{name}", "{operation}", {len(numbers)}, {{{", ".join(numbers)}}}, {len(operands)},\n'
                        f"     {{{', '.join(operands)}}}, {second}}},")
    return f"""// SPDX-License-Identifier: BSL-1.0
// Written by `/usr/bin/python3 tools/reference_values.py`: what each case of torch_values.txt computes.
#pragma once
#include <cstdint>

namespace gradus::testing {{

struct operand {{
    char kind;  // 'd' differentiable, 'n' not, 'c' a constant
    int rank;
    std::int64_t sizes[6];
    double constant = 0;
}};
struct computation {{
    const char* name;
    const char* operation;
    int count;
    int numbers[6];  // the operation's attributes
    int arity;
    operand operands[6];
    bool second;  // gradients of gradients are stored
}};

// clang-format off
inline constexpr computation computations[] = {{
{chr(10).join(rows)}
}};
// clang-format on

}}  // namespace gradus::testing
"""


def write(torch):
    functional = torch.nn.functional
    torch.set_num_threads(1)
    lines = ["# Written by `/usr/bin/python3 tools/reference_values.py`, which explains the format: do not edit.",
             f"# PyTorch {torch.__version__}, float64."]

    def numbers(values):
        return " ".join(repr(float(v)) if float(v) != int(v) else str(int(v)) for v in values)

    def flat(t):
        return (torch.zeros(t.shape, dtype=torch.float64) + t.detach()).reshape(-1).tolist()

    def shaped(t):
        return " ".join([str(t.dim())] + [str(n) for n in t.shape] + [numbers(flat(t))]).rstrip()

    def case(name, op, function, operands, second=True):
        """`operands`: (kind, sizes, values of n) or a number, which is a constant."""
        lines.append(f"case {name}")
        lines.append(f"op {op}")
        given = []
        for operand in operands:
            if isinstance(operand, (int, float)):
                lines.append(f"constant {numbers([operand])}")
                given.append(operand)
                continue
            kind, sizes, values = operand
            t = torch.tensor(values(count(sizes)), dtype=torch.float64).reshape(sizes)
            lines.append(f"operand {kind} {shaped(t)}")
            given.append(t.requires_grad_(kind == "d"))
        result = function(*given).to(torch.float64)
        lines.append(f"result {shaped(result)}")
        by = [k for k, t in enumerate(given) if torch.is_tensor(t) and t.requires_grad]
        if by:
            weight = torch.tensor(anywhere(1.5)(result.numel()), dtype=torch.float64).reshape(result.shape)
            lines.append(f"weight {numbers(flat(weight))}")
            first = torch.autograd.grad((weight * result).sum(), [given[k] for k in by], create_graph=True,
                                        allow_unused=True)
            first = [torch.zeros_like(given[k]) if g is None else g for k, g in zip(by, first)]
            for k, g in zip(by, first):
                lines.append(f"gradient {k} {numbers(flat(g))}")
            for k, g in zip(by, first):
                if not second:
                    break
                direction = torch.tensor(anywhere(1.5)(g.numel()), dtype=torch.float64).reshape(g.shape)
                lines.append(f"direction {k} {numbers(flat(direction))}")
                m = (direction * g).sum()
                again = torch.autograd.grad(m, [given[j] for j in by], retain_graph=True, allow_unused=True) \
                    if m.requires_grad else [None] * len(by)
                for j, h in zip(by, again):
                    zeros = torch.zeros(given[j].shape, dtype=torch.float64)
                    lines.append(f"second {k} {j} {numbers(flat(zeros if h is None else zeros + h))}")
        lines.append("end")

    # Elementwise, one operand.
    unary_shapes = [(), (1,), (7,), (1, 5), (3, 5), (2, 1, 3)]
    unary = {
        "neg": (torch.neg, anywhere()), "exp": (torch.exp, anywhere()), "log": (torch.log, positive),
        "sqrt": (torch.sqrt, positive), "tanh": (torch.tanh, anywhere()), "sigmoid": (torch.sigmoid, anywhere(4.0)),
        "relu": (torch.relu, away_from_zero), "abs": (torch.abs, away_from_zero),
    }
    for op, (function, values) in unary.items():
        for sizes in unary_shapes:
            case(f"{op}_{'x'.join(map(str, sizes)) or 'scalar'}", op, function, [("d", sizes, values)])
    case("sign_7", "sign", torch.sign, [("n", (7,), exactly(-2, -0.5, 0, 0.5, 3, -1, 1))])
    case("relu_tie_at_zero", "relu", torch.relu, [("d", (3,), exactly(0, -1, 1))], second=False)
    case("abs_tie_at_zero", "abs", torch.abs, [("d", (3,), exactly(0, -1, 1))], second=False)
    case("tanh_large", "tanh", torch.tanh, [("d", (4,), exactly(-30, -8, 8, 30))])
    case("sigmoid_large", "sigmoid", torch.sigmoid, [("d", (4,), exactly(-700, -30, 30, 700))])

    # Elementwise, two operands, with and without stretching.
    pairs = [((3, 5), (3, 5)), ((3, 5), (5,)), ((1, 5), (3, 1)), ((), (3,)), ((2, 1, 3), (4, 1)), ((1, 3), (1, 3)),
             ((2, 1, 1, 2, 1, 3), (3, 1, 2, 1))]
    binary = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
              "maximum": torch.maximum, "minimum": torch.minimum,
              "binary_cross_entropy_with_logits":
                  lambda z, y: functional.binary_cross_entropy_with_logits(*torch.broadcast_tensors(z, y),
                                                                           reduction="none")}
    for op, function in binary.items():
        for a, b in pairs:
            second_values = away_from_zero if op == "div" else anywhere()
            first_values = anywhere()
            if op in ("maximum", "minimum"):  # one has even tenths, the other odd ones
                first_values = lambda n: [round(round(4 * number()) / 2, 1) for _ in range(n)]
                second_values = lambda n: [round(round(4 * number()) / 2 + 0.25, 2) for _ in range(n)]
            if op == "binary_cross_entropy_with_logits":
                first_values = away_from_zero
                second_values = lambda n: [round(0.5 + 0.45 * number(), 3) for _ in range(n)]
            name = "_".join("x".join(map(str, s)) or "scalar" for s in (a, b))
            case(f"{op}_{name}", op, function, [("d", a, first_values), ("d", b, second_values)])
    for op in ("maximum", "minimum"):
        case(f"{op}_tie", op, binary[op], [("d", (4,), exactly(1, 2, -1, 0)), ("d", (4,), exactly(1, 3, -1, 0))],
             second=False)
        case(f"{op}_tie_stretched", op, binary[op], [("d", (2, 2), exactly(1, 2, 2, 0)), ("d", (), exactly(2))],
             second=False)
    case("binary_cross_entropy_with_logits_large", "binary_cross_entropy_with_logits",
         binary["binary_cross_entropy_with_logits"],
         [("d", (4,), exactly(-800, 800, -40, 40)), ("n", (4,), exactly(1, 0, 0, 1))])
    for op in ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal"):
        function = getattr(torch, {"equal": "eq", "not_equal": "ne"}.get(op, op))
        case(f"{op}_3x5_5", op, function,
             [("n", (3, 5), lambda n: [round(2 * number()) for _ in range(n)]),
              ("n", (5,), lambda n: [round(2 * number()) for _ in range(n)])])
    for op in ("add", "sub", "mul", "div"):
        case(f"{op}_constant", op, binary[op], [("d", (3, 2), anywhere()), 1.75])
        case(f"constant_{op}", op, lambda c, a, f=binary[op]: f(torch.tensor(c, dtype=torch.float64), a),
             [2.5, ("d", (3, 2), away_from_zero)])
    for c in (0, 1, 2, 3, -1, -2):
        case(f"pow_{c}", "pow", torch.pow, [("d", (2, 3), away_from_zero), c])
    for c in (0.5, -0.5, 1.5, 2.7, -3.3):
        case(f"pow_{c}", "pow", torch.pow, [("d", (5,), positive), c])

    # Elementwise, three operands.
    for c, a, b in [((3, 5), (3, 5), (3, 5)), ((3, 1), (5,), ()), ((), (2, 3), (1, 3)), ((2, 1, 3), (4, 1), (2, 4, 3))]:
        name = "_".join("x".join(map(str, s)) or "scalar" for s in (c, a, b))
        case(f"where_{name}", "where", lambda c, a, b: torch.where(c != 0, a, b),
             [("n", c, bits), ("d", a, anywhere()), ("d", b, anywhere())])

    # Products and views.
    for a, b in [((3, 5), (5, 2)), ((1, 3), (3, 1)), ((1, 1), (1, 1)), ((2, 3, 5), (2, 5, 2)), ((2, 3, 5), (5, 2)),
                 ((3, 5), (2, 5, 4)), ((2, 1, 3, 2), (3, 2, 1)), ((1, 2, 3), (4, 3, 2)),
                 ((2, 1, 1, 2, 3), (1, 3, 1, 3, 2))]:
        name = "_".join("x".join(map(str, s)) for s in (a, b))
        case(f"matmul_{name}", "matmul", torch.matmul, [("d", a, anywhere()), ("d", b, anywhere())])
    for sizes, order in [((3, 5), (1, 0)), ((2, 3, 4), (0, 2, 1)), ((2, 3, 4), (2, 0, 1)), ((1, 2, 1, 3), (3, 1, 0, 2)),
                         ((2, 1, 2, 1, 3, 2), (5, 0, 4, 1, 3, 2))]:
        case(f"permute_{''.join(map(str, order))}", f"permute {' '.join(map(str, order))}",
             lambda a, order=order: a.permute(order), [("d", sizes, anywhere())])
    for sizes, to in [((3, 4), (12,)), ((12,), (3, 4)), ((2, 3, 4), (4, 6)), ((1,), ()), ((), (1, 1)),
                      ((2, 1, 6), (2, 1, 2, 1, 3, 1))]:
        case(f"reshape_{len(sizes)}_{len(to)}_{count(to)}", f"reshape {' '.join(map(str, to))}".rstrip(),
             lambda a, to=to: a.reshape(to), [("d", sizes, anywhere())])
    for sizes, to in [((), (2, 3)), ((3,), (2, 3)), ((2, 1), (2, 3)), ((1, 3, 1), (2, 2, 3, 2)), ((2, 3), (2, 3))]:
        case(f"broadcast_{len(sizes)}_{count(sizes)}_{count(to)}", f"broadcast {' '.join(map(str, to))}",
             lambda a, to=to: a.expand(to), [("d", sizes, anywhere())])

    # Along dimensions.
    for op, function in {"sum": torch.sum, "mean": torch.mean, "max": torch.amax}.items():
        for sizes, axes in [((7,), (0,)), ((3, 5), (0,)), ((3, 5), (1,)), ((3, 5), (0, 1)), ((1, 5), (0,)),
                            ((2, 3, 4), (0, 2)), ((2, 3, 4), (1,)), ((2, 1, 3, 2), (0, 1, 3)),
                            ((2, 1, 2, 1, 3, 2), (0, 3, 4))]:
            for keep in (0, 1):
                mask = sum(1 << a for a in axes)
                case(f"{op}_{'x'.join(map(str, sizes))}_over_{''.join(map(str, axes))}{'_keep' if keep else ''}",
                     f"{op} {mask} {keep}", lambda a, f=function, axes=axes, keep=keep: f(a, axes, keepdim=bool(keep)),
                     [("d", sizes, apart if op == "max" else anywhere())])
    case("max_tie", "max 2 0", lambda a: torch.amax(a, 1),
         [("d", (3, 3), exactly(1, 2, 2, 3, 3, 3, 5, 4, 4))], second=False)
    case("max_tie_all", "max 3 0", lambda a: torch.amax(a), [("d", (2, 2), exactly(1, 1, 0, 1))], second=False)
    for sizes, axis, keep in [((7,), 0, 0), ((3, 5), 0, 0), ((3, 5), 1, 0), ((2, 3, 4), 1, 1), ((2, 3, 4), 2, 0)]:
        case(f"argmax_{len(sizes)}_{axis}", f"argmax {1 << axis} {keep}",
             lambda a, axis=axis, keep=keep: torch.argmax(a, axis, keepdim=bool(keep)), [("n", sizes, apart)])
    case("argmax_tie", "argmax 2 0", lambda a: torch.argmax(a, 1), [("n", (2, 3), exactly(1, 2, 2, 3, 3, 3))])
    for sizes in [(), (1,), (5,), (2, 3)]:
        case(f"one_hot_{len(sizes)}_{count(sizes)}", "one_hot 4", lambda c: functional.one_hot(c.long(), 4),
             [("n", sizes, classes(4))])
    for op, function in {"softmax": torch.softmax, "log_softmax": torch.log_softmax}.items():
        for sizes, axis in [((5,), 0), ((1, 5), 1), ((3, 5), 1), ((3, 5), 0), ((3, 1), 1), ((2, 3, 4), 1),
                            ((2, 3, 4), 2), ((2, 1, 3, 2), 2)]:
            case(f"{op}_{'x'.join(map(str, sizes))}_along_{axis}", f"{op} {axis}",
                 lambda a, f=function, axis=axis: f(a, axis),
                 [("d", sizes, anywhere(3.0))])
        case(f"{op}_large", f"{op} 1", lambda a, f=function: f(a, 1),
             [("d", (2, 3), exactly(900, 800, 899, -900, -899, -900))])

    # Losses, one per row.
    def hard(z, y):
        return -torch.log_softmax(z, -1).gather(-1, y.long().unsqueeze(-1)).squeeze(-1)

    def soft(z, p):
        return -(p * torch.log_softmax(z, -1)).sum(-1)

    def probabilities(c):
        def rows(n):
            values = []
            for _ in range(n // c):
                cuts = sorted(int((number() + 1) * 32) for _ in range(c - 1))  # in 64ths: the sum is exactly 1
                values += [(b - a) / 64 for a, b in zip([0] + cuts, cuts + [64])]
            return values
        return rows

    for sizes in [(5,), (1, 4), (3, 5), (4, 2), (2, 3, 4)]:
        name = "x".join(map(str, sizes))
        case(f"cross_entropy_{name}", "cross_entropy", hard,
             [("d", sizes, anywhere(3.0)), ("n", sizes[:-1], classes(sizes[-1]))])
        case(f"cross_entropy_soft_{name}", "cross_entropy_soft", soft,
             [("d", sizes, anywhere(3.0)), ("n", sizes, probabilities(sizes[-1]))])
        case(f"cross_entropy_soft_by_both_{name}", "cross_entropy_soft", soft,
             [("d", sizes, anywhere(3.0)), ("d", sizes, probabilities(sizes[-1]))], second=False)
    case("cross_entropy_large", "cross_entropy", hard,
         [("d", (2, 3), exactly(900, 0, -900, 1, 2, 3)), ("n", (2,), exactly(1, 2))])
    for sizes in [(7,), (1, 3), (3, 5), (2, 3, 4)]:
        case(f"mse_loss_{'x'.join(map(str, sizes))}", "mse_loss", functional.mse_loss,
             [("d", sizes, anywhere()), ("d", sizes, anywhere())])

    # Networks: x, W1, b1, W2, b2, target.
    def network(activation):
        def loss(x, w1, b1, w2, b2, y):
            z = functional.linear(activation(functional.linear(x, w1, b1)), w2, b2)
            return functional.cross_entropy(z, y.long())
        return loss

    for op, activation in {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}.items():
        for rows in (1, 5):
            case(f"network_{op}_{rows}", f"network_{op}", network(activation),
                 [("d", (rows, 3), anywhere()), ("d", (4, 3), anywhere()), ("d", (4,), anywhere()),
                  ("d", (2, 4), anywhere()), ("d", (2,), anywhere()), ("n", (rows,), classes(2))])
    return "\n".join(lines) + "\n"


def optimizers(torch):
    """Twenty steps of each optimizer, and schedules."""
    functional, optim = torch.nn.functional, torch.optim
    clip_norm, clip_value = torch.nn.utils.clip_grad_norm_, torch.nn.utils.clip_grad_value_
    lines = ["# Written by `/usr/bin/python3 tools/reference_values.py`, which explains the format: do not edit.",
             f"# PyTorch {torch.__version__}, float64."]

    def line(word, values):
        lines.append(f"{word} {' '.join(repr(float(v)) for v in values)}")

    def two(p, x, y):  # two layers
        h = torch.tanh(functional.linear(x, p["fc1.weight"], p["fc1.bias"]))
        return functional.cross_entropy(functional.linear(h, p["fc2.weight"], p["fc2.bias"]), y.long())

    def shared(p, x, y):  # one weight used twice, a vector and a number
        h = torch.tanh(functional.linear(x, p["W"]))
        return functional.mse_loss(p["s"] * torch.tanh(functional.linear(h, p["W"])) + p["b"], y)

    networks = {
        "two": (two, {"fc1.weight": (4, 3), "fc1.bias": (4,), "fc2.weight": (2, 4), "fc2.bias": (2,)}),
        "shared": (shared, {"W": (3, 3), "s": (), "b": (3,)}),
    }
    plain = lambda maker: lambda p: maker(list(p.values()))

    def biases_apart(p):
        return optim.AdamW([{"params": [v for n, v in p.items() if n.split(".")[-1] in ("bias", "b")],
                             "weight_decay": 0.0},
                            {"params": [v for n, v in p.items() if n.split(".")[-1] not in ("bias", "b")]}],
                           lr=0.05, weight_decay=0.1)

    made = {
        "sgd": plain(lambda p: optim.SGD(p, lr=0.1)),
        "sgd_decay": plain(lambda p: optim.SGD(p, lr=0.1, weight_decay=0.02)),
        "sgd_momentum": plain(lambda p: optim.SGD(p, lr=0.1, momentum=0.9)),
        "sgd_dampening": plain(lambda p: optim.SGD(p, lr=0.1, momentum=0.8, dampening=0.3, weight_decay=0.01)),
        "sgd_nesterov": plain(lambda p: optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
        "adagrad": plain(lambda p: optim.Adagrad(p)),
        "adagrad_all": plain(lambda p: optim.Adagrad(p, lr=0.1, lr_decay=0.1, weight_decay=0.02,
                                                     initial_accumulator_value=0.1, eps=1e-6)),
        "rmsprop": plain(lambda p: optim.RMSprop(p)),
        "rmsprop_momentum": plain(lambda p: optim.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.5, weight_decay=0.02)),
        "rmsprop_centered": plain(lambda p: optim.RMSprop(p, lr=0.02, alpha=0.9, centered=True, eps=1e-3)),
        "rmsprop_all": plain(lambda p: optim.RMSprop(p, lr=0.01, alpha=0.95, centered=True, momentum=0.9, eps=1e-3)),
        "adam": plain(lambda p: optim.Adam(p)),
        "adam_decay": plain(lambda p: optim.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
        "adam_amsgrad": plain(lambda p: optim.Adam(p, lr=0.1, betas=(0.5, 0.6), amsgrad=True)),
        "adamw": plain(lambda p: optim.AdamW(p)),
        "adamw_amsgrad": plain(lambda p: optim.AdamW(p, lr=0.1, betas=(0.5, 0.6), weight_decay=0.2, amsgrad=True)),
        "adamw_groups": biases_apart,
        "clip_norm": plain(lambda p: optim.SGD(p, lr=0.5, momentum=0.5)),
        "clip_value": plain(lambda p: optim.Adam(p, lr=0.05)),
        "adam_cosine": plain(lambda p: optim.Adam(p, lr=0.1)),
    }
    for network, rows in [("shared", 4), ("shared", 1), ("two", 5), ("two", 1)]:
        loss_of, shapes = networks[network]
        for name, maker in made.items():
            lines.append(f"case {name} {network} {rows}")
            x = torch.tensor(anywhere()(3 * rows), dtype=torch.float64)
            y = torch.tensor(classes(2)(rows) if network == "two" else anywhere()(3 * rows), dtype=torch.float64)
            line("input x", x)
            line("input y", y)
            x, y = x.reshape(rows, 3), y if network == "two" else y.reshape(rows, 3)
            parameters = {}
            for key, sizes in shapes.items():
                values = anywhere(1.0)(count(sizes))
                line(f"start {key}", values)
                parameters[key] = torch.tensor(values, dtype=torch.float64).reshape(sizes).requires_grad_()
            optimizer = maker(parameters)
            schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, 15) if name == "adam_cosine" else None
            losses = []
            for _ in range(20):
                optimizer.zero_grad()
                loss = loss_of(parameters, x, y)
                losses.append(loss.item())
                loss.backward()
                if name == "clip_norm":
                    clip_norm(parameters.values(), 0.2)
                if name == "clip_value":
                    clip_value(parameters.values(), 0.05)
                optimizer.step()
                if schedule:
                    schedule.step()
            line("loss", losses)
            for key, p in parameters.items():
                line(f"after {key}", p.detach().reshape(-1))
                for state, value in optimizer.state[p].items():
                    if torch.is_tensor(value) and value.shape == p.shape and state != "step":
                        line(f"after {key}.{state}", value.reshape(-1))
            lines.append("end")

    schedulers = optim.lr_scheduler
    schedules = {
        "step_lr": lambda o: schedulers.StepLR(o, 4),
        "multi_step_lr": lambda o: schedulers.MultiStepLR(o, [3, 12, 12, 30], gamma=0.5),
        "exponential_lr": lambda o: schedulers.ExponentialLR(o, 0.9),
        "cosine_annealing_lr": lambda o: schedulers.CosineAnnealingLR(o, 15, eta_min=0.01),
        "linear_lr": lambda o: schedulers.LinearLR(o),
        "linear_lr_down": lambda o: schedulers.LinearLR(o, start_factor=1, end_factor=0.25, total_iters=12),
        "one_cycle_lr": lambda o: schedulers.OneCycleLR(o, 0.5, total_steps=40, cycle_momentum=False),
        "one_cycle_lr_early": lambda o: schedulers.OneCycleLR(o, 0.3, total_steps=40, pct_start=0.1, div_factor=10,
                                                              final_div_factor=100, cycle_momentum=False),
        "sequential_lr": lambda o: schedulers.SequentialLR(
            o, [schedulers.LinearLR(o, start_factor=0.1, total_iters=8), schedulers.CosineAnnealingLR(o, 32)], [8]),
    }
    for name, maker in schedules.items():
        optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler = maker(optimizer)
        rates = []
        for _ in range(40):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if len(rates) < 40:
                scheduler.step()
        line(f"schedule {name}", rates)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
