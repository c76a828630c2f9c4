// SPDX-License-Identifier: BSL-1.0
// Optimizers as formulas.
#include <gradus/draw/update.hpp>
#include <gradus/train/optimizer.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace gradus;

BOOST_AUTO_TEST_SUITE(update)

BOOST_AUTO_TEST_CASE(adam_prints_like_the_paper) {
    // Kingma, Ba: Adam, 2015, algorithm 1
    BOOST_TEST(latex(adam{}) ==
               "\\begin{aligned}\n"
               "m_{t} &= \\beta_{1} \\, m_{t-1} + \\left(1 - \\beta_{1}\\right) \\, g_{t} \\\\\n"
               "v_{t} &= \\beta_{2} \\, v_{t-1} + \\left(1 - \\beta_{2}\\right) \\, g_{t}^{2} \\\\\n"
               "\\hat{m}_{t} &= \\frac{m_{t}}{1 - \\beta_{1}^{t}} \\\\\n"
               "\\hat{v}_{t} &= \\frac{v_{t}}{1 - \\beta_{2}^{t}} \\\\\n"
               "\\theta_{t} &= \\theta_{t-1} - \\alpha \\, \\frac{\\hat{m}_{t}}{\\sqrt{\\hat{v}_{t}} + \\epsilon}\n"
               "\\end{aligned}");
    BOOST_TEST(text(adam{}) ==
               "exp_avg' = beta1 exp_avg + (1 - beta1) * g\n"
               "exp_avg_sq' = beta2 exp_avg_sq + (1 - beta2) * g^2\n"
               "m_hat = exp_avg' / (1 - beta1^t)\n"
               "v_hat = exp_avg_sq' / (1 - beta2^t)\n"
               "p' = p - learning_rate m_hat / (sqrt(v_hat) + eps)");
}

BOOST_AUTO_TEST_CASE(an_update_has_the_terms_that_its_settings_ask_for) {
    BOOST_TEST(text(sgd{}) == "p' = p - learning_rate g");
    BOOST_TEST(text(sgd{.momentum = 0.9}) ==
               "momentum_buffer' = momentum momentum_buffer + g\n"
               "p' = p - learning_rate momentum_buffer'");
    BOOST_TEST(text(sgd{.momentum = 0.9, .weight_decay = 0.1, .nesterov = true}) ==
               "g' = g + weight_decay p\n"
               "momentum_buffer' = momentum momentum_buffer + g'\n"
               "p' = p - learning_rate (g' + momentum momentum_buffer')");
    BOOST_TEST(text(rmsprop{.momentum = 0.9, .centered = true}) ==
               "square_avg' = alpha square_avg + (1 - alpha) * g^2\n"
               "grad_avg' = alpha grad_avg + (1 - alpha) * g\n"
               "momentum_buffer' = momentum momentum_buffer + g / (sqrt(square_avg' - grad_avg'^2) + eps)\n"
               "p' = p - learning_rate momentum_buffer'");
    BOOST_TEST(text(adagrad{}) ==
               "sum' = sum + g^2\n"
               "p' = p - learning_rate g / (sqrt(sum') + eps)");
    BOOST_TEST(text(adamw{}).find("p' = p - learning_rate (m_hat / (sqrt(v_hat) + eps) + weight_decay p)") !=
               std::string::npos);
    BOOST_TEST(text(adam{.amsgrad = true}).find("max_exp_avg_sq' = maximum(max_exp_avg_sq, exp_avg_sq')") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(latex_has_no_word_left) {
    for (const std::string& s :
         {latex(sgd{.momentum = 0.9, .dampening = 0.1, .weight_decay = 0.1}), latex(adagrad{.lr_decay = 1}),
          latex(rmsprop{.weight_decay = 1, .momentum = 0.9, .centered = true}), latex(adamw{.amsgrad = true})})
        BOOST_TEST(s.find("mathrm") == std::string::npos, s);
}

BOOST_AUTO_TEST_CASE(the_page_of_optimizers_says_the_same) {
    const char* const root = std::getenv("GRADUS_SOURCE");
    std::ifstream file(std::string(root ? root : ".") + "/docs/optimizers.md");
    const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto has = [&](const std::string& words) {
        BOOST_TEST(page.find(words) != std::string::npos, "docs/optimizers.md lacks\n" << words);
    };
    const auto formula = [&](const std::string& title, const std::string& lines) {
        std::string words = "`" + title + "`\n\n    ";
        for (char c : lines) words += c == '\n' ? std::string("\n    ") : std::string(1, c);
        has(words + "\n\n");
    };
    formula("sgd{}", text(sgd{}));
    formula("sgd{.momentum = 0.9}", text(sgd{.momentum = 0.9}));
    formula("adagrad{}", text(adagrad{}));
    formula("rmsprop{}", text(rmsprop{}));
    formula("adam{}", text(adam{}));
    formula("adamw{}", text(adamw{}));

    const auto n = [](double v) { return detail::digits_of(v); };
    const auto truth = [](bool v) { return std::string(v ? "true" : "false"); };
    const sgd s;
    has("| `sgd` | lr " + n(s.lr) + ", momentum " + n(s.momentum) + ", dampening " + n(s.dampening) +
        ", weight_decay " + n(s.weight_decay) + ", nesterov " + truth(s.nesterov) + " |");
    const adagrad g;
    has("| `adagrad` | lr " + n(g.lr) + ", lr_decay " + n(g.lr_decay) + ", weight_decay " + n(g.weight_decay) +
        ", initial_accumulator_value " + n(g.initial_accumulator_value) + ", eps " + n(g.eps) + " |");
    const rmsprop r;
    has("| `rmsprop` | lr " + n(r.lr) + ", alpha " + n(r.alpha) + ", eps " + n(r.eps) + ", weight_decay " +
        n(r.weight_decay) + ", momentum " + n(r.momentum) + ", centered " + truth(r.centered) + " |");
    const auto adams = [&](const char* name, const auto& a) {
        has(std::string("| `") + name + "` | lr " + n(a.lr) + ", betas {" + n(a.betas.first) + ", " +
            n(a.betas.second) + "}, eps " + n(a.eps) + ", weight_decay " + n(a.weight_decay) + ", amsgrad " +
            truth(a.amsgrad) + " |");
    };
    adams("adam", adam{});
    adams("adamw", adamw{});
}

BOOST_AUTO_TEST_SUITE_END()
