// SPDX-License-Identifier: BSL-1.0
// Checkpoints: the parameters of a program, and all that a trainer needs to go on, in a file that NumPy or safetensors
// reads. A file that does not fit is refused before anything is changed. docs/checkpoints.md describes the files.
#pragma once
#include <gradus/data/npz.hpp>
#include <gradus/data/safetensors.hpp>
#include <gradus/program/fingerprint.hpp>
#include <gradus/train/trainer.hpp>

namespace gradus {

/// Says that weights may be loaded into a network that computes something else with them: `load_parameters(path,
/// program, any_network)`. Names, shapes and types must fit all the same.
struct any_network_t {};
inline constexpr any_network_t any_network;

/// The tensors and words of a file of weights, by its ending: .npz or .safetensors.
///
/// Error   data_error "w.txt: a file of weights ends in .npz or .safetensors", and those of the two formats
inline tensor_file read_tensors(const std::string& path) {
    if (path.ends_with(".npz")) return read_npz(path);
    if (path.ends_with(".safetensors")) return read_safetensors(path);
    throw data_error(path + ": a file of weights ends in .npz or .safetensors");
}
/// Writes them, in the place of the file that may be there: whatever happens, the old file or the new one is whole.
inline void write_tensors(const std::string& path, const tensor_file& file) {
    if (path.ends_with(".npz")) return write_npz(path, file);
    if (path.ends_with(".safetensors")) return write_safetensors(path, file);
    throw data_error(path + ": a file of weights ends in .npz or .safetensors");
}

namespace detail {

// ---- the expressions behind a program, lowered again without simplification: what is simplified changes with versions

/// A gradient in a graph whose fingerprint is taken stands for itself, so nothing is differentiated.
constexpr node_id gradient_as_node(builder& b, node_id loss, node_id wrt) {
    const dims shape = b.shape(wrt);
    return b.make(op::grad, shape, {loss, wrt});
}

/// The plain numbers of expressions, from those that a program has.
inline std::vector<double> first_numbers(std::span<const double> known, int count) {
    std::vector<double> numbers(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < std::min(numbers.size(), known.size()); ++i) numbers[i] = known[i];
    return numbers;
}

/// The graph of what a program was made from, by its source.
template <class Source> struct origin_of;
template <class... E> struct origin_of<graph_source<E...>> {
    static run_time_graph network(std::span<const double> known) {
        const std::vector<double> numbers = first_numbers(known, (0 + ... + parts_of<E>::numbers));
        builder b;
        lowering l(b, gradient_as_node, numbers, true);
        for (const record* r : {&record_of<E>...}) b.outputs.push_back({l.root(*r)});
        return finished(b);
    }
};
template <class Loss, class Optimizer, Optimizer Form> struct origin_of<training_step<Loss, Optimizer, Form>> {
    static run_time_graph network(std::span<const double> known) {
        return origin_of<graph_source<Loss>>::network(known);
    }
    /// The loss, and how the optimizer moves each parameter, whatever its settings.
    static run_time_graph training(std::span<const double> known) {
        const std::vector<double> numbers = first_numbers(known, parts_of<Loss>::numbers);
        builder b;
        lowering l(b, gradient_as_node, numbers, true);
        const node_id loss = l.root(record_of<Loss>);
        const int forward = b.size();
        std::vector<node_id> settings;
        for (std::size_t i = 0; i < Optimizer::setting_names.size(); ++i) {
            node n;
            n.operation = op::constant;
            n.attrs.literal = static_cast<int>(i) + 1;
            settings.push_back(b.add(n));
        }
        settings.push_back(no_node);
        growing<node_id> parameters;
        growing<node_id> gradients;
        for (node_id p = 0; p < forward; ++p) {
            if (!b[p].is(op::parameter)) continue;
            parameters.push_back(p);
            gradients.push_back(gradient_as_node(b, loss, p));
        }
        if constexpr (requires { Form.prepare(b, gradients, settings.data()); })
            Form.prepare(b, gradients, settings.data());
        b.outputs.push_back({loss});
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            update_context c{b, parameters[i], gradients[i], settings.data()};
            b.outputs.push_back({Form.update(c), parameters[i]});
            for (const output& o : c.kept) b.outputs.push_back(o);
        }
        return finished(b);
    }
};
template <class Program> concept Trainer = requires(std::span<const double> n) {
    origin_of<typename Program::source>::training(n);
};

// ---- files

inline constexpr std::string_view optimizer_folder = "optimizer/";
inline constexpr const char* step_name = "step";
inline constexpr const char* rate_name = "lr";
inline std::string in_optimizer(const std::string& name) { return std::string(optimizer_folder) + name; }
inline constexpr const char* format_key = "format";
inline constexpr const char* network_key = "fingerprint";
inline constexpr const char* training_key = "training_fingerprint";

template <class T>
named_tensor tensor_of(std::string name, const std::vector<std::int64_t>& dims, std::span<const T> values) {
    named_tensor t{std::move(name), number_type_of<T>(), dims, {}};
    if (!values.empty()) t.bytes.assign(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return t;
}

/// A tensor that a file must have, and where its bytes go.
struct wanted_tensor {
    std::string name;
    number_type type;
    std::vector<std::int64_t> dims;
    void* to = nullptr;
};

/// The name spelt most like `name`, as "; the nearest is fc1.weight", or nothing where there is none.
template <class Tensors> std::string nearest_name(const Tensors& all, std::string_view name) {
    const std::string* best = nullptr;
    for (const auto& t : all)
        if (best == nullptr || distance(t.name, name) < distance(*best, name)) best = &t.name;
    return best == nullptr ? "" : "; the nearest is " + *best;
}

/// Throws unless the file holds what is wanted and nothing else.
inline void check_tensors(const tensor_file& file, const std::vector<wanted_tensor>& wanted, const std::string& path) {
    const auto named = [](const auto& all, const std::string& name) {
        return std::find_if(all.begin(), all.end(), [&](const auto& t) { return t.name == name; });
    };
    std::vector<named_tensor> spare;  // misspelt is only what has no use
    for (const named_tensor& t : file.tensors)
        if (named(wanted, t.name) == wanted.end()) spare.push_back({t.name, {}, {}, {}});
    for (const wanted_tensor& w : wanted)
        if (named(file.tensors, w.name) == file.tensors.end())
            throw data_error(path + ": has no " + w.name + nearest_name(spare, w.name));
    for (const named_tensor& t : file.tensors) {
        const auto w = named(wanted, t.name);
        if (w == wanted.end())
            throw data_error(path + ": has " + t.name + ", which is not wanted" + nearest_name(wanted, t.name));
        if (t.dims != w->dims)
            throw data_error(path + ": " + t.name + " is " + in_brackets(t.dims) + ", wanted " + in_brackets(w->dims));
        if (!(t.type == w->type))
            throw data_error(path + ": " + t.name + " is " + std::string(t.type.name) + ", wanted " +
                             std::string(w->type.name));
    }
}

/// Throws if the file says that it was made for something else.
inline void check_fingerprint(const tensor_file& file, const char* key, std::uint64_t wanted, const std::string& what,
                              const std::string& path) {
    const auto found = file.metadata.find(key);
    if (found != file.metadata.end() && found->second != in_hex(wanted))
        throw data_error(path + ": the names and shapes fit, but it is of another " + what + ": fingerprint " +
                         found->second + ", wanted " + in_hex(wanted) + "; any_network as last argument loads it");
}

inline void copy_tensors(const tensor_file& file, const std::vector<wanted_tensor>& wanted) {
    for (const named_tensor& t : file.tensors)
        for (const wanted_tensor& w : wanted)
            if (t.name == w.name && !t.bytes.empty()) std::memcpy(w.to, t.bytes.data(), t.bytes.size());
}

// ---- programs

/// Where the parameters of a program lie.
template <class Program> std::vector<wanted_tensor> parameters_wanted(Program& program) {
    std::vector<wanted_tensor> all;
    for (const parameter_info& p : program.parameters()) {
        const auto values = program.parameter(p.name);
        all.push_back({p.name, number_type_of<typename Program::value_type>(), p.dims, values.data()});
    }
    return all;
}
template <class Program> std::uint64_t network_of_program(const Program& program) {
    return network_fingerprint(origin_of<typename Program::source>::network(program.literals()));
}
/// Of the loss, of the optimizer's formula, and of its settings but the learning rate, which may change.
template <class Program> std::uint64_t training_of_program(const Program& trainer) {
    stable_hash h;
    h.number(computation_fingerprint(origin_of<typename Program::source>::training(trainer.literals())));
    constexpr std::int64_t later = 2;  // at the first step some settings are not in use yet
    for (const double s : trainer.base_optimizer().with_rate(1).settings(later))
        h.number(std::bit_cast<std::uint64_t>(s));
    return h.value();
}
template <class Program> tensor_file parameter_file(const Program& program, const std::string& path) {
    tensor_file file;
    for (const parameter_info& p : program.parameters()) {
        if (p.name.starts_with(optimizer_folder))
            throw data_error(path + ": a parameter cannot be called " + p.name +
                             ", the file keeps that name for itself");
        file.tensors.push_back(tensor_of<typename Program::value_type>(p.name, p.dims, program.parameter(p.name)));
    }
    file.metadata[format_key] = "gradus 1";
    file.metadata[network_key] = in_hex(network_of_program(program));
    return file;
}
template <class Program> void load_parameters(const std::string& path, Program& program, bool check_network) {
    tensor_file file = read_tensors(path);
    std::erase_if(file.tensors, [](const named_tensor& t) { return t.name.starts_with(optimizer_folder); });
    const std::vector<wanted_tensor> wanted = parameters_wanted(program);
    check_tensors(file, wanted, path);
    if (check_network) check_fingerprint(file, network_key, network_of_program(program), "network", path);
    copy_tensors(file, wanted);
}

template <class Program> void load_checkpoint(const std::string& path, Program& trainer, bool check_training) {
    const tensor_file file = read_tensors(path);
    if (!file.metadata.contains(training_key))
        throw data_error(path + ": is no checkpoint of a trainer; load_parameters loads weights alone");
    std::vector<wanted_tensor> wanted = parameters_wanted(trainer);
    for (const parameter_info& p : trainer.states()) {
        const auto values = trainer.state(p.name);
        wanted.push_back({in_optimizer(p.name), number_type_of<typename Program::value_type>(), p.dims, values.data()});
    }
    std::int64_t steps = 0;
    double rate = 0;
    wanted.push_back({in_optimizer(step_name), number_type_of<std::int64_t>(), {}, &steps});
    wanted.push_back({in_optimizer(rate_name), number_type_of<double>(), {}, &rate});
    check_tensors(file, wanted, path);
    if (check_training) {
        check_fingerprint(file, network_key, network_of_program(trainer), "network", path);
        check_fingerprint(file, training_key, training_of_program(trainer), "loss or optimizer", path);
    }
    copy_tensors(file, {wanted.end() - 2, wanted.end()});
    if (steps < 0 || !(rate >= 0 && rate < 1e300))
        throw data_error(path + ": " + std::to_string(steps) + " steps with the learning rate " + written(rate) +
                         " cannot be");
    copy_tensors(file, wanted);
    trainer.set(trainer.base_optimizer().with_rate(rate));
    trainer.set_step_count(steps);
}

}  // namespace detail

/// Saves the parameters of a program, in the place of the file that may be there.
///
///     save_parameters("digits.npz", trainer);            // or "digits.safetensors"
///     load_parameters("digits.npz", predict);
///
/// Error   data_error "digits.txt: a file of weights ends in .npz or .safetensors"
/// Error   data_error "digits.npz: cannot be written: No space left on device; the old file is as it was"
template <class Program> void save_parameters(const std::string& path, const Program& program) {
    write_tensors(path, detail::parameter_file(program, path));
}

/// Loads the parameters of a program from a file: from `save_parameters`, `save_checkpoint`, or by name from another
/// framework, as a PyTorch state_dict. Where something does not fit, nothing is changed.
///
/// Error   data_error "w.npz: has no fc1.weight; the nearest is fc1.wieght"
/// Error   data_error "w.npz: has fc3.bias, which is not wanted; the nearest is fc2.bias"
/// Error   data_error "w.npz: fc1.weight is (64, 32), wanted (32, 64)", "... is float64, wanted float32"
/// Error   data_error "w.npz: the names and shapes fit, but it is of another network: fingerprint ..., wanted ..."
template <class Program> void load_parameters(const std::string& path, Program& program) {
    detail::load_parameters(path, program, true);
}
/// The same, whatever the file's network computes with the parameters.
template <class Program> void load_parameters(const std::string& path, Program& program, any_network_t) {
    detail::load_parameters(path, program, false);
}

/// Saves all that a trainer needs to go on: its parameters, and below "optimizer/" what the optimizer keeps, the number
/// of steps and the learning rate. A schedule is a function, so it is not in the file: give it to the new trainer, too.
///
///     save_checkpoint("epoch7.npz", trainer);
template <class Program> void save_checkpoint(const std::string& path, const Program& trainer) {
    static_assert(detail::Trainer<Program>,
                  "a checkpoint is of a trainer, made by train; save_parameters saves any program");
    tensor_file file = detail::parameter_file(trainer, path);
    for (const parameter_info& p : trainer.states())
        file.tensors.push_back(detail::tensor_of<typename Program::value_type>(detail::in_optimizer(p.name), p.dims,
                                                                               trainer.state(p.name)));
    const std::int64_t steps = trainer.step_count();
    const double rate = trainer.base_optimizer().rate();
    file.tensors.push_back(detail::tensor_of<std::int64_t>(detail::in_optimizer(detail::step_name), {}, {&steps, 1}));
    file.tensors.push_back(detail::tensor_of<double>(detail::in_optimizer(detail::rate_name), {}, {&rate, 1}));
    file.metadata[detail::training_key] = in_hex(detail::training_of_program(trainer));
    write_tensors(path, file);
}

/// Loads a checkpoint: the next steps are those, to the last bit, that the saved trainer would have done. The learning
/// rate is that of the file, too; `trainer.set` changes it afterwards. Where something does not fit, nothing is
/// changed.
///
/// Error   those of `load_parameters`, and data_error "w.npz: is no checkpoint of a trainer; ..."
template <class Program> void load_checkpoint(const std::string& path, Program& trainer) {
    static_assert(detail::Trainer<Program>,
                  "a checkpoint is of a trainer, made by train; load_parameters serves any program");
    detail::load_checkpoint(path, trainer, true);
}
/// The same, whatever loss and settings the file's trainer had.
template <class Program> void load_checkpoint(const std::string& path, Program& trainer, any_network_t) {
    static_assert(detail::Trainer<Program>,
                  "a checkpoint is of a trainer, made by train; load_parameters serves any program");
    detail::load_checkpoint(path, trainer, false);
}

}  // namespace gradus
