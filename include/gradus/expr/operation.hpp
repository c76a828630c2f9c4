// SPDX-License-Identifier: BSL-1.0
// THE TABLE of operations: every one that a graph can hold, with its name, kind and printed forms.
// Adding an operation starts with a line here; docs/adding-an-operation.md lists the other places, one each.
#pragma once
#include <cstdint>
#include <string_view>

namespace gradus {

/// Every operation. The order is that of `operations`.
enum class op : std::uint8_t {
    // leaves
    input,
    parameter,
    constant,
    // elementwise, one operand
    neg,
    exp,
    log,
    sqrt,
    tanh,
    sigmoid,
    relu,
    abs,
    sign,
    // elementwise, two operands
    add,
    sub,
    mul,
    div,
    pow,
    maximum,
    minimum,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    binary_cross_entropy_with_logits,
    // elementwise, three operands
    where,
    // products and views
    matmul,
    permute,
    reshape,
    broadcast,
    // along dimensions
    sum,
    mean,
    max,
    argmax,
    one_hot,
    softmax,
    log_softmax,
    // losses
    cross_entropy,       // with class indices
    cross_entropy_soft,  // with probabilities
    // only in typed expressions; lowering replaces them
    placeholder,
    apply,
    grad,
    count
};

/// What an operation computes with: the part of the program that runs it, and how its shape comes about.
enum class kind : std::uint8_t { leaf, elementwise, product, view, reduction, rowwise, typed_only };

/// How tightly a printed form binds, from loosest to tightest.
enum class binding : std::uint8_t { comparison, sum, product, prefix, power, call };

/// One row of the table.
struct operation_info {
    op operation;
    std::string_view name;  ///< as a student writes it, and as errors and diagrams call it
    kind what;
    int arity;
    std::string_view glyph;  ///< the sign in a diagram: "+", "×", "exp"
    std::string_view text;   ///< the infix sign in a printed formula, or empty for name(operands)
    std::string_view latex;  ///< the infix sign in LaTeX, or the LaTeX name of a function
    binding tightness;
    bool commutative = false;
    bool activation = false;     ///< drawn in the colour of activations
    bool differentiable = true;  ///< false: the gradient by its operands is zero everywhere it exists
};

// clang-format off
inline constexpr operation_info operations[] = {
    {op::input,         "input",         kind::leaf,        0, "",     "",     "",                  binding::call},
    {op::parameter,     "parameter",     kind::leaf,        0, "",     "",     "",                  binding::call},
    {op::constant,      "constant",      kind::leaf,        0, "",     "",     "",                  binding::call},
    {op::neg,           "neg",           kind::elementwise, 1, "−",    "-",    "-",                 binding::prefix},
    {op::exp,           "exp",           kind::elementwise, 1, "exp",  "",     "\\exp",             binding::call},
    {op::log,           "log",           kind::elementwise, 1, "log",  "",     "\\log",             binding::call},
    {op::sqrt,          "sqrt",          kind::elementwise, 1, "√",    "",     "\\sqrt",            binding::call},
    {op::tanh,          "tanh",          kind::elementwise, 1, "tanh", "",     "\\tanh",            binding::call, false, true},
    {op::sigmoid,       "sigmoid",       kind::elementwise, 1, "σ",    "",     "\\sigma",           binding::call, false, true},
    {op::relu,          "relu",          kind::elementwise, 1, "relu", "",     "\\operatorname{relu}", binding::call, false, true},
    {op::abs,           "abs",           kind::elementwise, 1, "| |",  "",     "\\operatorname{abs}",  binding::call},
    {op::sign,          "sign",          kind::elementwise, 1, "sign", "",     "\\operatorname{sign}", binding::call, false, false, false},
    {op::add,           "add",           kind::elementwise, 2, "+",    " + ",  " + ",               binding::sum, true},
    {op::sub,           "sub",           kind::elementwise, 2, "−",    " - ",  " - ",               binding::sum},
    {op::mul,           "mul",           kind::elementwise, 2, "⊙",    " * ",  " \\odot ",          binding::product, true},
    {op::div,           "div",           kind::elementwise, 2, "÷",    " / ",  " / ",               binding::product},
    {op::pow,           "pow",           kind::elementwise, 2, "xⁿ",   "^",    "^",                 binding::power},
    {op::maximum,       "maximum",       kind::elementwise, 2, "max",  "",     "\\max",             binding::call, true},
    {op::minimum,       "minimum",       kind::elementwise, 2, "min",  "",     "\\min",             binding::call, true},
    {op::less,          "less",          kind::elementwise, 2, "<",    " < ",  " < ",               binding::comparison, false, false, false},
    {op::less_equal,    "less_equal",    kind::elementwise, 2, "≤",    " <= ", " \\le ",            binding::comparison, false, false, false},
    {op::greater,       "greater",       kind::elementwise, 2, ">",    " > ",  " > ",               binding::comparison, false, false, false},
    {op::greater_equal, "greater_equal", kind::elementwise, 2, "≥",    " >= ", " \\ge ",            binding::comparison, false, false, false},
    {op::equal,         "equal",         kind::elementwise, 2, "=",    " == ", " = ",               binding::comparison, true, false, false},
    {op::not_equal,     "not_equal",     kind::elementwise, 2, "≠",    " != ", " \\ne ",            binding::comparison, true, false, false},
    {op::binary_cross_entropy_with_logits, "binary_cross_entropy_with_logits",
                                         kind::elementwise, 2, "bce",  "",     "\\operatorname{bce}", binding::call},
    {op::where,         "where",         kind::elementwise, 3, "?:",   "",     "\\operatorname{where}", binding::call},
    {op::matmul,        "matmul",        kind::product,     2, "×",    " ",    " \\, ",             binding::product},
    {op::permute,       "permute",       kind::view,        1, "ᵀ",    "",     "\\operatorname{permute}", binding::call},
    {op::reshape,       "reshape",       kind::view,        1, "reshape", "",  "\\operatorname{reshape}", binding::call},
    {op::broadcast,     "broadcast",     kind::view,        1, "⇒",    "",     "\\operatorname{broadcast}", binding::call},
    {op::sum,           "sum",           kind::reduction,   1, "Σ",    "",     "\\sum",             binding::call},
    {op::mean,          "mean",          kind::reduction,   1, "mean", "",     "\\operatorname{mean}", binding::call},
    {op::max,           "max",           kind::reduction,   1, "max",  "",     "\\max",             binding::call},
    {op::argmax,        "argmax",        kind::reduction,   1, "argmax", "",   "\\operatorname{argmax}", binding::call, false, false, false},
    {op::one_hot,       "one_hot",       kind::rowwise,     1, "one_hot", "",  "\\operatorname{onehot}", binding::call, false, false, false},
    {op::softmax,       "softmax",       kind::rowwise,     1, "softmax", "",  "\\operatorname{softmax}", binding::call, false, true},
    {op::log_softmax,   "log_softmax",   kind::rowwise,     1, "log softmax", "", "\\log\\operatorname{softmax}", binding::call, false, true},
    {op::cross_entropy, "cross_entropy", kind::rowwise,     2, "cross entropy", "", "\\operatorname{CE}", binding::call},
    {op::cross_entropy_soft, "cross_entropy", kind::rowwise, 2, "cross entropy", "", "\\operatorname{CE}", binding::call},
    {op::placeholder,   "placeholder",   kind::typed_only,  0, "",     "",     "",                  binding::call},
    {op::apply,         "apply",         kind::typed_only,  2, "",     "",     "",                  binding::call},
    {op::grad,          "grad",          kind::typed_only,  2, "∂",    "",     "",                  binding::call},
};
// clang-format on

/// The row of an operation.
constexpr const operation_info& info(op o) { return operations[static_cast<std::size_t>(o)]; }

namespace detail {
constexpr bool table_is_whole() {
    if (std::size(operations) != static_cast<std::size_t>(op::count)) return false;
    for (std::size_t i = 0; i < std::size(operations); ++i)
        if (operations[i].operation != static_cast<op>(i)) return false;
    return true;
}
static_assert(table_is_whole(), "operations[] has one row for each op, in its order");
}  // namespace detail

/// The numbers that belong to an operation: see each member. One structural type for all, so it can be a template
/// argument, is compared as a whole, and is printed by one writer.
struct attributes {
    int axes = 0;       ///< reductions: the reduced dimensions as bits; softmax, argmax: the one dimension as a bit
    bool keep = false;  ///< reductions: reduced dimensions stay with size 1
    std::int8_t order[6]{};   ///< permute: dimension i of the result is dimension order[i] of the operand
    double value = 0;         ///< constant: its value (see also `powers`)
    std::int8_t powers[4]{};  ///< constant: times the graph's symbol i to this power, as 1 / batch
    int literal = 0;          ///< constant: 1 + its number where the value is known only at run time

    friend constexpr bool operator==(const attributes&, const attributes&) = default;
};

}  // namespace gradus
