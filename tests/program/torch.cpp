// SPDX-License-Identifier: BSL-1.0
// The kernels against PyTorch: the cases of tests/calculus/torch.hpp, values, gradients and gradients of gradients,
// simplified and compiled as programs are, in float and double.
#include "../calculus/torch.hpp"
#include <gradus/calculus/simplify.hpp>
#include <gradus/program/program.hpp>

using namespace gradus;
using namespace gradus::testing;

namespace {
/// The cases that are compiled: one of each kind of operation, with the awkward shapes. All of them would take minutes.
constexpr std::string_view chosen[] = {
    "tanh_3x5",
    "div_1x5_3x1",
    "maximum_tie_stretched",
    "where_3x1_5_scalar",
    "pow_-3.3",
    "binary_cross_entropy_with_logits_3x5_5",
    "matmul_2x3x5_5x2",
    "permute_201",
    "mean_2x3x4_over_02_keep",
    "max_tie",
    "log_softmax_2x3x4_along_1",
    "cross_entropy_2x3x4",
    "cross_entropy_soft_3x5",
    "network_relu_5",
};
constexpr int index_of(std::string_view name) {
    for (int i = 0; i < case_count; ++i)
        if (computations[i].name == name) return i;
    throw std::invalid_argument("there is no such case in torch_cases.hpp");
}
/// Some cases as one graph: everything that is stored of them is an output, in the order of `visit_case`.
template <std::size_t First, std::size_t Last> struct cases_as_graph {
    static constexpr builder build() {
        builder b(simplify);
        for (std::size_t i = First; i < Last; ++i) {
            const case_nodes n = build_case(b, computations[index_of(chosen[i])]);
            b.outputs.push_back({n.result});
            for (std::size_t k = 0; k < n.first.size(); ++k) {
                if (n.first[k] != no_node) b.outputs.push_back({n.first[k]});
                for (node_id second : n.second[k])
                    if (second != no_node) b.outputs.push_back({second});
            }
        }
        return b;
    }
    static constexpr auto graph = freeze<cases_as_graph>();
};
template <class Source, class T> class cases_as_program {
  public:
    template <std::size_t First, std::size_t Last> void check(double tolerance, double slack) {
        builder b(simplify);  // only for the names of the leaves: their places differ from those in the graph
        int output = 0;
        std::map<std::string, std::vector<double>> inputs;
        std::vector<std::pair<std::string, std::vector<double>>> wanted;
        for (std::size_t k = First; k < Last; ++k) {
            const int i = index_of(chosen[k]);
            visit_case(
                i, build_case(b, computations[i]),
                [&](node_id leaf, const std::vector<double>& values) {
                    inputs[detail::full_name(b.view(), leaf)] = values;
                },
                [&](const std::string& what, node_id, const std::vector<double>& values) {
                    wanted.emplace_back(what, values);
                });
        }
        bind(inputs, std::make_integer_sequence<int, Source::graph.size()>{});
        program_.run();
        BOOST_TEST_REQUIRE(wanted.size() == static_cast<std::size_t>(program_.output_count()));
        for (const auto& [what, values] : wanted)
            check_numbers(what, program_.output_data(output++), values, tolerance, slack);
    }

  private:
    template <int... I>
    void bind(const std::map<std::string, std::vector<double>>& inputs, std::integer_sequence<int, I...>) {
        (bind_one<I>(inputs), ...);
    }
    template <int I> void bind_one(const std::map<std::string, std::vector<double>>& inputs) {
        constexpr node n = Source::graph.nodes[I];
        if constexpr (n.is(op::input)) {
            const std::vector<double>& values = inputs.at(detail::full_name(Source::graph, I));
            std::vector<std::size_t> sizes;
            for (int k = 0; k < n.shape.rank; ++k) sizes.push_back(static_cast<std::size_t>(n.shape[k].size));
            if constexpr (n.shape.rank == 0)
                program_.template bind<I>(values[0]);
            else
                program_.template bind_copy<I>(xt::adapt(values, sizes));
        }
    }
    basic_program<Source, T> program_;
};
template <std::size_t First, std::size_t Last> void check_cases() {
    using source = cases_as_graph<First, Last>;
    cases_as_program<source, double>().template check<First, Last>(1e-10, 1e-3);
    cases_as_program<source, float>().template check<First, Last>(1e-5, 1);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(torch_kernels)

BOOST_AUTO_TEST_CASE(elementwise_kernels_are_right) { check_cases<0, 6>(); }
BOOST_AUTO_TEST_CASE(products_reductions_and_losses_are_right) { check_cases<6, std::size(chosen)>(); }

BOOST_AUTO_TEST_SUITE_END()
