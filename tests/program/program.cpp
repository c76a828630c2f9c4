// SPDX-License-Identifier: BSL-1.0
// Binding, errors, updates, memory and allocation of compiled programs.
#include "compare.hpp"
#include "tensors.hpp"
#include <cstdlib>
#include <limits>
#include <new>

namespace {
std::size_t allocations = 0;
void* counted(std::size_t bytes, std::size_t alignment) {
    ++allocations;
    void* p = alignment > alignof(std::max_align_t)
                  ? std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment)
                  : std::malloc(bytes ? bytes : 1);
    if (!p) throw std::bad_alloc();
    return p;
}
}  // namespace
// Not inlined: g++ would take the pair malloc and operator delete for a mistake.
[[gnu::noinline]] void* operator new(std::size_t n) { return counted(n, 1); }
[[gnu::noinline]] void* operator new(std::size_t n, std::align_val_t a) {
    return counted(n, static_cast<std::size_t>(a));
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace {
using namespace gradus;
using namespace gradus::testing;
namespace tt = boost::test_tools;

constexpr axis batch{symbolic, name_of<"batch">()};
constexpr axis size(std::int64_t n) { return {n, nullptr}; }

/// x (batch, 4) -> 3 classes, one layer with bias, a step of SGD.
struct classifier {
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, "x", {batch, size(4)});
        const node_id y = b.leaf(op::input, "classes", {batch});
        const int fc = b.enter("fc1", "linear", -1);
        const node_id w = b.leaf(op::parameter, "weight", {size(3), size(4)}, fc);
        const node_id bias = b.leaf(op::parameter, "bias", {size(3)}, fc);
        const node_id z = b.add(b.matmul(x, b.transpose(w)), bias);
        const node_id ce = b.cross_entropy(z, y);
        const node_id g = b.mul(b.elements(b.shape(ce), 1, -1), b.sub(b.along(op::softmax, z), b.one_hot(y, size(3))));
        node rate;
        rate.operation = op::constant;
        rate.attrs.value = 0.1;
        rate.attrs.literal = 1;
        const node_id lr = b.add(rate);
        b.outputs = {{b.reduce(op::mean, ce, 1, false)},
                     {z},
                     {b.sub(w, b.mul(lr, b.matmul(b.transpose(g), x))), w},
                     {b.sub(bias, b.mul(lr, b.reduce(op::sum, g, 1, false))), bias}};
        return b;
    }
};
using classifier_source = source<classifier>;
constexpr int X = find_leaf(classifier_source::graph, "x");
constexpr int Y = find_leaf(classifier_source::graph, "classes");
using tensor2 = xt::xtensor<float, 2>;
using tensor1 = xt::xtensor<float, 1>;

template <class E, class F> std::string words(F f) {
    try {
        f();
    } catch (const E& e) {
        return e.what();
    } catch (const std::exception& e) {
        return std::string("another exception: ") + e.what();
    }
    return "no exception";
}

struct swap_graph {  // updates that read each other: both take the old values
    static constexpr builder build() {
        builder b;
        const node_id p = b.leaf(op::parameter, "p", {size(5)});
        const node_id q = b.leaf(op::parameter, "q", {size(5)});
        const node_id r = b.leaf(op::parameter, "r", {size(5)});
        b.outputs = {{q, p}, {p, q}, {b.add(p, b.mul(q, r)), r}, {p}, {b.reduce(op::sum, b.mul(r, q), 1, false)}};
        return b;
    }
};
struct circle_graph {
    static constexpr builder build() {
        builder b;
        const node_id p = b.leaf(op::parameter, "p", {size(4), size(4)});
        const node_id q = b.leaf(op::parameter, "q", {size(4), size(4)});
        const node_id r = b.leaf(op::parameter, "r", {size(4), size(4)});
        const node_id s = b.leaf(op::parameter, "s", {size(4), size(4)});
        const node_id tenth = b.constant(0.1);
        b.outputs = {{b.sub(p, b.mul(tenth, b.matmul(q, p))), p},
                     {b.sub(q, b.mul(tenth, b.matmul(p, b.transpose(q)))), q},
                     {b.add(b.transpose(r), s), r},
                     {b.along(op::softmax, b.add(s, r)), s}};
        return b;
    }
};
struct momentum_graph {  // a new value that is assigned, read again, and an output
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, "x", {batch, size(6)});
        const node_id w = b.leaf(op::parameter, "w", {size(6)});
        const node_id v = b.leaf(op::parameter, "v", {size(6)});
        const node_id g = b.reduce(op::mean, b.mul(x, b.sub(x, w)), 1, false);
        const node_id next = b.add(b.mul(b.constant(0.9), v), g);
        b.outputs = {{next, v}, {b.sub(w, b.mul(b.constant(0.01), next)), w}, {next}, {w}};
        return b;
    }
};
struct scaled_graph {  // every form of p + c * (a b)
    static constexpr builder build() {
        builder b;
        const node_id a = b.leaf(op::input, "a", {batch, size(5)});
        const node_id c = b.leaf(op::input, "c", {batch, size(3)});
        const node_id g = b.matmul(b.transpose(a), c);
        const node_id other = b.matmul(b.transpose(a), b.mul(c, b.constant(3)));
        const node_id third = b.matmul(b.transpose(a), b.mul(c, b.constant(-1)));
        const node_id p = b.leaf(op::parameter, "p", {size(5), size(3)});
        const node_id q = b.leaf(op::parameter, "q", {size(5), size(3)});
        const node_id r = b.leaf(op::parameter, "r", {size(5), size(3)});
        const node_id n = b.elements({batch}, 1, -1);
        b.outputs = {{b.add(b.neg(b.div(b.mul(g, n), b.constant(4))), p), p},
                     {b.sub(q, b.mul(b.unary(op::exp, b.mul(n, b.constant(2))), other)), q},
                     {b.add(r, third), r}};
        return b;
    }
};
struct wide_graph {
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, "x", {batch, size(64)});
        node_id h = x;
        const char* const names[] = {"w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7"};
        for (const char* name : names)
            h = b.unary(op::tanh, b.matmul(h, b.leaf(op::parameter, name, {size(64), size(64)})));
        b.outputs = {{b.reduce(op::sum, h, 3, false)}};
        return b;
    }
};
struct nan_graph {
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, "x", {size(19)});
        const node_id one = b.constant(1);
        b.outputs = {{b.unary(op::relu, x)},
                     {b.binary(op::maximum, x, one)},
                     {b.binary(op::minimum, one, x)},
                     {b.reduce(op::max, x, 1, false)},
                     {b.reduce(op::argmax, x, 1, false)},
                     {b.binary(op::not_equal, x, x)},
                     {b.where(x, one, b.constant(2))},
                     {b.unary(op::sigmoid, b.mul(x, b.constant(1e30)))},
                     {b.along(op::softmax, x)},
                     {b.unary(op::sign, x)}};
        return b;
    }
};
struct free_graph {  // a size that no input has
    static constexpr builder build() {
        builder b;
        b.outputs = {{b.broadcast(b.constant(1), {batch, size(2)})}};
        b.symbol(batch.name);
        return b;
    }
};
struct number_graph {
    static constexpr builder build() {
        builder b;
        b.outputs = {{b.mul(b.leaf(op::input, "a", {}), b.leaf(op::input, "v", {size(3)}))}};
        return b;
    }
};
struct square_graph {
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, "x", {batch, size(1)});
        b.outputs = {{b.add(x, b.transpose(x))}};
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(a_parameter_is_found_by_its_full_name) {
    basic_program<classifier_source> p;
    BOOST_TEST(p.parameter("fc1.weight").size() == 12u);
    BOOST_TEST(p.parameters().size() == 2u);
    BOOST_TEST(p.parameters()[1].name == "fc1.bias");
    BOOST_TEST((p.parameters()[0].dims == std::vector<std::int64_t>{3, 4}));
    BOOST_TEST(p.parameter("fc1.bias")[2] == 0.f);
    BOOST_TEST(reinterpret_cast<std::uintptr_t>(p.parameter("fc1.bias").data()) % 64 == 0u);
    BOOST_TEST(words<std::out_of_range>([&] { p.parameter("fc1.wieght"); }) ==
               "no parameter fc1.wieght; the nearest is fc1.weight");
}
BOOST_AUTO_TEST_CASE(a_tensor_of_another_size_is_refused_in_words) {
    basic_program<classifier_source> p;
    BOOST_TEST(words<shape_error>([&] {
                   p.bind<X>(tensor2({32, 5}));
               }) == "x wants (batch, 4), got (32, 5): 5 in dimension 1 must be 4");
    BOOST_TEST(words<shape_error>([&] {
                   p.bind<X>(tensor2({0, 4}));
               }) == "x wants (batch, 4), got (0, 4): batch must be at least 1");
    BOOST_TEST(words<shape_error>([&] {
                   p.bind<X>(xt::xarray<float>(std::vector<std::size_t>{2, 2, 4}));
               }) == "x wants (batch, 4), got (2, 2, 4): 3 dimensions given, 2 wanted");
    const tensor2 x = xt::zeros<float>({32, 4});
    const tensor1 y = xt::zeros<float>({31});
    p.bind<X>(x);
    p.bind<Y>(y);
    BOOST_TEST(words<shape_error>([&] { p.run(); }) == "batch is 32 in x and 31 in classes");
}
BOOST_AUTO_TEST_CASE(a_missing_input_is_named) {
    basic_program<classifier_source> p;
    BOOST_TEST(words<binding_error>([&] { p.run(); }) == "not bound: x, classes");
    const tensor2 x = xt::zeros<float>({2, 4});
    p.bind<X>(x);
    BOOST_TEST(words<binding_error>([&] { p.run(); }) == "not bound: classes");
    BOOST_TEST(words<std::logic_error>([&] { p.output<0>(); }) == "the program has not run yet");
    basic_program<source<free_graph>> f;
    BOOST_TEST(words<binding_error>([&] { f.run(); }) == "the size of batch is not known: no input has it");
    BOOST_TEST(words<std::out_of_range>([&] { p.set_literal(1, 2); }) == "no literal 1; the program has 1");
}
BOOST_AUTO_TEST_CASE(a_class_that_does_not_exist_changes_nothing) {
    basic_program<classifier_source> p;
    const tensor2 x = xt::ones<float>({4, 4});
    xt::xtensor<int, 1> y{0, 2, 1, 3};
    p.bind<X>(x);
    p.bind<Y>(y);
    BOOST_TEST(words<std::out_of_range>([&] { p.run(); }) == "classes[3] is 3, but there are 3 classes: 0 to 2");
    BOOST_TEST(p.parameter("fc1.bias")[0] == 0.f);
    for (float bad : {-1.f, 0.5f, std::numeric_limits<float>::quiet_NaN()}) {
        const tensor1 z{0, bad, 1, 1};
        p.bind<Y>(z);
        BOOST_CHECK_THROW(p.run(), std::out_of_range);
    }
    y(3) = 0;
    p.bind<Y>(y);
    p.run();
    BOOST_TEST(p.output<0>() == std::log(3.f), tt::tolerance(1e-6f));
    BOOST_TEST(p.parameter("fc1.bias")[0] != 0.f);
}
BOOST_AUTO_TEST_CASE(any_expression_binds_and_only_rows_of_the_right_type_are_borrowed) {
    basic_program<classifier_source> p;
    tensor2 x = xt::ones<float>({6, 4});
    const tensor1 y = xt::zeros<float>({6});
    p.bind<Y>(y);
    p.bind<X>(x);
    p.parameter("fc1.weight")[0] = 1;
    p.run();
    BOOST_TEST((p.output<1>().dimension() == 2u && p.output<1>().shape()[0] == 6u && p.output<1>().shape()[1] == 3u));
    BOOST_TEST(p.output<1>()(5, 0) == 1.f);
    std::fill(p.parameter("fc1.weight").begin(), p.parameter("fc1.weight").end(), 0.f);
    std::fill(p.parameter("fc1.bias").begin(), p.parameter("fc1.bias").end(), 0.f);
    p.parameter("fc1.weight")[0] = 1;
    x(5, 0) = 7;  // borrowed: seen without binding again
    p.set_literal(0, 0);
    p.run();
    BOOST_TEST(p.output<1>()(5, 0) == 7.f);
    const auto both = [&](const auto& e, float wanted) {
        p.bind<X>(e);
        p.run();
        BOOST_TEST(p.output<1>()(5, 0) == wanted);
    };
    both(x + 1.f, 8.f);
    both(xt::xtensor<double, 2>(x), 7.f);
    both(xt::xarray<float>(x), 7.f);
    both(xt::xtensor<float, 2, xt::layout_type::column_major>(x), 7.f);
    const tensor2 tall = xt::concatenate(xt::xtuple(x, x), 0);
    both(xt::view(tall, xt::range(6, 12), xt::all()), 7.f);
    const tensor2 broad = xt::concatenate(xt::xtuple(x, x), 1);
    both(xt::view(broad, xt::all(), xt::range(4, 8)), 7.f);
    p.bind_copy<X>(x);
    x(5, 0) = 9;
    p.run();
    BOOST_TEST(p.output<1>()(5, 0) == 7.f);

    basic_program<source<number_graph>, double> n;
    n.bind<find_leaf(source<number_graph>::graph, "a")>(3);
    n.bind<find_leaf(source<number_graph>::graph, "v")>(xt::xtensor<int, 1>{1, 2, 3});
    n.run();
    BOOST_TEST(n.output<0>()(2) == 9.0);
}
BOOST_AUTO_TEST_CASE(a_step_of_training_is_the_interpreters) { agree<classifier>({{4}, {1}, {9}}); }
BOOST_AUTO_TEST_CASE(updates_that_read_each_other_take_old_values) {
    agree<swap_graph>({{}});
    agree<circle_graph>({{}});
}
BOOST_AUTO_TEST_CASE(a_new_value_can_be_assigned_and_read) { agree<momentum_graph>({{1}, {7}}); }
BOOST_AUTO_TEST_CASE(an_update_is_folded_into_its_product_with_any_scale) {
    agree<scaled_graph>({{4}, {2}});
    const std::string text = basic_program<source<scaled_graph>>::describe();
    std::size_t folded = 0;
    for (std::size_t at = text.find("added in place"); at != std::string::npos;
         at = text.find("added in place", at + 1))
        ++folded;
    BOOST_TEST(folded == 3u, text);
}
BOOST_AUTO_TEST_CASE(a_layer_is_a_product_and_one_loop_over_it) {
    const std::string text = basic_program<classifier_source>::describe();
    BOOST_TEST(text.find("product  (batch, 3)  matmul  of x, fc1.weight") != std::string::npos, text);
    BOOST_TEST(text.find("map  (batch, 3)  add  of") != std::string::npos, text);
    BOOST_TEST(text.find("permute") == std::string::npos, text);
    BOOST_TEST(text.find("one_hot, sub, mul") != std::string::npos, text);
}
BOOST_AUTO_TEST_CASE(buffers_that_live_together_do_not_overlap) {
    const auto check = [](auto p, int inputs_batch) {
        std::vector<float> x(static_cast<std::size_t>(inputs_batch) * 64, 0.5f);
        p.template bind<0>(xt::adapt(x, std::vector<std::size_t>{static_cast<std::size_t>(inputs_batch), 64}));
        p.run();
        const std::vector<memory_entry> all = p.memory();
        BOOST_TEST(!all.empty());
        for (const memory_entry& a : all) {
            BOOST_TEST(a.offset % 64 == 0u);
            BOOST_TEST(a.offset + a.bytes <= p.peak_bytes());
            for (const memory_entry& b : all)
                if (&a != &b && a.first <= b.last && b.first <= a.last)
                    BOOST_TEST((a.offset + a.bytes <= b.offset || b.offset + b.bytes <= a.offset));
        }
        BOOST_TEST(p.peak_bytes() >= p.live_bytes());
        BOOST_TEST(p.peak_bytes() < p.unshared_bytes());
    };
    check(basic_program<source<wide_graph>>(), 3);
    check(basic_program<source<wide_graph>>(), 100);
}
BOOST_AUTO_TEST_CASE(running_allocates_nothing_and_a_smaller_batch_neither) {
    basic_program<classifier_source> p;
    const tensor2 x = xt::ones<float>({9, 4});
    const tensor1 y = xt::zeros<float>({9});
    const tensor2 x2 = xt::ones<float>({3, 4});
    const tensor1 y2 = xt::zeros<float>({3});
    p.bind<X>(x);
    p.bind<Y>(y);
    p.run();
    const std::size_t before = allocations;
    for (int i = 0; i < 3; ++i) p.run();
    p.bind<X>(x2);
    p.bind<Y>(y2);
    p.run();
    p.bind<X>(x);
    p.bind<Y>(y);
    p.set_literal(0, 0.5);
    p.run();
    BOOST_TEST(allocations == before);
    BOOST_TEST((p.output_dims(1) == std::vector<std::int64_t>{9, 3}));
}
BOOST_AUTO_TEST_CASE(sizes_that_no_memory_holds_are_an_error_with_numbers) {
    basic_program<source<square_graph>> p;
    float one = 1;
    const auto huge = [&](std::size_t n) {  // strides of 0: one number, n rows
        return xt::broadcast(xt::adapt(&one, 1, xt::no_ownership(), std::array<std::size_t, 2>{1, 1}),
                             std::array<std::size_t, 2>{n, 1});
    };
    p.bind<0>(huge(5'000'000));
    BOOST_TEST(words<memory_error>([&] { p.run(); }) ==
               "no memory for the 100000000000000 bytes that batch = 5000000 needs");
    p.bind<0>(huge(3));
    p.run();
    BOOST_TEST(p.output<0>()(2, 1) == 2.f);
}
BOOST_AUTO_TEST_CASE(a_copy_is_deep_and_a_move_keeps_everything) {
    basic_program<classifier_source> p;
    const tensor2 x = xt::ones<float>({2, 4});
    p.bind<X>(x);
    p.bind<Y>(xt::xtensor<int, 1>{1, 2});
    p.run();
    basic_program<classifier_source> q = p;
    q.parameter("fc1.bias")[0] = 5;
    BOOST_TEST(p.parameter("fc1.bias")[0] != 5.f);
    const float loss = p.output<0>();
    p.run();
    BOOST_TEST(p.output<0>() < loss);
    BOOST_TEST(q.output<0>() == loss);
    q.run();
    BOOST_TEST(q.output<0>() > loss);
    basic_program<classifier_source> r = std::move(q);
    BOOST_TEST(r.parameter("fc1.bias")[0] > 4.f);
    r.run();
    q = r;
    q.run();
    p = std::move(q);
    p.run();
    BOOST_TEST(p.output_data(1).size() == 6u);
}
BOOST_AUTO_TEST_CASE(nan_and_infinity_go_through) {
    basic_program<source<nan_graph>> p;
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float inf = std::numeric_limits<float>::infinity();
    tensor1 x = xt::zeros<float>({19});
    x(0) = inf;
    x(1) = -inf;
    for (const std::size_t at : {std::size_t{2}, std::size_t{17}}) {  // in a whole vector, and in its tail
        x(2) = x(17) = 3;
        x(at) = nan;
        p.bind<0>(x);
        p.run();
        for (int o : {0, 1, 2, 7}) BOOST_TEST(std::isnan(p.output_data(o)[at]), "output " << o << " at " << at);
        BOOST_TEST(std::isnan(p.output<3>()));
        BOOST_TEST(p.output<4>() == static_cast<float>(at));
        BOOST_TEST(p.output<5>()(at) == 1.f);
        BOOST_TEST(p.output<5>()(0) == 0.f);
        BOOST_TEST(p.output<6>()(at) == 1.f);
        BOOST_TEST(p.output<6>()(5) == 2.f);
        BOOST_TEST(p.output<7>()(0) == 1.f);
        BOOST_TEST(p.output<7>()(1) == 0.f);
        BOOST_TEST(std::isnan(p.output<8>()(5)));
        BOOST_TEST(p.output_data(9)[at] == 0.f);  // the sign of a NaN is 0, as in PyTorch
        BOOST_TEST(p.output<0>()(0) == inf);
        BOOST_TEST(p.output<0>()(1) == 0.f);
    }
}

BOOST_AUTO_TEST_SUITE_END()
