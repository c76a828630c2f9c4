// SPDX-License-Identifier: BSL-1.0
// Checkpoints: training goes on to the last bit, PyTorch's weights are loaded by name, and what does not fit is refused
// and changes nothing.
#include <gradus/gradus.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <csignal>
#include "../data/weights.hpp"

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 5>;
constexpr auto y = input<"y", batch>;
constexpr auto fc1 = linear<"fc1", 5, 7>;
constexpr auto fc2 = linear<"fc2", 7, 3>;
constexpr auto net = fc1 >> relu >> fc2;
constexpr auto tanh_net = fc1 >> tanh >> fc2;
constexpr auto narrow1 = linear<"fc1", 5, 6>;
constexpr auto narrow2 = linear<"fc2", 6, 3>;
constexpr auto loss = mean(cross_entropy(net(x), y));

const std::string endings[] = {".npz", ".safetensors"};

/// A batch that depends on the step.
xt::xtensor<float, 2> rows(int step) {
    random_bits bits(static_cast<std::uint64_t>(step));
    xt::xtensor<float, 2> all = xt::xtensor<float, 2>::from_shape({4, 5});
    for (float& v : all) v = static_cast<float>(2 * uniform(bits) - 1);
    return all;
}
const xt::xtensor<int, 1> labels{0, 1, 2, 1};

/// All that a program keeps, as bytes.
template <class Program> std::string memory_of(Program& p) {
    std::string all;
    const auto add = [&](const auto& values) {
        all.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    };
    for (const parameter_info& info : p.parameters()) add(p.parameter(info.name));
    for (const parameter_info& info : p.states()) add(p.state(info.name));
    return all;
}
template <class Trainer> std::vector<double> losses(Trainer& t, int from, int to) {
    std::vector<double> all;
    for (int step = from; step < to; ++step) all.push_back(static_cast<double>(t.step(x = rows(step), y = labels)));
    return all;
}
/// Six steps at once, and three in one trainer, three in another.
template <class Make> void check_resumed(Make make) {
    const tests::folder in;
    auto whole = make(1);
    const std::vector<double> wanted = losses(whole, 0, 6);
    for (const std::string& ending : endings) {
        const std::string path = (in.path / "t").string() + ending;
        auto first = make(1);
        losses(first, 0, 3);
        save_checkpoint(path, first);
        auto second = make(2);
        losses(second, 0, 1);  // it had a life of its own
        load_checkpoint(path, second);
        BOOST_TEST(second.step_count() == 3);
        const std::vector<double> found = losses(second, 3, 6);
        for (std::size_t i = 0; i < 3; ++i) BOOST_TEST(found[i] == wanted[3 + i]);
        BOOST_TEST((memory_of(second) == memory_of(whole)));
    }
}
/// What a call says, without the folder's name.
template <class Call> std::string refusal(const tests::folder& in, Call call) {
    return tests::words_of<data_error>(call, in);
}
std::string torch_file(const std::string& name) {
    const char* const source = std::getenv("GRADUS_SOURCE");
    return std::string(source ? source : ".") + "/tests/train/torch/" + name;
}
const named_tensor& named(const tensor_file& file, const std::string& name) {
    for (const named_tensor& t : file.tensors)
        if (t.name == name) return t;
    throw std::out_of_range(name);
}
template <class T> std::vector<T> numbers(const named_tensor& t) {
    std::vector<T> all(t.bytes.size() / sizeof(T));
    std::memcpy(all.data(), t.bytes.data(), t.bytes.size());
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(training_goes_on_to_the_last_bit) {
    check_resumed([](std::uint64_t seed) { return train(loss, sgd{.lr = 0.1}, seed); });
}
BOOST_AUTO_TEST_CASE(training_in_double_goes_on_to_the_last_bit) {
    check_resumed([](std::uint64_t seed) { return train<double>(loss, sgd{.lr = 0.1}, seed); });
}
BOOST_AUTO_TEST_CASE(what_an_optimizer_keeps_goes_on) {
    check_resumed([](std::uint64_t seed) {
        return train<sgd{.lr = 0.1, .momentum = 0.9, .dampening = 0.1, .weight_decay = 0.01}>(loss, seed);
    });
    check_resumed([](std::uint64_t seed) { return train(loss, adam{.lr = 0.01}, seed); });
}
BOOST_AUTO_TEST_CASE(a_schedule_goes_on_where_it_was) {
    check_resumed([](std::uint64_t seed) {
        auto t = train<adam{.lr = 0.1}>(loss, seed);
        t.schedule([](std::int64_t step, double lr) { return lr / (1 + static_cast<double>(step)); });
        return t;
    });
}
BOOST_AUTO_TEST_CASE(the_learning_rate_of_the_file_counts) {
    const tests::folder in;
    const std::string path = (in.path / "t.npz").string();
    auto t = train(loss, sgd{.lr = 0.1}, 1);
    t.set(sgd{.lr = 0.025});
    save_checkpoint(path, t);
    auto u = train(loss, sgd{.lr = 0.1}, 1);
    load_checkpoint(path, u);
    BOOST_TEST(u.optimizer().lr == 0.025);
    losses(t, 0, 1);
    losses(u, 0, 1);
    BOOST_TEST((memory_of(t) == memory_of(u)));
}
BOOST_AUTO_TEST_CASE(a_checkpoint_is_read_by_python) {
    const tests::folder in;
    constexpr auto w = parameter<"w", 2>;
    auto t = train<sgd{.lr = 0.5, .momentum = 0.5}>(sum(w * w));
    t.parameter<"w">()[0] = 1;
    t.parameter<"w">()[1] = -2;
    t.step();
    const std::string npz = (in.path / "t.npz").string();
    save_checkpoint(npz, t);
    const std::string text = tests::as_python_reads(npz);
    for (const char* line : {"\n\"w\" <f4 [2] [0.0, 0.0]\n", "\n\"optimizer/w.momentum_buffer\" <f4 [2] [2.0, -4.0]\n",
                             "\n\"optimizer/step\" <i8 [] [1]\n", "\n\"optimizer/lr\" <f8 [] [0.5]\n",
                             "\n\"__metadata__/format\" <U8 [] gradus 1\n", "\n\"__metadata__/fingerprint\" <U16 [] "})
        BOOST_TEST(text.find(line) != std::string::npos, line << " in " << text);
}
BOOST_AUTO_TEST_CASE(parameters_go_from_a_trainer_to_a_program) {
    const tests::folder in;
    auto t = train(loss, adam{.lr = 0.1}, 1);
    losses(t, 0, 2);
    auto wanted = compile(softmax(net(x)));
    wanted.take_parameters(t);
    const xt::xtensor<float, 2> right = wanted(x = rows(9));
    for (const std::string& ending : endings) {
        const std::string weights = (in.path / "w").string() + ending;
        const std::string all = (in.path / "t").string() + ending;
        save_parameters(weights, t);
        save_checkpoint(all, t);
        for (const std::string& path : {weights, all}) {
            auto predict = compile(softmax(net(x)));
            load_parameters(path, predict);
            BOOST_TEST((predict(x = rows(9)) == right));
        }
        auto other = train(loss, sgd{.lr = 0.1}, 2);
        load_parameters(all, other);
        save_parameters(weights, other);
        auto predict = compile(softmax(net(x)));
        load_parameters(weights, predict);
        BOOST_TEST((predict(x = rows(9)) == right));
    }
}
BOOST_AUTO_TEST_CASE(pytorchs_weights_are_loaded_by_name) {
    const tensor_file values = read_npz(torch_file("perceptron_values.npz"));
    xt::xtensor<float, 2> in = xt::xtensor<float, 2>::from_shape({4, 5});
    const auto inputs = numbers<float>(named(values, "x"));
    std::copy(inputs.begin(), inputs.end(), in.begin());
    for (const char* name : {"perceptron.npz", "perceptron_packed.npz", "perceptron.safetensors"}) {
        auto predict = compile(net(x));
        load_parameters(torch_file(name), predict);
        const auto z = predict(x = in);
        const auto wanted = numbers<float>(named(values, "z"));
        for (std::size_t i = 0; i < wanted.size(); ++i) BOOST_TEST(z(i / 3, i % 3) == wanted[i], tt::tolerance(1e-5f));
    }
    for (const char* name : {"perceptron_double.npz", "perceptron_double.safetensors"}) {
        auto predict = compile<double>(net(x));
        load_parameters(torch_file(name), predict);
        const auto z = predict(x = in);
        const auto wanted = numbers<double>(named(values, "z_double"));
        for (std::size_t i = 0; i < wanted.size(); ++i) BOOST_TEST(z(i / 3, i % 3) == wanted[i], tt::tolerance(1e-12));
    }
}
BOOST_AUTO_TEST_CASE(scalars_and_numbers_that_are_not_finite_come_back) {
    const tests::folder in;
    constexpr auto a = parameter<"a">;
    constexpr auto b = parameter<"b", 2>;
    auto p = compile(a * b);
    p.parameter<"a">()[0] = std::numeric_limits<float>::quiet_NaN();
    p.parameter<"b">()[0] = -std::numeric_limits<float>::infinity();
    p.parameter<"b">()[1] = -0.f;
    for (const std::string& ending : endings) {
        const std::string path = (in.path / "w").string() + ending;
        save_parameters(path, p);
        auto q = compile(a * b);
        load_parameters(path, q);
        BOOST_TEST((memory_of(p) == memory_of(q)));
    }
}
BOOST_AUTO_TEST_CASE(a_program_without_parameters_has_a_file_too) {
    const tests::folder in;
    for (const std::string& ending : endings) {
        const std::string path = (in.path / "w").string() + ending;
        auto p = compile(softmax(x));
        save_parameters(path, p);
        load_parameters(path, p);
        auto q = compile(net(x));
        BOOST_TEST(refusal(in, [&] { load_parameters(path, q); }) == "w" + ending + ": has no fc1.weight");
    }
}
BOOST_AUTO_TEST_CASE(names_may_have_any_characters) {
    const tests::folder in;
    auto p = compile(sum(parameter<"Größe \"7\"\n", 2>) + sum(parameter<"漢/字", 2>));
    for (const std::string& ending : endings) {
        const std::string path = (in.path / "w").string() + ending;
        p.parameter("漢/字")[1] = 7;
        save_parameters(path, p);
        p.parameter("漢/字")[1] = 0;
        load_parameters(path, p);
        BOOST_TEST(p.parameter("漢/字")[1] == 7);
    }
}
BOOST_AUTO_TEST_CASE(another_ending_is_refused) {
    const tests::folder in;
    auto p = compile(net(x));
    for (const char* name : {"w.txt", "w", "w.npz.old", "npz", "w.NPZ", ""}) {
        const std::string wanted = std::string(name) + ": a file of weights ends in .npz or .safetensors";
        BOOST_TEST(refusal(in, [&] { save_parameters(name, p); }) == wanted);
        BOOST_TEST(refusal(in, [&] { load_parameters(name, p); }) == wanted);
    }
}
BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_and_changes_nothing) {
    const tests::folder in;
    auto p = compile(net(x));
    initialize(p, 1);
    for (const std::string& ending : endings) {
        const std::string name = "w" + ending;
        const std::string path = (in.path / name).string();
        save_parameters(path, p);
        const tensor_file whole = read_tensors(path);
        auto q = compile(net(x));
        initialize(q, 2);
        const std::string before = memory_of(q);
        const auto loaded = [&](auto change) {
            tensor_file file = whole;
            change(file);
            write_tensors(path, file);
            const std::string words = refusal(in, [&] { load_parameters(path, q); });
            BOOST_TEST((words.empty() || memory_of(q) == before));
            return words;
        };
        BOOST_TEST(loaded([](tensor_file& f) { f.tensors[0].name = "fc1.wieght"; }) ==
                   name + ": has no fc1.weight; the nearest is fc1.wieght");
        BOOST_TEST(loaded([](tensor_file& f) { f.tensors.pop_back(); }) == name + ": has no fc2.bias");
        BOOST_TEST(loaded([](tensor_file& f) { f.tensors.push_back(tests::tensor<float>("fc3.bias", {}, {1})); }) ==
                   name + ": has fc3.bias, which is not wanted; the nearest is fc1.bias");
        BOOST_TEST(loaded([](tensor_file& f) { std::swap(f.tensors[0].dims[0], f.tensors[0].dims[1]); }) ==
                   name + ": fc1.weight is (5, 7), wanted (7, 5)");
        BOOST_TEST(loaded([](tensor_file& f) { f.tensors[1].dims.push_back(1); }) ==
                   name + ": fc1.bias is (7, 1), wanted (7,)");
        BOOST_TEST(loaded([](tensor_file& f) {
                       f.tensors[1] = tests::tensor<double>("fc1.bias", {7}, std::vector<double>(7));
                   }) == name + ": fc1.bias is float64, wanted float32");
        BOOST_TEST(loaded([](tensor_file& f) { f.tensors[1].type = number_types[6]; }) ==
                   name + ": fc1.bias is int32, wanted float32");
        BOOST_TEST(loaded([](tensor_file& f) { f.metadata["fingerprint"] = "0123456789abcdef"; }) ==
                   name +
                       ": the names and shapes fit, but it is of another network: fingerprint 0123456789abcdef, "
                       "wanted " +
                       whole.metadata.at("fingerprint") + "; any_network as last argument loads it");
        BOOST_TEST(loaded([](tensor_file&) {}) == "");
        BOOST_TEST((memory_of(q) == memory_of(p)));
    }
}
BOOST_AUTO_TEST_CASE(weights_of_another_network_are_loaded_only_if_that_is_said) {
    const tests::folder in;
    const std::string path = (in.path / "w.npz").string();
    auto p = compile(net(x));
    initialize(p, 1);
    save_parameters(path, p);
    auto q = compile(tanh_net(x));
    const std::string words = refusal(in, [&] { load_parameters(path, q); });
    BOOST_TEST(words.find("w.npz: the names and shapes fit, but it is of another network: fingerprint ") == 0u);
    load_parameters(path, q, any_network);
    BOOST_TEST((memory_of(q) == memory_of(p)));
    auto other = compile((narrow1 >> tanh >> narrow2)(x));
    BOOST_TEST(refusal(in, [&] { load_parameters(path, other, any_network); }) ==
               "w.npz: fc1.weight is (7, 5), wanted (6, 5)");
}
BOOST_AUTO_TEST_CASE(a_checkpoint_of_another_training_is_refused) {
    const tests::folder in;
    const std::string path = (in.path / "t.npz").string();
    auto t = train(loss, adam{.lr = 0.1}, 1);
    losses(t, 0, 1);
    const auto load = [&](auto other) {
        const std::string before = memory_of(other);
        const std::string words = refusal(in, [&] { load_checkpoint(path, other); });
        BOOST_TEST((words.empty() || (memory_of(other) == before && other.step_count() == 0)));
        return words;
    };
    save_parameters(path, t);
    BOOST_TEST(load(train(loss, adam{.lr = 0.1})) ==
               "t.npz: is no checkpoint of a trainer; load_parameters loads weights alone");
    save_checkpoint(path, t);
    const std::string another = "t.npz: the names and shapes fit, but it is of another loss or optimizer: fingerprint ";
    BOOST_TEST(load(train(loss, adamw{.lr = 0.1})).find(another) == 0u);
    BOOST_TEST(load(train(loss, adam{.lr = 0.1, .betas = {0.8, 0.999}})).find(another) == 0u);
    BOOST_TEST(load(train(sum(cross_entropy(net(x), y)), adam{.lr = 0.1})).find(another) == 0u);
    BOOST_TEST(load(train(mean(cross_entropy(tanh_net(x), y)), adam{}))
                   .find("t.npz: the names and shapes fit, but it is of another network: fingerprint ") == 0u);
    BOOST_TEST(load(train(loss, sgd{.lr = 0.1})).find("t.npz: has optimizer/fc1.weight.exp_avg") == 0u);
    BOOST_TEST(load(train<sgd{.lr = 0.1, .momentum = 0.9}>(loss)) ==
               "t.npz: has no optimizer/fc1.weight.momentum_buffer; the nearest is optimizer/fc1.weight.exp_avg");
    BOOST_TEST(load(train<double>(loss, adam{.lr = 0.1})) == "t.npz: fc1.weight is float32, wanted float64");
    BOOST_TEST(load(train(loss, adam{.lr = 0.5})) == "");  // the file's learning rate counts
    auto other = train(loss, adam{.lr = 0.1, .betas = {0.8, 0.999}});
    load_checkpoint(path, other, any_network);
    BOOST_TEST((memory_of(other) == memory_of(t)));
}
BOOST_AUTO_TEST_CASE(impossible_steps_and_rates_are_refused) {
    const tests::folder in;
    const std::string path = (in.path / "t.npz").string();
    auto t = train(loss, sgd{.lr = 0.1}, 1);
    save_checkpoint(path, t);
    const tensor_file whole = read_tensors(path);
    const auto load = [&](const std::string& name, auto value) {
        tensor_file file = whole;
        for (named_tensor& n : file.tensors)
            if (n.name == name) n.bytes.assign(reinterpret_cast<const char*>(&value), sizeof value);
        write_tensors(path, file);
        return refusal(in, [&] { load_checkpoint(path, t); });
    };
    BOOST_TEST(load("optimizer/step", std::int64_t{-1}) == "t.npz: -1 steps with the learning rate 0.1 cannot be");
    BOOST_TEST(load("optimizer/lr", -0.5) == "t.npz: 0 steps with the learning rate -0.5 cannot be");
    BOOST_TEST(load("optimizer/lr", std::numeric_limits<double>::quiet_NaN()).find("t.npz: 0 steps") == 0u);
    BOOST_TEST(load("optimizer/lr", 1e308).find("t.npz: 0 steps") == 0u);
    BOOST_TEST(t.optimizer().lr == 0.1);
}
BOOST_AUTO_TEST_CASE(a_parameter_that_is_called_like_the_optimizers_part_is_not_saved) {
    const tests::folder in;
    auto t = train(sum(parameter<"optimizer/x", 2>), sgd{});
    const std::string wanted = "t.npz: a parameter cannot be called optimizer/x, the file keeps that name for itself";
    BOOST_TEST(refusal(in, [&] { save_checkpoint((in.path / "t.npz").string(), t); }) == wanted);
    BOOST_TEST(refusal(in, [&] { save_parameters((in.path / "t.npz").string(), t); }) == wanted);
    BOOST_TEST(std::filesystem::is_empty(in.path));
}
BOOST_AUTO_TEST_CASE(no_damaged_checkpoint_changes_anything_but_to_what_was_saved) {
    const tests::folder in;
    constexpr auto w = parameter<"w", 2>;
    const auto make = [&] { return train<sgd{.lr = 0.5, .momentum = 0.5}>(sum(w * w)); };
    auto saved = make();
    saved.parameter<"w">()[0] = 1;
    saved.step();
    saved.step();
    const std::string after = memory_of(saved);
    for (const std::string& ending : endings) {
        const std::string path = (in.path / "t").string() + ending;
        save_checkpoint(path, saved);
        const std::string bytes = tests::bytes_of_file(path);
        auto t = make();
        const std::string before = memory_of(t);
        int refused = 0;
        tests::damaged(bytes, [&](const std::string& other, bool cut) {
            in.fresh_file("t" + ending, other);
            try {
                load_checkpoint(path, t);
                if (cut || memory_of(t) != after || t.step_count() != 2 || t.optimizer().lr != 0.5)
                    BOOST_ERROR("a damaged checkpoint was taken for another one");
                t = make();
            } catch (const data_error& e) {
                ++refused;
                if (memory_of(t) != before || t.step_count() != 0)
                    BOOST_ERROR("a refused checkpoint changed something");
                if (std::string_view(e.what()).find(path + ": ") != 0) BOOST_ERROR(e.what());
            }
        });
        BOOST_TEST_MESSAGE(path << ": " << refused << " of " << 5 * bytes.size() << " damaged files refused");
        BOOST_TEST(refused > static_cast<int>(3 * bytes.size()));
    }
}
BOOST_AUTO_TEST_CASE(a_crash_while_saving_leaves_the_old_checkpoint) {
    const tests::folder in;
    const std::string path = (in.path / "t.npz").string();
    auto t = train(loss, adam{.lr = 0.1}, 1);
    losses(t, 0, 1);
    const std::string before = memory_of(t);
    save_checkpoint(path, t);
    const pid_t child = ::fork();
    if (child == 0) {
        losses(t, 1, 2);
        ::signal(SIGXFSZ, SIG_DFL);
        const rlimit limit{1500, 1500};  // less than the file: the write that goes beyond kills the process
        ::setrlimit(RLIMIT_FSIZE, &limit);
        save_checkpoint(path, t);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WIFSIGNALED(status));
    auto u = train(loss, adam{.lr = 0.1}, 2);
    load_checkpoint(path, u);
    BOOST_TEST((memory_of(u) == before));
}

BOOST_AUTO_TEST_SUITE_END()
